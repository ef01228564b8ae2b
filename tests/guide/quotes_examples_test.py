# SPDX-License-Identifier: MIT
"""What the guide's section "From C++" shows are lines of examples/, which are compiled and run, and
none of these is left out. A guide with a letter changed is found out.

  quotes_examples_test.py GUIDE EXAMPLES
"""
import os
import re
import sys
from textwrap import dedent

SECTION = re.compile(r'^## From C\+\+\n(.*?)(?=^## |\Z)', re.DOTALL | re.MULTILINE)
PART = re.compile(r'examples/(\w+\.cpp)|^```cpp\n(.*?)^```$', re.DOTALL | re.MULTILINE)


def quotes_of(guide):
    """The section's blocks of C++, each with the example that was named last before it."""
    section = SECTION.search(guide)[1]
    name = None
    for part in PART.finditer(section):
        if part[1]:
            name = part[1]
        else:
            yield name, part[2]


def is_quoted_from(example, quote):
    """Whether it is lines of the example that follow each other, be they less far indented."""
    lines = example.splitlines(keepends=True)
    length = quote.count('\n')
    return any(dedent(''.join(lines[first:first + length])) == quote for first in range(len(lines)))


def faults_of(guide, examples):
    quotes = list(quotes_of(guide))
    faults = [f'{name} is not quoted' for name in examples if name not in dict(quotes)]
    for name, quote in quotes:
        if not is_quoted_from(examples.get(name, ''), quote):
            faults.append(f'not in examples/{name}:\n{quote}')
    return faults


def main():
    with open(sys.argv[1], encoding='utf-8') as file:
        guide = file.read()
    examples = {}
    for name in os.listdir(sys.argv[2]):
        if name.endswith('.cpp'):
            with open(os.path.join(sys.argv[2], name), encoding='utf-8') as file:
                examples[name] = file.read()

    faults = faults_of(guide, examples)
    for name, quote in quotes_of(guide):
        if not faults_of(guide.replace(quote, quote.replace('(', '[', 1)), examples):
            faults.append(f'a changed quote of examples/{name} was not found')
    if not faults_of(guide, {**examples, 'unquoted.cpp': ''}):
        faults.append('an example that is not quoted was not found')
    for fault in faults:
        print(fault)
    return 1 if faults else 0


sys.exit(main())
