// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/samples/samples_template.hpp>

namespace wideproof::app {

std::string_view samples_template() {
  return
      R"(# Do networks that were sampled elsewhere agree with a prediction? `wideproof validate FILE` reads
# their Gram matrices and judges them; `wideproof judge DIR --prediction FILE` does so without a file.

[study]
name = "my-samples"              # names the run's folder, runs/<name>
kind = "samples"

[samples]
path = "samples"                 # a folder of width_<n>.npy, or an .npz or .h5 with such arrays:
                                 # networks x [layers x] inputs x inputs, one Gram a network
activations = false              # true: networks x [layers x] neurons x inputs
# experiment = "experiment.toml" # the theory of this network and these inputs predicts the samples
# against = "others"             # other samples of the same networks, in place of a prediction

[compare]
family_error = 0.01              # chance of calling a true prediction wrong
equivalence_margin = 0.02        # how far the widest networks may be from the limit, relative
prediction = "prediction.npy"    # layers x inputs x inputs; .npy, .h5 or .csv
prediction_kind = "gram"         # gram | correlation; kernel with samples.experiment
)";
}

}  // namespace wideproof::app
