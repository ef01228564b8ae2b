// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/dimension/dimension_template.hpp>

namespace wideproof::app {

std::string_view dimension_template() {
  return
      R"(# How many dimensions does a layer keep? `wideproof validate FILE` carries an ensemble of inputs
# through networks of several widths and sets the dimensionality D = (tr C)^2/(N tr C^2) of each
# layer's covariance C, and the strength N Sigma of its correlations, beside mean-field theory.

[study]
name = "dimension-reduction"     # names the run's folder, runs/<name>
kind = "dimension"
seed = 20240108                  # same seed, same bits, on any number of threads

[network]
depth = 4                        # hidden layers
activation = "tanh"              # tanh | erf | linear | relu | thresholded-relu
gain = 1.5                       # g: weights have variance g^2/N (or weight_variance = g^2)
bias_variance = 0.0
# active_fraction = 0.1          # of thresholded-relu
# threshold = "quantile"         # fixed | std | quantile

# [network.presynaptic]          # of thresholded-relu: see wideproof init gram

[network.synapses]
law = "gaussian"                 # gaussian | binary | orthogonal
correlation = 1.0                # r: two receiving units' weights correlate by r N^-exponent
exponent = 0.5                   # less drives the dimensionality to 0, more has no effect
across = "receiving"             # receiving | sending: the units between which weights correlate
signs = "uniform"                # uniform | mixed: half of the units anticorrelate with the others
learning = "none"                # none | hebb | oja: measured, without a prediction
# rate = 0.01                    # hebb, oja: a step adds rate <y x>; deeper layers learn faster
# steps = 5                      # these five lower D here to a fifth, 100 to 1/N, one direction
# shuffled = false               # true: each learnt row in an order of its own, the control

[ensemble]
source = "white"                 # white | correlated | idx | csv | npy
samples = 2000                   # M inputs a network, of which two halves estimate covariances
# strength = 1.0                 # correlated: N Sigma of the inputs
# images = "t10k-images-idx3-ubyte.gz"   # idx: samples of fixed dimension; N D is measured

[simulation]
widths = [100, 200, 400, 800]    # N
replicates = 40                  # networks a width
dtype = "float32"                # float32 | float64
engine = "auto"                  # auto | collapsed | direct
checkpoint_seconds = 60
memory_gib = "auto"              # what a run may take; auto: what the machine has free

[compare]
family_error = 0.01              # chance of calling a true prediction wrong
equivalence_margin = 0.05        # relative, of what counts as equal
)";
}

}  // namespace wideproof::app
