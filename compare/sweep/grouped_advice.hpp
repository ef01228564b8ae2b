// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace wideproof::compare {

/// Advice that several points share.
struct AdviceGroup {
  std::vector<std::size_t> points;  ///< by their place in what was grouped, rising
  std::string text;
};

/// Advice is the same where it differs in nothing but numbers; of these the least and the most are
/// told, "about 2.2 to 8.5 times the replicates". Groups stand by their first point.
std::vector<AdviceGroup> grouped_advice(const std::vector<std::string>& advice);

}  // namespace wideproof::compare
