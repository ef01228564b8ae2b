# SPDX-License-Identifier: MIT
"""Reads a source tree and names every breach of the house's rules. Status 1 if there is any.

  check_house.py ROOT
"""
import graphlib
import os
import re
import sys
from collections import defaultdict

sys.dont_write_bytecode = True
import rooms

INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)')
LIBTORCH = ('torch/', 'ATen/', 'c10/')
NAMES_LIBTORCH = re.compile(r'(?!\s*//).*\b(?:torch|at)::')
LICENSED = ('.hpp', '.cpp', '.inc', '.py', '.sh', '.cmake', '.cmake.in', 'CMakeLists.txt')
# A whole literal, or an enumerator.
NAMES_KIND = re.compile(
    fr'"({"|".join(rooms.UNSPOKEN)})["./]|\bKind::({"|".join(rooms.KINDS)})\b')
# A relative path between the parentheses of [text](path#heading).
DOCUMENT_LINK = re.compile(r'\]\(([\w./-]*[./][\w./-]*)(?:#[^)]*)?\)')
# A path below somebody's home or workplace; an address such as example.org/home/ is none.
MACHINE_PATH = re.compile(r'(?:^|[^A-Za-z0-9_.:/~-])/(?:home|root|work|Users)/[A-Za-z0-9_.-]+')


class House:
    """The files of a tree by their paths from its root, and the breaches found so far."""

    def __init__(self, root):
        self.root = root
        self.breaches = []
        self.files = []
        for folder, folders, names in os.walk(root):
            if folder == root:
                folders[:] = set(folders) - {'.git', '.cache', 'build', 'runs'}
            self.files += [os.path.relpath(os.path.join(folder, name), root) for name in names]
        self.files = sorted(set(self.files) - {'.git'})  # a file in a worktree

    def breach(self, where, what):
        self.breaches.append(f'{where}: {what}')

    def lines(self, file):
        """Of a text file; none of a binary one."""
        with open(os.path.join(self.root, file), 'rb') as opened:
            content = opened.read()
        return [] if b'\0' in content[:8192] else content.decode('utf-8', 'replace').splitlines()

    def sources(self, *folders):
        """The C++ of these folders."""
        return [file for file in self.files if file.endswith(('.hpp', '.cpp', '.inc'))
                and file.startswith(tuple(folder + '/' for folder in folders))]

    def includes(self, file):
        """Line number, whether in angle brackets, and name."""
        for number, line in enumerate(self.lines(file), 1):
            found = INCLUDE.match(line)
            if found:
                yield number, found[1] == '<', found[2]


def is_umbrella(file):
    return file in [f'{room}/{room}.hpp' for room in rooms.ROOMS]


def check_arrows(house):
    """Rooms and sub-rooms see what rooms.py says."""
    for file in house.sources(*rooms.SEES):
        room = rooms.room_of(file)
        if rooms.is_split(room) and os.path.dirname(file) != room:
            house.breach(file, f'{os.path.dirname(file)} has no line in tests/house/rooms.py')
        for number, in_brackets, name in house.includes(file):
            header = name.removeprefix('wideproof/')
            if not in_brackets and '/' in name:
                house.breach(f'{file}:{number}',
                             "include other folders' headers as <wideproof/room/concept.hpp>")
            elif header == name:
                continue
            elif '/' not in header:
                house.breach(f'{file}:{number}', 'include concepts; umbrellas are for users')
            elif is_umbrella(file):
                if header.split('/')[0] != room:
                    house.breach(f'{file}:{number}', 'an umbrella names headers of its own room')
            elif not rooms.sees(file, header):
                house.breach(f'{file}:{number}', f'{room} must not see {rooms.room_of(header)}')


def check_kinds(house):
    """Nobody sees or names a kind of study but its own folders and the list of kinds."""
    for file in house.sources(*rooms.ROOMS_WITH_KINDS):
        own = rooms.kinds_of(file)
        own += [rooms.BUILT_ON[kind] for kind in own if kind in rooms.BUILT_ON]
        if file == rooms.LIST_OF_KINDS or is_umbrella(file):
            continue
        for number, _, name in house.includes(file):
            header = name.removeprefix('wideproof/')
            for kind in rooms.kinds_of(header):
                if kind not in own and header.startswith(tuple(rooms.ROOMS_WITH_KINDS)):
                    house.breach(f'{file}:{number}', f'must not see {kind}, a kind of study')
        for number, line in enumerate(house.lines(file) if not own else [], 1):
            for named in NAMES_KIND.finditer(line.split('//')[0]):
                kind = named[1] or named[2]
                house.breach(f'{file}:{number}', f'must not name {kind}, a kind of study')


def check_floors(house):
    """No sub-room sees itself by way of others."""
    floors = {room: [other for other in seen if other in rooms.SEES and '/' in other]
              for room, seen in rooms.SEES.items() if '/' in room}
    try:
        list(graphlib.TopologicalSorter(floors).static_order())
    except graphlib.CycleError as error:
        house.breach('tests/house/rooms.py', f'goes round in a circle: {" ".join(error.args[1])}')


def check_links(house):
    for file in house.files:
        folder = os.path.dirname(file)
        if os.path.basename(file) != 'CMakeLists.txt' or folder not in rooms.SEES:
            continue
        text = '\n'.join(house.lines(file))
        for other in re.findall(r'wideproof::([a-z]+)', text):
            if other not in rooms.linked_rooms(folder):
                house.breach(file, f'{folder} must not link {other}')
        links_libtorch = re.search(r'TORCH_LIBRARIES|[^_A-Za-z]torch', text)
        if links_libtorch and folder in rooms.WITHOUT_LIBTORCH:
            house.breach(file, f'{folder} must not link LibTorch')


