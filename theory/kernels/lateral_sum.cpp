// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/lateral_sum.hpp>

#include <algorithm>
#include <cstdint>

#include <wideproof/theory/kernels/autocorrelation.hpp>

namespace wideproof::theory {
namespace {

constexpr double same_scaling = 1e-14;

std::vector<LateralTerm> merged(std::vector<LateralTerm> terms) {
  std::sort(terms.begin(), terms.end(),
            [](const auto& a, const auto& b) { return a.scaling < b.scaling; });
  std::vector<LateralTerm> result;
  for (const auto& term : terms) {
    if (!result.empty() && term.scaling - result.back().scaling <= same_scaling) {
      result.back().weight += term.weight;
    } else {
      result.push_back(term);
    }
  }
  return result;
}

}  // namespace

LateralSum::LateralSum(const model::LateralFilter& presynaptic,
                       const model::LateralFilter& postsynaptic) {
  if (presynaptic.is_none()) return;
  const Autocorrelation b(presynaptic);
  const Autocorrelation a(postsynaptic);
  degree_ = b.degree();
  if (b.is_uniform()) {
    others_ = {{degree_, 0.0}};
    return;
  }
  std::vector<LateralTerm> terms;
  for (std::int64_t x = -b.column_reach(); x <= b.column_reach(); ++x) {
    for (std::int64_t y = -b.row_reach(); y <= b.row_reach(); ++y) {
      if (x != 0 || y != 0) terms.push_back({b(y, x), a(y, x)});
    }
  }
  others_ = merged(std::move(terms));
}

}  // namespace wideproof::theory
