// SPDX-License-Identifier: MIT
#include <wideproof/sim/measure/stopping_rule.hpp>

namespace wideproof::sim {
namespace {

constexpr std::int64_t first_look = 64;

std::int64_t look_after(std::int64_t look) {
  const std::int64_t blocks = look / StoppingRule::replicates_per_block;
  return StoppingRule::replicates_per_block * (blocks + blocks / 8);
}

}  // namespace

bool StoppingRule::is_look(std::int64_t count) const {
  if (precision <= 0) return false;
  std::int64_t look = first_look;
  while (look < count) look = look_after(look);
  return look == count;
}

std::int64_t StoppingRule::looks() const {
  std::int64_t looks = 1;
  if (precision <= 0) return looks;
  for (std::int64_t look = first_look; look < replicates; look = look_after(look)) ++looks;
  return looks;
}

}  // namespace wideproof::sim
