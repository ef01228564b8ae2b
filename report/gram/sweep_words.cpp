// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/sweep_words.hpp>

namespace wideproof::report {

SweepWords gram_sweep_words() {
  return {.compared = "formula and sampled networks"};
}

}  // namespace wideproof::report
