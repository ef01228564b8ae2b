// SPDX-License-Identifier: MIT
#include <wideproof/model/samples/samples_spec.hpp>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::model {

void SamplesSpec::check(const Experiment& experiment) const {
  const auto& compare = experiment.compare();
  if (path.empty())
    throw InputError("samples.path: is missing: the folder or file that holds the samples");
  const bool has_file = !compare.predicts_theory();
  if (!against.empty() && (has_file || !experiment_file.empty()))
    throw InputError("samples.against", in_quotes(against),
                     "goes without a prediction: samples are set beside these or beside that");
  if (against.empty() && !has_file && experiment_file.empty())
    throw InputError(
        "compare.prediction: is missing: a file of matrices (judge --prediction), unless "
        "samples.experiment (--experiment) or samples.against (--against) says what the samples "
        "are set beside");
  const auto kind = compare.prediction_kind;
  if (kind == PredictionKind::tangent)
    throw InputError("compare.prediction_kind", in_quotes(name_of(kind)),
                     "must be gram, kernel or correlation: samples are Gram matrices");
  if (kind == PredictionKind::kernel && experiment_file.empty())
    throw InputError("compare.prediction_kind", in_quotes(name_of(kind)),
                     "needs samples.experiment (judge --experiment), which says what weight and "
                     "bias variance are in "
                     "the kernels");
}

Experiment::Options SamplesSpec::defaults() {
  Experiment::Options options;
  options.kind = std::make_shared<SamplesSpec>();
  options.inputs.count = 1;  // no input is looked at
  options.simulation.widths.clear();
  options.simulation.replicates = 1;
  return options;
}

const SamplesSpec& samples_of(const Experiment& experiment) {
  return dynamic_cast<const SamplesSpec&>(experiment.kind());
}

}  // namespace wideproof::model
