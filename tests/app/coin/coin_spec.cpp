// SPDX-License-Identifier: MIT
#include "coin_spec.hpp"

#include <wideproof/model/input_error.hpp>
#include <wideproof/model/require_between.hpp>

namespace wideproof::coin {

void CoinSpec::check(const model::Experiment&) const {
  for (const auto& [key, value] :
       {std::pair("coin.probability", probability), std::pair("coin.predicted", predicted)})
    if (!(value > 0 && value < 1)) throw model::InputError(key, value, "must lie in (0, 1)");
  model::require_between("coin.draws", draws, 2, 1'000'000);
  model::require_between("coin.tosses", tosses, 1, 1'000'000'000);
}

model::Experiment::Options CoinSpec::defaults() {
  model::Experiment::Options options;
  options.kind = std::make_shared<CoinSpec>();
  options.inputs.count = 1;  // no input is looked at
  options.simulation.widths.clear();
  options.simulation.replicates = 1;
  return options;
}

}  // namespace wideproof::coin
