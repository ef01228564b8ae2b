# SPDX-License-Identifier: MIT
"""The twin of check_house.py: a small sound house passes, and of the breaches then planted in it
each is found."""
import fnmatch
import os
import subprocess
import sys
import tempfile

CHECK = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'check_house.py')
SPDX = '// SPDX-License-Identifier: MIT\n'

# Said once more than in rooms.py, so that a word too many there is noticed.
ROOM_BREACHES = '''
model       theory sim train compare report app
theory      sim train compare report app
sim         theory train compare report app
train       theory compare report app
compare     theory sim train report app
report      theory sim train app
tests/compare  theory sim train report app
tests/report   theory sim train app
'''
SUB_ROOM_BREACHES = '''
model/files             model/inputs
theory/kernels          theory/recursion theory/neurons theory/fluctuations theory/regression
theory/recursion        theory/neurons theory/fluctuations theory/regression
theory/neurons          theory/recursion theory/fluctuations
sim/random              sim/numeric sim/layers model
sim/numeric             sim/random sim/layers sim/measure
sim/layers              sim/controls sim/networks sim/measure
sim/controls            sim/networks sim/measure
sim/networks            sim/measure
compare                 compare/statistics compare/gram
compare/statistics      model compare/matrices compare/widths compare/sweep compare/gram
compare/matrices        compare/widths compare/sweep compare/gram compare/generalization
compare/widths          compare/sweep compare/gram compare/generalization
compare/sweep           compare/matrices compare/widths compare/gram compare/generalization
compare/gram            compare/sweep compare/generalization
compare/generalization  compare/sweep compare/gram
report/figure           report/page report/sweep report/gram report/generalization compare/gram
report/json             report/page report/gram report/generalization
report/page             report/sweep report/gram report/generalization compare/generalization
report/sweep            report/gram report/generalization compare/gram
report/gram             report/generalization compare/generalization
report/gram/figures     report/generalization
report/generalization   report/gram compare/gram
app/system              app/files app/study theory/kernels
app/files               app/folders app/study app/kinds
app/experiment          app/folders app/kinds app/commands report
app/folders             app/study app/ranks app/kinds
app/study               app/ranks app/kinds app/sweep app/commands
app/ranks               app/kinds app/sweep app/commands
app/kinds               app/ranks app/sweep app/commands
app/sweep               app/kinds app/commands
app/commands            app/kinds
'''

SOUND = {
    'theory/recursion/sound.cpp': '#include <wideproof/theory/kernels/tau.hpp>\n',
    'theory/theory.hpp': '#include <wideproof/theory/recursion/sound.hpp>\n',
    'sim/layers/sound.cpp': '#include <torch/torch.h>\n#include <wideproof/sim/random/tau.hpp>\n',
    'sim/layers/names.hpp': '#include <torch/types.h>\nusing Rows = torch::Tensor;\n',
    'compare/statistics/sound.cpp': '#include <wideproof/model/input_error.hpp>\n',
    'compare/gram/sweep_numbers.cpp': '#include <wideproof/compare/sweep/sweep_result.hpp>\n',
    'report/gram/figures/sound.cpp': '#include <wideproof/report/gram/study.hpp>\n',
    'app/main.cpp': '#include <wideproof/app/commands/command_line.hpp>\n#include "near.hpp"\n',
    'app/sweep/sound.cpp': '#include <wideproof/theory/kernels/tau.hpp>\n'
                           '// "generalization"\nconst auto x = "training points", y = "gram";\n',
    'app/kinds/study_kinds.cpp': '#include <wideproof/app/kinds/gram/gram_kind.hpp>\n',
    'app/kinds/training/sound.cpp': '#include <wideproof/compare/training/verdict.hpp>\n'
                                    'const auto name = "training";\n',
    'compare/compare.hpp': '#include <wideproof/compare/gram/assessment.hpp>\n',
    'report/gram/sound.cpp': '#include <wideproof/compare/gram/assessment.hpp>\n',
    'examples/sound.cpp': '#include <torch/torch.h>\n#include <wideproof/theory.hpp>\n',
}


