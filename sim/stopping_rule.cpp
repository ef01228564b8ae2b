// SPDX-License-Identifier: MIT
#include <wideproof/sim/stopping_rule.hpp>

namespace wideproof::sim {

bool StoppingRule::is_look(std::int64_t count) const {
  if (precision <= 0) return false;
  std::int64_t look = 64;
  while (look < count) {
    const std::int64_t blocks = look / replicates_per_block;
    look = replicates_per_block * (blocks + blocks / 8);
  }
  return look == count;
}

}  // namespace wideproof::sim
