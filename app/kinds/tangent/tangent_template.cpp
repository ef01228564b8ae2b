// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/tangent/tangent_template.hpp>

namespace wideproof::app {

std::string_view tangent_template() {
  return
      R"(# Do the tangent kernels of sampled networks agree with the infinite-width theory? The tangent
# kernel of two inputs is the inner product of the gradients of a network's output at both; it tells
# how a wide network trains. `wideproof validate FILE` samples it, exactly and without weights.

[study]
name = "sparse-tangent-kernel"   # names the run's folder, runs/<name>
kind = "tangent"
seed = 20240108                  # same seed, same bits, on any number of threads

[network]
depth = 2                        # hidden layers; an output of white weights follows
activation = "thresholded-relu"  # thresholded-relu | relu | erf | tanh | linear, and
                                 # others: wideproof init gram
active_fraction = 0.3            # of the neurons, in [0.0001, 0.9]
threshold = "fixed"              # fixed | std | quantile
weight_variance = "critical"     # keeps the norm from layer to layer; or a number
bias_variance = 0.0

[network.presynaptic]            # correlation of the weights across the sending neurons
filter = "box"                   # none | box | gaussian | exponential | mexican-hat | uniform
taps = 5                         # box: a degree of correlation of 4; more keys: wideproof init gram
sheet = "ring"                   # ring | torus

[network.postsynaptic]           # correlation across the receiving neurons; the same keys
filter = "none"

[tangent]
trained = "weights"              # weights | field: the white field that the filters shape
layers = "all"                   # all | output: the output's tangent kernel alone, at half the cost
threshold_gradient = "detached"  # detached | through: whether std and quantile hand on gradients

[inputs]                         # scaled to unit norm
source = "circle"                # circle | cosines | gaussian | mixture | csv | npy | idx
count = 6                        # more keys: wideproof init gram

[simulation]
widths = [1024, 2048, 4096, 8192, 16384]
replicates = 400                 # networks at each width
dtype = "float32"                # float32 | float64
checkpoint_seconds = 60
memory_gib = "auto"              # what a run may take; auto: what the machine has free

[compare]
family_error = 0.01              # chance of calling a true prediction wrong
equivalence_margin = 0.05        # how far the widest networks may be from the limit, relative
prediction = "theory"            # or your own matrices: a .npy, .h5 or .csv file of the hidden
# prediction_kind = "tangent"    # layers' tangent kernels and the output's; gram: Gram matrices

# [sweep]                          # one study of every combination of the values in these lists
# tangent.trained = ["weights", "field"]
)";
}

}  // namespace wideproof::app
