// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

namespace wideproof::compare {

/// The diagonal of a tangent kernel that has no limit, at one width, beside what is predicted of
/// its mean there. One network's differs from it by a random part that does not vanish; nothing is
/// claimed of it.
struct DiagonalMean {
  std::int64_t width = 0;
  std::string matrix;           ///< MatrixName::key
  double predicted = 0.0;       ///< to O(1/n)
  double value = 0.0;           ///< mean over inputs and networks
  double standard_error = 0.0;  ///< of that
};

}  // namespace wideproof::compare
