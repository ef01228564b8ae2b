// SPDX-License-Identifier: MIT
#include <wideproof/train/regularizers/untrained_persistence.hpp>

#include <wideproof/model/training/regularizer_options.hpp>
#include <wideproof/train/regularizers/activation_penalty.hpp>

namespace wideproof::train {

model::PersistenceNumbers untrained_persistence(const std::vector<at::Tensor>& layers, double a,
                                                const ForEachBlock& for_each) {
  const auto of = [&](model::Regularizer kind) {
    return ActivationPenalty({.kind = kind, .a = a}, for_each).value(layers);
  };
  return {.t1 = of(model::Regularizer::t1),
          .t2 = of(model::Regularizer::t2),
          .mean_correlation = of(model::Regularizer::mean_correlation)};
}

}  // namespace wideproof::train
