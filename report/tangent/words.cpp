// SPDX-License-Identifier: MIT
#include <wideproof/report/tangent/words.hpp>

namespace wideproof::report {

SweepWords tangent_sweep_words() {
  return {.compared = "formula and sampled tangent kernels"};
}

}  // namespace wideproof::report
