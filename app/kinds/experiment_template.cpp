// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/experiment_template.hpp>

#include <wideproof/model/names.hpp>

namespace wideproof::app {
namespace {

constexpr std::string_view gram_template =
    R"(# Do sampled networks agree with the infinite-width theory? `wideproof validate FILE` answers.

[study]
name = "sparse-correlated-ring"  # names the run's folder, runs/<name>
kind = "gram"
seed = 20240108                  # same seed, same bits, on any number of threads

[network]
depth = 3                        # hidden layers
activation = "thresholded-relu"  # thresholded-relu | thresholded-step | relu | erf | tanh | linear
active_fraction = 0.1            # of the neurons, in [0.0001, 0.9]
threshold = "quantile"           # quantile | std | fixed
weight_variance = "critical"     # keeps the norm from layer to layer; or a number
bias_variance = 0.0

[network.presynaptic]            # correlation of the weights across the sending neurons
filter = "box"                   # none | box | gaussian | exponential | mexican-hat | uniform
taps = 13                        # box: a degree of correlation of 12
sheet = "ring"                   # ring | torus
# scale = 3.0                    # gaussian, exponential, mexican-hat: in neurons
# surround_scale = 6.0           # mexican-hat
# surround_strength = 1.0        # mexican-hat: 1 makes the taps sum to zero
# degree = 12.0                  # uniform: every pair of weights has correlation degree / width

[network.postsynaptic]           # correlation across the receiving neurons; the same keys
filter = "none"

[inputs]                         # scaled to unit norm
source = "circle"                # circle | cosines | gaussian | csv | npy | idx
count = 8                        # circle: equally spaced angles; gaussian: vectors; idx: images
# dimension = 784                # gaussian
# cosines = [1.0, 0.9, 0.5]      # cosines: <x_a, x_b> = c_a c_b
# file = "x.npy"                 # csv, npy: one input a row; paths from the working directory
# images = "t10k-images-idx3-ubyte.gz"   # idx, plain or gzip
# labels = "t10k-labels-idx1-ubyte.gz"
# classes = [0, 1]               # idx: labels to choose from
# per_class = 16                 # idx: in place of count
# seed = 1                       # gaussian, idx: which vectors

[simulation]
widths = [256, 1024, 4096, 16384, 65536]
replicates = 600                 # sampled networks at each width; or, in its place:
# precision = 0.002              # relative standard error of the Gram to stop each width at,
# most_replicates = 100000       # and at the latest here
variance_reduction = false       # true: control variates; fewer networks for the same error
dtype = "float32"                # float32 | float64
engine = "auto"                  # auto | collapsed | direct: every weight drawn
checkpoint_seconds = 60
memory_gib = "auto"              # what a run may take; auto: what the machine has free

[compare]
family_error = 0.01              # chance of calling a true prediction wrong
equivalence_margin = 0.02        # how far the widest networks may be from the limit, relative
prediction = "theory"            # or your own matrices: a .npy, .h5 or .csv file

# [sweep]                          # one study of every combination of the values in these lists
# network.active_fraction = [0.05, 0.1, 0.3]
# network.presynaptic.taps = [1, 13]
)";

constexpr std::string_view generalization_template =
    R"(# What does a wide network with a trained readout get wrong? `wideproof validate FILE` sets three
# errors beside each other: theory's, kernel regression's, and that of finite networks.

[study]
name = "half-circle"             # names the run's folder, runs/<name>
kind = "generalization"
seed = 20240108                  # same seed, same bits, on any number of threads

[network]                        # the keys of kind "gram"; see wideproof init gram
depth = 3
activation = "thresholded-relu"
active_fraction = 0.2
threshold = "quantile"
weight_variance = "critical"
bias_variance = 0.0

[network.presynaptic]
filter = "box"
taps = 5
sheet = "ring"

[network.postsynaptic]
filter = "none"

[inputs]                         # what draws of data are taken from
source = "circle"                # circle | cosines | gaussian | csv | npy | idx
count = 2000
# images = "t10k-images-idx3-ubyte.gz"   # idx, plain or gzip
# labels = "t10k-labels-idx1-ubyte.gz"

[targets]
source = "half-circle"           # labels (of idx images, one output a class) | half-circle | csv | npy
# file = "y.npy"                 # csv, npy: a line of outputs for each input
center = false                   # true: each output's mean is taken off

[generalization]
training_points = [64, 128, 256]      # P
pool_ratio = 2                   # a draw has N = pool_ratio P points; errors are means over all N
split = "random"                 # random | alternate: every pool_ratio-th input trains
draws = 40                       # of data, for each P
# predicted_draws = 40           # how many of them get the theory's error (eigenvalues)
ridge = 1.0                      # added to the diagonal of the P x P Gram

[simulation]                     # finite networks; widths = [] for none
widths = [256, 1024, 4096]
replicates = 1                   # networks for each draw and width
dtype = "float64"                # float32 | float64: small eigenvalues drown in float32
engine = "auto"                  # auto | collapsed | direct
checkpoint_seconds = 60
memory_gib = "auto"              # what a run may take; auto: what the machine has free

[compare]
family_error = 0.01              # chance of calling a true claim wrong
equivalence_margin = 0.1         # relative differences of errors up to this count as equal
)";

}  // namespace

std::string experiment_template(std::string_view kind) {
  constexpr auto templates = model::name_table<const std::string_view*>(
      {{&gram_template, "gram"}, {&generalization_template, "generalization"}});
  return std::string(*templates.value("KIND", kind));
}

}  // namespace wideproof::app