class Planted:
    """A house in a folder of its own, and what is to be found in it."""

    def __init__(self, root):
        self.root = root
        self.expected = []

    def write(self, file, text):
        path = os.path.join(self.root, file)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'a', encoding='utf-8') as opened:
            opened.write(text)

    def plant(self, file, text, report):
        """`text` is to be reported as `file` and `report`, a pattern."""
        self.write(file, text)
        self.expected.append(file + report)

    def check(self):
        """Exit status and lines of the report."""
        run = subprocess.run([sys.executable, CHECK, self.root], stdout=subprocess.PIPE, text=True,
                             check=False)
        return run.returncode, run.stdout.splitlines()


OWN_NAMES = f'''{SPDX}namespace {{
double half(double x) {{
}}
constexpr int most = 3;
}}  // namespace
'''


def build_sound(house):
    # In another folder or in a namespace with a name, names are free.
    house.write('report/page/own_a.cpp', OWN_NAMES)
    house.write('tests/report/page/own_a.cpp', OWN_NAMES)
    house.write('report/json/own_c.cpp', OWN_NAMES)
    house.write('report/page/own_d.cpp', OWN_NAMES.replace('namespace {', 'namespace named {'))
    for room in ('model', 'theory', 'sim', 'train', 'compare', 'report', 'app', 'tests/compare',
                 'tests/report'):
        house.write(f'{room}/CMakeLists.txt',
                    '# SPDX-License-Identifier: MIT\nwideproof_room(LINK wideproof::model)\n')
        house.write(f'{room}/word.cpp', SPDX + '#include <wideproof/model/network.hpp>\n')
    for file, text in SOUND.items():
        house.write(file, SPDX + text)
    for number in range(19):  # with word.cpp twenty concepts, and an umbrella
        house.write(f'model/concept_{number}.hpp', SPDX)
        house.write(f'model/concept_{number}.cpp',
                    f'{SPDX}#include <wideproof/model/concept_{number}.hpp>\n')
    house.write('model/model.hpp', SPDX)
    house.write('README.md', 'See https://example.org/home/index.html, [theory](theory/theory.hpp), '
                '[a](https://example.org/b.md)\n')


def plant_arrows(house):
    for table in (ROOM_BREACHES, SUB_ROOM_BREACHES):
        for line in table.split('\n')[1:-1]:
            room, *others = line.split()
            for other in others:
                reported = '/'.join(room.split('/')[:2])
                house.plant(f'{room}/sees_{other.replace("/", "_")}.hpp',
                            f'{SPDX}#include <wideproof/{other}/concept.hpp>\n',
                            f':2: {reported} must not see {other}')
                if table is ROOM_BREACHES:
                    house.plant(f'{room}/CMakeLists.txt',
                                f'target_link_libraries(x wideproof::{other})\n',
                                f': {room} must not link {other}')
    house.plant('compare/new/concept.cpp', SPDX, ': compare/new has no line in *rooms.py')
    house.plant('theory/kernels/relative.cpp', f'{SPDX}#include "../sim/random/philox.hpp"\n',
                ":2: include other folders'*")
    house.plant('app/all.cpp', f'{SPDX}#include <wideproof/theory.hpp>\n', ':2: include concepts*')
    house.plant('report/report.hpp', f'{SPDX}#include <wideproof/model/network.hpp>\n',
                ':2: an umbrella*')
    house.plant('examples/concept.cpp', f'{SPDX}#include <wideproof/theory/kernels/tau.hpp>\n',
                ':2: an example includes umbrellas*')


def plant_libtorch(house):
    for room in ('model', 'theory', 'compare', 'report', 'tests/compare', 'tests/report'):
        house.plant(f'{room}/types.cpp', f'{SPDX}  # include <torch/types.h>\n',
                    f':2: {room} must not see LibTorch')
        house.plant(f'{room}/aten.cpp', f'{SPDX}#include <ATen/ATen.h>\n',
                    f':2: {room} must not see LibTorch')
        house.plant(f'{room}/CMakeLists.txt', 'target_link_libraries(x ${TORCH_LIBRARIES})\n',
                    f': {room} must not link LibTorch')
    house.plant('sim/layers/bare.hpp', f'{SPDX}using Rows = torch::Tensor;\n',
                ': names LibTorch and*')
    house.plant('sim/layers/bare_too.hpp', f'{SPDX}using Rows = at::Tensor;\n',
                ': names LibTorch and*')


