// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <wideproof/sim/numeric/row_kernels.hpp>

namespace wideproof::sim {

/// Order statistics of a large sample that is seen once, piece by piece and in any order: it keeps
/// only the values in [low, high], a bracket set beforehand, and counts those below it. Exact where
/// the statistic lies in the bracket, and known to be unknown where it does not.
class BracketedSelection {
 public:
  BracketedSelection(double low, double high) : low_(low), high_(high) {}

  template <class Real>
  void scan(const Real* x, std::int64_t count) {
    below_ += scan_bracket(x, count, low_, high_, inside_);
  }

  /// What `other`, of the same bracket, has seen.
  void merge(const BracketedSelection& other) {
    below_ += other.below_;
    inside_.insert(inside_.end(), other.inside_.begin(), other.inside_.end());
  }

  /// The sample's values number `rank` and rank + 1 in ascending order, from 0; nullopt where they
  /// leave the bracket. Without a next one the second is the first again.
  std::optional<std::pair<double, double>> order_statistics(std::int64_t rank, bool next) {
    const std::int64_t position = rank - below_;
    const auto kept = static_cast<std::int64_t>(inside_.size());
    if (position < 0 || position + (next ? 1 : 0) >= kept) return std::nullopt;
    const auto nth = inside_.begin() + position;
    std::nth_element(inside_.begin(), nth, inside_.end());
    return std::pair(*nth, next ? *std::min_element(nth + 1, inside_.end()) : *nth);
  }

  /// How many values it keeps.
  std::size_t kept() const { return inside_.size(); }

 private:
  double low_;
  double high_;
  std::int64_t below_ = 0;
  std::vector<double> inside_;
};

}  // namespace wideproof::sim
