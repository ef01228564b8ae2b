// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <wideproof/sim/random/network_id.hpp>

namespace wideproof::train {

/// One update's input.
struct DrawnSample {
  std::int64_t input = 0;  ///< 0 … inputs − 1
  int shift = 0;           ///< 0: as it is; 1 … 8: moved by a pixel; 0 always without jitter
};

/// The inputs of an epoch's updates, drawn at random with replacement: those that seed, width,
/// replicate and epoch name, so that a training can go on in the middle.
std::vector<DrawnSample> drawn_samples(const sim::NetworkId& id, std::int64_t epoch,
                                       std::int64_t samples, std::int64_t inputs, bool jitter);

/// `image`, side × side numbers row by row, moved by a pixel in direction `shift` of DrawnSample,
/// what enters being 0. `moved` is another array of as many.
void shift_image(const float* image, std::int64_t side, int shift, float* moved);

}  // namespace wideproof::train
