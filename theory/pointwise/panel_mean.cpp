// SPDX-License-Identifier: MIT
#include <wideproof/theory/pointwise/panel_mean.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/pointwise/positive_fraction.hpp>

namespace wideproof::theory {
namespace {

constexpr double least_difference = 0x1p-6;
constexpr double least_strip = 0x1p-33;  // of √lack
constexpr std::size_t most_kept = 64;

}  // namespace

PanelMean::Panels PanelMean::panels(const Key& key) const {
  const std::lock_guard lock(mutex_);
  if (const auto known = panels_.find(key); known != panels_.end()) return known->second;
  if (panels_.size() >= most_kept) panels_.clear();
  const auto& [part, variance, reach] = key;
  return panels_[key] = std::make_shared<const FunctionPanels>(function_, part, variance, reach);
}

std::pair<PanelMean::Panels, PanelMean::Panels> PanelMean::panels_of(
    Part part, const GaussianPair& pair) const {
  const auto [smaller, larger] = std::minmax(pair.qa, pair.qb);
  const Reach reach = smaller == larger ? Reach::of_equal_variances : Reach::of_any;
  return {panels({part, larger, reach}), panels({part, smaller, reach})};
}

double PanelMean::mean(Part part, const GaussianPair& pair, PairIntegrand integrand) const {
  const auto [larger, smaller] = panels_of(part, pair);
  return pair_mean(*larger, *smaller, pair, integrand);
}

bool PanelMean::has_slope(double variance) const {
  if (function_.phi->has_jumps()) return false;
  {
    const std::lock_guard lock(mutex_);
    const auto known = have_slopes_.find(variance);
    if (known != have_slopes_.end()) return known->second;
  }
  bool is_known = true;
  try {
    panels({Part::slope, variance, Reach::of_equal_variances});
  } catch (const model::InputError&) {
    is_known = false;  // √|x| has none
  }
  const std::lock_guard lock(mutex_);
  if (have_slopes_.size() >= most_kept) have_slopes_.clear();
  return have_slopes_[variance] = is_known;
}

double PanelMean::value(const GaussianPair& pair) const {
  return mean(Part::value, pair);
}

double PanelMean::slope(const GaussianPair& pair) const {
  return mean(Part::slope, pair);
}

double PanelMean::drop(const GaussianPair& pair) const {
  if (pair.lack <= 0) return 0;
  const double s = std::sqrt(pair.lack);
  if (!has_slope(pair.qa) && s < least_strip) {
    // drop/s is a line there.
    const auto slope_at = [&](double end) {
      return drop(GaussianPair::of_deficit(pair.qa, end * end)) / end;
    };
    const double at_end = slope_at(least_strip);
    const double at_twice = slope_at(2 * least_strip);
    return s * (at_end + (at_twice - at_end) * (s / least_strip - 1));
  }
  if (has_slope(pair.qa) && pair.lack < least_difference) return PairMean::drop(pair);
  return mean(Part::value, pair, PairIntegrand::half_square_difference);
}

double PanelMean::positive_fraction(double variance) const {
  return theory::positive_fraction(function_, variance);
}

std::optional<HermiteTable> PanelMean::table(const std::vector<double>& variances) const {
  std::vector<FunctionPanels> functions;
  for (const double q : variances) {
    functions.emplace_back(function_, Part::value, q, Reach::of_any);
  }
  return HermiteTable(functions);
}

double PanelMean::error_estimate(const GaussianPair& pair) const {
  const auto [larger, smaller] = panels_of(Part::value, pair);
  const double scale = std::sqrt(larger->mean_square() * smaller->mean_square());
  if (scale == 0) return 0;
  const auto by = [&, &f = *larger, &g = *smaller](PairRule rule) {
    return pair_mean(f, g, pair, PairIntegrand::product, rule);
  };
  return std::abs(by(PairRule::of_16) - by(PairRule::of_24)) / scale;
}

}  // namespace wideproof::theory
