# SPDX-License-Identifier: MIT
"""The C++ that a page shows is lines of the sources in a folder, which are compiled and run. A line
of nothing but an ellipsis stands for lines left out. A page with a letter changed is found out.

  quotes_sources_test.py PAGE FOLDER
"""
import os
import re
import sys
from textwrap import dedent

BLOCK = re.compile(r'^```cpp\n(.*?)^```$', re.DOTALL | re.MULTILINE)
ELLIPSIS = re.compile(r'^\s*…\n', re.MULTILINE)


def pieces_of(page):
    """What has to stand in a source as it is."""
    for block in BLOCK.finditer(page):
        yield from filter(str.strip, ELLIPSIS.split(block[1]))


def is_quoted_from(source, piece):
    """Whether it is lines of the source that follow each other, be they less far indented."""
    lines = source.splitlines(keepends=True)
    length = piece.count('\n')
    wanted = dedent(piece)
    return any(dedent(''.join(lines[first:first + length])) == wanted for first in range(len(lines)))


def faults_of(page, sources):
    return [piece for piece in pieces_of(page)
            if not any(is_quoted_from(source, piece) for source in sources)]


def main():
    with open(sys.argv[1], encoding='utf-8') as file:
        page = file.read()
    sources = []
    for name in os.listdir(sys.argv[2]):
        if name.endswith(('.cpp', '.hpp')):
            with open(os.path.join(sys.argv[2], name), encoding='utf-8') as file:
                sources.append(file.read())

    pieces = list(pieces_of(page))
    faults = [f'stands in no source:\n{piece}' for piece in faults_of(page, sources)]
    if not pieces:
        faults.append('nothing is quoted')
    for piece in pieces:
        if not faults_of(page.replace(piece, piece.replace('(', '[', 1)), sources):
            faults.append(f'a changed quote was not found:\n{piece}')
    for fault in faults:
        print(fault)
    return 1 if faults else 0


sys.exit(main())
