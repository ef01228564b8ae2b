// SPDX-License-Identifier: MIT
#include <wideproof/model/gram/gram_spec.hpp>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::model {

void GramSpec::check(const Experiment& experiment) const {
  const auto kind = experiment.compare().prediction_kind;
  if (kind == PredictionKind::tangent)
    throw InputError("compare.prediction_kind", in_quotes(name_of(kind)),
                     "goes with study.kind = \"tangent\": here tangent kernels are not measured");
}

Experiment::Options GramSpec::defaults() {
  Experiment::Options options;
  options.kind = std::make_shared<GramSpec>();
  return options;
}

}  // namespace wideproof::model
