# SPDX-License-Identifier: MIT
"""The rooms of the house, and which of them each may see."""

# A folder, and whose headers its C++ sources may include beside its own. `model/*` is model with
# its sub-rooms, `compare` alone the headers that lie in no sub-room. Folders below a sub-room belong
# to it; a new folder of a room that is listed by sub-rooms needs a line.
#
# `libraries` are all rooms but app.
#
# theory and sim do not see each other: that they agree is evidence only if each was computed on its
# own. compare judges any numbers, so it sees neither.
ARROWS = '''
model                   model/*
model/files             model
model/inputs            model model/files
model/dimension         model model/files model/inputs
model/targets           model model/files model/inputs
model/gram              model
model/sparsity          model
model/nonlinearity      model
model/generalization    model model/files model/inputs model/targets
model/samples           model
model/tangent           model
model/training          model model/files model/inputs model/targets model/sparsity

theory                  model/*
theory/pointwise        model/*
theory/kernels          theory/pointwise model/*
theory/recursion        theory/kernels model/*
theory/regression       theory/kernels theory/recursion model/*
theory/neurons          theory/kernels model/*
theory/fluctuations     theory/kernels theory/recursion theory/neurons model/*
theory/dimension        theory/kernels theory/recursion model/*
theory/sparsity         theory/kernels theory/recursion theory/neurons theory/fluctuations
                        theory/dimension model/*
theory/persistence      theory/kernels theory/neurons model/*
theory/tangent          theory/kernels theory/recursion theory/neurons theory/regression model/*

sim                     model/*
sim/random
sim/numeric             model/*
sim/projection
sim/activity            sim/random sim/numeric model/*
sim/layers              sim/random sim/numeric sim/projection sim/activity model/*
sim/controls            sim/random sim/numeric sim/layers model/*
sim/networks            sim/random sim/numeric sim/activity sim/layers sim/controls model/*
sim/ensembles           sim/random sim/numeric sim/layers model/*
sim/tangent             sim/random sim/numeric sim/activity sim/layers sim/networks model/*
sim/measure             sim/random sim/numeric sim/activity sim/layers sim/controls sim/networks sim/tangent model/*

train                   sim/* model/*
train/activity          sim/* model/*
train/regularizers      sim/* model/*
train/saved             train sim/* model/*
train/auto_encoder      train train/activity train/descent train/saved sim/* model/*
train/descent           train train/activity train/regularizers train/saved sim/* model/*
train/wide              train sim/* model/*

compare                 model/*
compare/statistics      compare model/input_error.hpp
compare/matrices        compare compare/statistics model/*
compare/widths          compare compare/statistics compare/matrices model/*
compare/limits          compare compare/statistics compare/widths model/*
compare/sparsity        compare compare/statistics compare/limits compare/widths model/*
compare/independence    compare compare/statistics compare/widths model/*
compare/alike           compare compare/statistics compare/matrices compare/widths compare/independence model/*
compare/sweep           compare compare/statistics model/*
compare/gram            compare compare/statistics compare/matrices compare/widths compare/limits compare/sparsity
                        compare/independence model/*
compare/dimension       compare compare/statistics compare/limits compare/widths model/*
compare/generalization  compare compare/statistics compare/matrices compare/widths model/*
compare/training        compare compare/statistics compare/limits compare/widths compare/sparsity
                        model/*
compare/tangent         compare compare/matrices compare/widths compare/gram model/*

report                  compare model/*
report/figure           report compare model/*
report/json             compare model/*
report/page             report report/figure report/json compare compare/sweep model/*
report/alike            report report/figure report/json report/page compare compare/matrices compare/widths
                        compare/alike model/*
report/sweep            report report/figure report/json report/page
                        compare compare/statistics compare/sweep model/*
report/sparsity         report report/figure report/json report/page
                        compare compare/limits compare/sparsity model/*
report/gram             report report/figure report/json report/page report/sweep report/sparsity
                        compare compare/statistics compare/matrices compare/widths compare/sweep
                        compare/sparsity compare/gram model/*
report/dimension        report report/figure report/json report/page report/sweep
                        compare compare/statistics compare/limits compare/widths compare/sweep
                        compare/dimension model/*
report/generalization   report report/figure report/json report/page report/sweep
                        compare compare/statistics compare/matrices compare/widths compare/sweep
                        compare/generalization model/*

report/training         report report/figure report/json report/page report/sweep report/sparsity
                        compare compare/statistics compare/limits compare/widths compare/sweep
                        compare/sparsity
                        compare/training model/*
report/tangent          report report/figure report/json report/page report/sweep report/gram
                        compare compare/statistics compare/matrices compare/widths compare/sweep
                        compare/gram compare/tangent model/*

app                     app/* model/*
app/system              model/*
app/files               app/system model/*
app/experiment          app/system app/files model/*
app/folders             app/system app/files app/experiment libraries
app/study               app/system app/files app/experiment app/folders libraries
app/ranks               app/system app/files app/experiment app/folders app/study libraries
app/kinds               app/system app/files app/experiment app/folders app/study libraries
app/sweep               app/system app/files app/experiment app/folders app/study app/ranks libraries
app/commands            app/system app/files app/experiment app/folders app/study app/ranks app/sweep
                        libraries

tests/compare           compare/* model/*
tests/report            report/* compare/* model/*
'''