def check_libtorch(house):
    for file in house.sources(*rooms.WITHOUT_LIBTORCH):
        for number, in_brackets, name in house.includes(file):
            if in_brackets and name.startswith(LIBTORCH):
                house.breach(f'{file}:{number}', f'{rooms.room_of(file)} must not see LibTorch')


def check_headers_stand_alone(house):
    """A header is the first line of its own source, so that every build file by file shows that it
    stands alone; sim's are compiled as one, which would hide that a header lacks LibTorch."""
    sources = house.sources(*rooms.ROOMS)
    for file in sources:
        names = [name for _, _, name in house.includes(file)]
        own = file.removesuffix('.cpp') + '.hpp'
        if own in sources and file.endswith('.cpp') and names[:1] != ['wideproof/' + own]:
            house.breach(file, f'<wideproof/{own}> must be its first include')
        has_libtorch = any(name.startswith(LIBTORCH) for name in names)
        if file.startswith('sim/') and file.endswith('.hpp') and not has_libtorch:
            if any(NAMES_LIBTORCH.match(line) for line in house.lines(file)):
                house.breach(file, 'names LibTorch and includes nothing of it')


def check_examples(house):
    """Examples are written as users write."""
    for file in house.sources('examples'):
        for number, in_brackets, name in house.includes(file):
            if not in_brackets or name.startswith('wideproof/') and name.count('/') > 1:
                house.breach(f'{file}:{number}',
                             'an example includes umbrellas, <wideproof/room.hpp>')


# What stands at the start of a line in an unnamed namespace: a function, a type or a constant.
OWN_NAMES = [re.compile(pattern) for pattern in (
    r'(?!return\b|using\b|template\b|typedef\b|static_assert\b)[A-Za-z_][\w:<>,&* ]*[&*> ](\w+)\(',
    r'(?:struct|class|enum class|enum) (\w+)',
    r'using (\w+) =',
    r'(?:constexpr|const|volatile|thread_local) [^()]*?(\w+)(?:\[\w*\])?(?: = |\{|;)')]


def own_names(lines):
    """Line numbers and names of what a source keeps to itself."""
    inside = False
    for number, line in enumerate(lines, 1):
        if line == 'namespace {':
            inside = True
        elif line.startswith('}  // namespace'):
            inside = False
        elif inside:
            found = next(filter(None, (pattern.match(line) for pattern in OWN_NAMES)), None)
            if found:
                yield number, found[1]


def shared_names(house):
    """Where the headers of a room's tests declare what the tests share, by room and name."""
    shared = {}
    for file in house.sources('tests'):
        for line in house.lines(file) if file.endswith('.hpp') else []:
            for pattern in OWN_NAMES:
                found = pattern.match(line.removeprefix('inline '))
                if found:
                    shared[file.split('/')[1], found[1]] = file
    return shared


def check_own_names(house):
    """Sources that are compiled as one (CMAKE_UNITY_BUILD) keep nothing of one name to themselves,
    and tests nothing that a header of their room's tests declares: a call would silently find the
    other function."""
    seen = {}
    shared = shared_names(house)
    for file in house.sources(*rooms.ROOMS, 'tests'):
        if not file.endswith('.cpp'):
            continue
        unit = 'sim' if file.startswith('sim/') else os.path.dirname(file)
        for number, name in own_names(house.lines(file)):
            other = seen.setdefault((unit, name), file)
            if other != file:
                house.breach(f'{file}:{number}', f'{name} is also what {other} keeps to itself')
            if file.startswith('tests/') and (file.split('/')[1], name) in shared:
                header = shared[file.split('/')[1], name]
                house.breach(f'{file}:{number}', f'{name} is also what {header} declares')


def check_sizes(house):
    concepts = defaultdict(set)
    for file in house.sources(*rooms.ROOMS, 'tests', 'bench', 'examples'):
        if not is_umbrella(file):
            concepts[os.path.dirname(file)].add(os.path.splitext(file)[0])
    for folder, names in sorted(concepts.items()):
        if len(names) > rooms.MOST_CONCEPTS:
            house.breach(folder, f'holds {len(names)} concepts, {rooms.MOST_CONCEPTS} at most: '
                         'give it sub-rooms')


def check_licences(house):
    for file in house.files:
        if file.endswith(LICENSED) or file.startswith(('scripts/', '.ci/')):
            head = ' '.join(house.lines(file)[:3])
            if 'SPDX-License-Identifier: MIT' not in head:
                house.breach(file, 'no SPDX line')


def check_top(house):
    for entry in sorted(os.listdir(house.root)):
        if not entry.startswith('.') and entry not in rooms.AT_THE_TOP + rooms.UNTRACKED:
            house.breach(entry, 'does not belong at the top')


def check_links_of_documents(house):
    """What a page links to is there."""
    for file in house.files:
        for number, line in enumerate(house.lines(file) if file.endswith('.md') else [], 1):
            for target in DOCUMENT_LINK.findall(line):
                path = os.path.join(house.root, os.path.dirname(file), target)
                if not os.path.exists(path):
                    house.breach(f'{file}:{number}', f'links to {target}, which is not there')


def check_machine_paths(house):
    for file in house.files:
        for number, line in enumerate(house.lines(file), 1):
            if MACHINE_PATH.search(line):
                house.breach(f'{file}:{number}', 'names a path of one machine')


def breaches_of(root):
    house = House(root)
    for check in (check_arrows, check_kinds, check_floors, check_links, check_libtorch,
                  check_headers_stand_alone, check_examples, check_own_names, check_sizes,
                  check_licences, check_top, check_links_of_documents, check_machine_paths):
        check(house)
    return house.breaches


if __name__ == '__main__':
    found = breaches_of(sys.argv[1])
    for breach in found:
        print(breach)
    sys.exit(1 if found else 0)
