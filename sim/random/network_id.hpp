// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <wideproof/sim/random/stream_name.hpp>

namespace wideproof::sim {

/// Which of a law's networks: together they name every random stream of a network.
struct NetworkId {
  std::uint64_t seed = 0;
  std::int64_t width = 0;
  std::int64_t replicate = 0;
};

/// The stream of one of the network's layers, from 1.
inline StreamName stream_name(const NetworkId& id, Purpose purpose, std::int64_t layer) {
  return {.seed = id.seed,
          .purpose = purpose,
          .width = static_cast<std::uint32_t>(id.width),
          .replicate = static_cast<std::uint32_t>(id.replicate),
          .layer = static_cast<std::uint32_t>(layer)};
}

}  // namespace wideproof::sim
