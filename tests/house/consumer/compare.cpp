// SPDX-License-Identifier: MIT
#include <vector>

#include <wideproof/compare.hpp>

int main() {
  const auto adjusted = wideproof::compare::holm_adjusted({0.01, 0.5});
  return adjusted == std::vector{0.02, 0.5} ? 0 : 1;
}
