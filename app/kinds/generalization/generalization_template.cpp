// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/generalization/generalization_template.hpp>

namespace wideproof::app {

std::string_view generalization_template() {
  return
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
source = "circle"                # circle | cosines | gaussian | mixture | csv | npy | idx
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
}

}  // namespace wideproof::app