# Single files that see more than their folder: what a kind hands to a sweep.
FILE_ARROWS = '''
compare/gram/sweep_numbers            compare/sweep
compare/dimension/sweep_numbers       compare/sweep
compare/generalization/sweep_numbers  compare/sweep
compare/tangent/sweep_numbers         compare/sweep
compare/training/sweep_numbers        compare/sweep
compare/training/activity_sweep_numbers  compare/sweep
'''

ROOMS = ['model', 'theory', 'sim', 'train', 'compare', 'report', 'app']
WITHOUT_LIBTORCH = ['model', 'theory', 'compare', 'report', 'tests/compare', 'tests/report']

AT_THE_TOP = ROOMS + [
    'tests', 'bench', 'examples', 'results', 'docs', 'scripts', 'cmake', 'CMakeLists.txt',
    'CMakePresets.json', 'README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'LICENSE'
]
# Kinds of study. What is of one kind lies in folders of its name, in these rooms; elsewhere nobody
# includes its headers or names it, save umbrellas and the one list of kinds. gram, dimension and
# tangent are quantities too, and may be spoken of.
KINDS = ['gram', 'generalization', 'dimension', 'tangent', 'training', 'samples']
# A kind that is another with more in it may see that one's folders.
BUILT_ON = {'tangent': 'gram', 'samples': 'gram'}
ROOMS_WITH_KINDS = ['model', 'compare', 'report', 'app']
LIST_OF_KINDS = 'app/kinds/study_kinds.cpp'
UNSPOKEN = ['generalization', 'training']

UNTRACKED = ['build', 'runs', 'compile_commands.json', 'CMakeUserPresets.json']

MOST_CONCEPTS = 20  # a folder; a .cpp with its .hpp is one


def read(table):
    """A table as {name: [whom it sees]}; an indented line goes on with the one above."""
    rows = {}
    for line in table.splitlines():
        words = line.split()
        if line.startswith(' '):
            rows[name] += words
        elif words:
            name = words[0]
            rows[name] = words[1:]
    return rows


def kinds_of(path):
    """The kinds whose folder it lies in."""
    return [kind for kind in KINDS if kind in path.split('/')[:-1]]


SEES = read(ARROWS.replace('libraries', ' '.join(room + '/*' for room in ROOMS if room != 'app')))
FILE_SEES = read(FILE_ARROWS)


def is_split(room):
    """Whether it is listed by sub-rooms."""
    return any(name.startswith(room + '/') for name in SEES)


def room_of(path):
    """The line that a file belongs to: its folder's, or the nearest above; else its first folder."""
    folder = path.rpartition('/')[0]
    while folder and folder not in SEES:
        folder = folder.rpartition('/')[0]
    return folder or path.split('/')[0]


def sees(path, header):
    """Whether a file may include the header `room/…/concept.hpp`."""
    room, other = room_of(path), room_of(header)
    names = SEES[room] + FILE_SEES.get(path.rpartition('.')[0], [])
    below = [name[:-1] for name in names if name.endswith('/*')]
    return (other == room or any(name in (header, other) for name in names)
            or (other + '/').startswith(tuple(below)))


def linked_rooms(folder):
    """The rooms that a CMakeLists of `folder`, a room or the tests of one, may link."""
    lines = [name for name in SEES if (name + '/').startswith(folder + '/')]
    seen = {other.split('/')[0] for name in lines for other in SEES[name]}
    return seen | {folder}