def plant_kinds(house):
    for file, header, kind in (('app/study/a.cpp', 'app/kinds/gram/gram_kind.hpp', 'gram'),
                               ('app/kinds/b.cpp', 'model/dimension/spec.hpp', 'dimension'),
                               ('app/kinds/gram/c.cpp', 'report/training/page.hpp', 'training'),
                               ('model/kind_spec.cpp', 'model/tangent/spec.hpp', 'tangent')):
        house.plant(file, f'{SPDX}#include <wideproof/{header}>\n',
                    f':2: must not see {kind}, a kind of study')
    for room in ('app/sweep', 'report/page', 'compare/sweep', 'model'):
        house.plant(f'{room}/names.cpp',
                    f'{SPDX}const bool is = kind == "generalization.split"; // "it"\n'
                    'auto kind = Kind::gram;\n',
                    ':2: must not name generalization, a kind of study')
        house.expected.append(f'{room}/names.cpp:3: must not name gram, a kind of study')


def plant_own_names(house):
    house.plant('report/page/own_b.cpp', OWN_NAMES,
                ':3: half is also what report/page/own_a.cpp keeps to itself')
    house.expected.append(
        'report/page/own_b.cpp:5: most is also what report/page/own_a.cpp keeps to itself')
    house.plant('tests/report/page/own_b.cpp', OWN_NAMES,
                ':3: half is also what tests/report/page/own_a.cpp keeps to itself')
    house.write('tests/report/shared.hpp', f'{SPDX}inline double third(double x);\n')
    house.plant('tests/report/page/own_e.cpp', OWN_NAMES.replace('half', 'third'),
                ':3: third is also what tests/report/shared.hpp declares')


def plant_the_rest(house):
    house.write('theory/kernels/late.hpp', SPDX)
    house.plant('theory/kernels/late.cpp',
                f'{SPDX}#include <cmath>\n#include <wideproof/theory/kernels/late.hpp>\n',
                ': <wideproof/theory/kernels/late.hpp> must be its first include')
    for number in range(21):
        house.write(f'tests/theory/kernels/concept_{number}_test.cpp', SPDX)
    house.expected.append('tests/theory/kernels: holds 21 concepts, 20 at most*')
    house.plant('sim/unlicensed.cpp', 'int x;\n', ': no SPDX line')
    house.plant('README.md', '[gone](docs/gone.md#heading)\n', ':2: links to docs/gone.md, *')
    house.plant('notes.txt', 'a stray file at the top\n', ': does not belong at the top')
    house.plant('results/ring/command.txt', 'wideproof validate /ho' 'me/somebody/ring.toml\n',
                ':1: names a path of one machine')
    house.plant('docs/guide.md', 'cd "/ro' 'ot/wideproof"\n', ':1: names a path of one machine')


def finds_circles():
    """Whether a table in which sub-rooms see each other is refused."""
    sys.dont_write_bytecode = True
    import check_house
    check_house.rooms.SEES['theory/kernels'].append('theory/fluctuations')
    house = check_house.House(os.path.dirname(CHECK))
    check_house.check_floors(house)
    return len(house.breaches) == 1


def main():
    with tempfile.TemporaryDirectory() as root:
        house = Planted(root)
        build_sound(house)
        status, report = house.check()
        failed = status != 0
        if failed:
            print('the sound house was rejected:', *report, sep='\n')
        plant_arrows(house)
        plant_libtorch(house)
        plant_kinds(house)
        plant_own_names(house)
        plant_the_rest(house)
        status, report = house.check()
        if status != 1:
            failed = True
            print(f'a house full of breaches ended with status {status}')
        for breach in house.expected:
            if not fnmatch.filter(report, breach):
                failed = True
                print('not found:', breach)
    if not finds_circles():
        failed = True
        print('not found: sub-rooms that see each other')
    return 1 if failed else 0


sys.exit(main())
