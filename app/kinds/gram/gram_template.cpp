// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/gram_template.hpp>

namespace wideproof::app {

std::string_view gram_template() {
  return
      R"(# Do sampled networks agree with the infinite-width theory? `wideproof validate FILE` answers.

[study]
name = "sparse-correlated-ring"  # names the run's folder, runs/<name>
kind = "gram"
seed = 20240108                  # same seed, same bits, on any number of threads

[network]
depth = 3                        # hidden layers
activation = "thresholded-relu"  # thresholded-relu | thresholded-step | relu | erf | tanh | linear
                                 # | sparse-projection | gelu | silu | leaky-relu | sin | cos |
                                 # abs | sign | elu | exp | gauss | rbf | gabor | softplus | mish |
                                 # sigmoid | sigmoid-like | hard-tanh | hard-sigmoid | hard-swish |
                                 # monomial | rectified-power | hermite | expression, all of these
                                 # from gelu on with the prefix thresholded- too
# expression = "x > 0 ? x : 0"   # expression: your own, of x
# kinks = [0.0]                  # expression: where it is not smooth; found if left out
# slope = 0.01                   # leaky-relu: of x < 0
# frequency = 1.0                # sin, cos
# rate = 1.0                     # exp, gauss, rbf
# order = 2                      # monomial, rectified-power, hermite
active_fraction = 0.1            # of the neurons, in [0.0001, 0.9]
threshold = "quantile"           # quantile | std | fixed
# sparseness = 0.8               # sparse-projection: of each layer, in (0, 1)
# signed = true                  # sparse-projection: false for non-negative layers
weight_variance = "critical"     # keeps the norm from layer to layer; or a number
bias_variance = 0.0
# input_weight_variance = 1.0    # of the first layer
# input_bias_variance = 0.0
# layers = [{activation = "relu", width_factor = 2}, {}, {weight_variance = 2.0}]
#                                # what hidden layers have of their own, one table each

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
source = "circle"                # circle | cosines | gaussian | mixture | csv | npy | idx
count = 8                        # circle: equally spaced angles; gaussian: vectors; idx: images
# dimension = 784                # gaussian
# cosines = [1.0, 0.9, 0.5]      # cosines: <x_a, x_b> = c_a c_b
# file = "x.npy"                 # csv, npy: one input a row; paths from this file's folder
# images = "t10k-images-idx3-ubyte.gz"   # idx, plain or gzip
# labels = "t10k-labels-idx1-ubyte.gz"
# classes = [0, 1]               # idx: labels to choose from
# per_class = 16                 # idx: in place of count
# seed = 1                       # gaussian, idx: which vectors
# normalize = false              # keeps the norms that inputs come with

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
# sparsity = true                # claims about sparsity too: it is measured and shown anyway
# selectivity = true             # likewise of selectivity for classes, of inputs with labels
prediction = "theory"            # or your own matrices: a .npy, .h5 or .csv file, whose layers are
# prediction_kind = "gram"       # gram | kernel: what the next layer sees | correlation: no norms

# [sweep]                          # one study of every combination of the values in these lists
# network.active_fraction = [0.05, 0.1, 0.3]
# network.presynaptic.taps = [1, 13]
)";
}

}  // namespace wideproof::app
