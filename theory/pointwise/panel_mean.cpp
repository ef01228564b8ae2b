// SPDX-License-Identifier: MIT
#include <wideproof/theory/pointwise/panel_mean.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <wideproof/theory/pointwise/positive_fraction.hpp>

namespace wideproof::theory {
namespace {

constexpr double least_difference = 0x1p-6;
constexpr double least_strip = 1e-26;
constexpr std::size_t most_kept = 64;

}  // namespace

std::shared_ptr<const FunctionPanels> PanelMean::panels(Part part, double variance) const {
  const std::lock_guard lock(mutex_);
  const std::pair key{part, variance};
  if (const auto known = panels_.find(key); known != panels_.end()) return known->second;
  if (panels_.size() >= most_kept) panels_.clear();
  return panels_[key] = std::make_shared<const FunctionPanels>(function_, part, variance);
}

double PanelMean::mean(Part part, const GaussianPair& pair, PairIntegrand integrand) const {
  const auto larger = panels(part, std::max(pair.qa, pair.qb));
  const auto smaller = panels(part, std::min(pair.qa, pair.qb));
  return pair_mean(*larger, *smaller, pair, integrand);
}

double PanelMean::value(const GaussianPair& pair) const {
  return mean(Part::value, pair);
}

double PanelMean::slope(const GaussianPair& pair) const {
  return mean(Part::slope, pair);
}

double PanelMean::drop(const GaussianPair& pair) const {
  if (pair.lack <= 0) return 0;
  if (!has_slope() && pair.lack < least_strip) {
    return std::sqrt(pair.lack / least_strip) *
           drop(GaussianPair::of_deficit(pair.qa, least_strip));
  }
  if (has_slope() && pair.lack < least_difference) return PairMean::drop(pair);
  return mean(Part::value, pair, PairIntegrand::half_square_difference);
}

double PanelMean::positive_fraction(double variance) const {
  return theory::positive_fraction(ScaledFunction(function_, Part::value, variance));
}

double PanelMean::error_estimate(const GaussianPair& pair) const {
  const auto larger = panels(Part::value, std::max(pair.qa, pair.qb));
  const auto smaller = panels(Part::value, std::min(pair.qa, pair.qb));
  const double scale = std::sqrt(larger->mean_square() * smaller->mean_square());
  if (scale == 0) return 0;
  const auto by = [&](PairRule rule) {
    return pair_mean(*larger, *smaller, pair, PairIntegrand::product, rule);
  };
  return std::abs(by(PairRule::of_16) - by(PairRule::of_24)) / scale;
}

}  // namespace wideproof::theory
