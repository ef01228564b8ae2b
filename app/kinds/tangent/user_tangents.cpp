// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/tangent/user_tangents.hpp>

#include <cstddef>
#include <utility>

#include <wideproof/app/kinds/gram/user_prediction.hpp>
#include <wideproof/app/kinds/tangent/prepared_tangent.hpp>
#include <wideproof/compare/tangent/names.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {

void put_user_tangents(const model::Experiment& experiment,
                       std::vector<compare::PredictedLayer>& stack, model::ReadLog& log) {
  const auto kind = experiment.compare().prediction_kind;
  const bool of_grams = kind == model::PredictionKind::gram;
  if (!of_grams && kind != model::PredictionKind::tangent)
    throw model::InputError("compare.prediction_kind", model::in_quotes(name_of(kind)),
                            "must be gram or tangent where tangent kernels are studied");
  const auto depth = stack_of(experiment).depth();
  const std::size_t first = of_grams ? 0 : depth;
  const std::size_t count = of_grams ? depth : stack.size() - depth;
  auto names = compare::tangent_names(stack_of(experiment));
  names.erase(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(depth));
  auto own = read_user_prediction(experiment.compare().prediction, static_cast<std::int64_t>(count),
                                  stack.front().gram.rows(), log,
                                  of_grams ? std::vector<compare::MatrixName>() : names);
  for (std::size_t i = 0; i < count; ++i) {
    auto& layer = stack[first + i];
    layer.gram = std::move(own[i].gram);
    layer.correlation = std::move(own[i].correlation);
    layer.gram_variance = layer.gram_bias = {};
    layer.correlation_variance = layer.correlation_bias = {};
  }
}

}  // namespace wideproof::app
