// SPDX-License-Identifier: MIT
#include <wideproof/report/sparsity/sparsity_study.hpp>

#include <cstddef>

namespace wideproof::report {

const model::WideNumber* SparsityStudy::predicted(std::int64_t layer,
                                                  model::SparsityNumber number) const {
  if (layer > static_cast<std::int64_t>(prediction.layers.size())) return nullptr;
  return compare::predicted_sparsity(prediction.layers[static_cast<std::size_t>(layer) - 1],
                                     number);
}

}  // namespace wideproof::report
