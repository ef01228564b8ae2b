// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/training/training_template.hpp>

namespace wideproof::app {

std::string_view training_template() {
  return R"([study]
name = "trained-circle"
kind = "training"                # finite networks trained by gradient descent
seed = 20240108

[network]
depth = 2                        # hidden layers
activation = "thresholded-relu"
active_fraction = 0.3
threshold = "quantile"           # fixed | std | quantile, kept while training
weight_variance = "critical"
bias_variance = 0.0

[network.presynaptic]            # correlation of the weights at the start
filter = "box"
taps = 5                         # a degree of correlation of 4

[inputs]                         # that train
source = "circle"                # circle | cosines | gaussian | mixture | csv | npy | idx
count = 8

[targets]
source = "step"                  # labels | half-circle | step | teacher | csv | npy
periods = 2                      # step: +1 and -1 in turn, so many times around the circle
# hidden = 16                    # teacher: neurons of the network that teaches
# file = "y.npy"                 # csv, npy: a line of outputs for each input,
# test_file = "y-test.npy"       # and for each that does not train

[test]                           # inputs that do not train; the keys of [inputs]; may be left out
source = "circle"
count = 16

[training]
layers = "all"                   # all | readout
trained = "weights"              # weights | field: the white field beneath the filters
parameterisation = "tangent"     # tangent: steps of weights of order 1; standard: of the weights
threshold_gradient = "detached"  # detached | through
loss = "squared"                 # squared: 1/2 sum (f - y)^2; cross-entropy: mean over the batch
optimizer = "sgd"                # sgd | adam | adamw | rmsprop | adagrad
learning_rate = 0.05
momentum = 0.0                   # sgd, rmsprop
batch_size = "full"              # or a number of inputs
steps = 40                       # or epochs
record = [5, 20, 40]             # steps after which networks are looked at
validation_fraction = 0.0        # of the inputs, set apart; patience = 5 stops early by it
# test_fraction = 0.2            # of the inputs, set apart in place of [test]
centred = true                   # f - f_0 trains, what networks put out less their start: the limit
                                 # has no spread then; false is what is used elsewhere
# readout_variance = 1.0         # of output weights; left out: 1/k(1)
# schedule = "cosine"            # constant | linear | cosine | step, with decay and every
# weight_decay = 1e-4
# ridge = 0.1                    # of layers = "readout": pulls its weights to their start
# clip_norm = 1.0
# dropout = 0.5                  # chance that an activation is left out of a step

# [training.regularizer]         # what is added to the loss
# kind = "t2"                    # none | l1 | l2 | mean-correlation | t1 | t2: of the tree of the
# strength = 0.1                 # neurons' correlations, or of all parameters
# a = 0.5                        # t2: weight of the deviation beside the mean
# neurons = 1.0                  # the most active of each hidden layer: a share, or a number

[simulation]
widths = [256, 512, 1024, 2048]
replicates = 100                 # trained networks at each width
dtype = "float32"                # of weights; without weights all is float64
engine = "auto"                  # collapsed: full batches, exact without weights; direct: any
checkpoint_seconds = 60

[compare]
family_error = 0.01              # chance of calling a true prediction wrong
equivalence_margin = 0.1         # how far outputs may be from the limit, relative to the targets
# sparsity = true                # claims about how sparse untrained layers are
# persistence = true             # T1, T2 and mean |correlation| of untrained networks, and claims
)";
}

}  // namespace wideproof::app
