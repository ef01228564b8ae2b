// SPDX-License-Identifier: MIT
#include <wideproof/model/generalization/generalization_spec.hpp>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::model {

void GeneralizationSpec::check(const Experiment& experiment) const {
  regression.validate();
  targets.validate(experiment.inputs());
  if (!targets.test_file.empty())
    throw InputError("targets.test_file", in_quotes(targets.test_file),
                     "kind \"generalization\" does not read it; remove it");
}

Experiment::Options GeneralizationSpec::defaults() {
  Experiment::Options options;
  options.kind = std::make_shared<GeneralizationSpec>();
  options.simulation.widths.clear();
  options.simulation.replicates = 1;
  options.simulation.dtype = DType::float64;
  options.compare.equivalence_margin = 0.1;
  return options;
}

const GeneralizationSpec& generalization_of(const Experiment& experiment) {
  return dynamic_cast<const GeneralizationSpec&>(experiment.kind());
}

}  // namespace wideproof::model
