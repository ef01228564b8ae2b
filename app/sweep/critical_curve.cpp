// SPDX-License-Identifier: MIT
#include <wideproof/app/sweep/critical_curve.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

#include <wideproof/theory/recursion/network_limit.hpp>

namespace wideproof::app {
namespace {

using Range = std::pair<double, double>;

/// The range of a swept key whose values are numbers.
std::optional<Range> range_of(const SweepSpec& sweep, std::string_view key) {
  const auto found = std::find(sweep.keys.begin(), sweep.keys.end(), key);
  if (found == sweep.keys.end()) return std::nullopt;
  const auto k = static_cast<std::size_t>(found - sweep.keys.begin());
  std::optional<Range> range;
  for (const auto& point : sweep.points) {
    const auto& number = point.values[k].number;
    if (!number) return std::nullopt;
    if (!range) range = {*number, *number};
    range->first = std::min(range->first, *number);
    range->second = std::max(range->second, *number);
  }
  return range;
}

}  // namespace

std::optional<report::SweepCurve> critical_curve(const SweepSpec& sweep) {
  constexpr const char* f_key = "network.active_fraction";
  constexpr const char* degree_key = "network.presynaptic.degree";
  constexpr const char* taps_key = "network.presynaptic.taps";
  const auto fractions = range_of(sweep, f_key);
  const auto degrees = range_of(sweep, degree_key);
  const auto taps = range_of(sweep, taps_key);
  if (!fractions || (!degrees && !taps)) return std::nullopt;
  const auto& network = sweep.points.front().experiment.network();
  const auto& filter = network.presynaptic();
  const bool is_box_on_ring =
      filter.kind() == model::LateralFilter::Kind::box && filter.sheet() == model::Sheet::ring;
  if (!degrees && !is_box_on_ring) return std::nullopt;
  const double taps_per_degree = degrees ? 0.0 : 1.0;
  const auto [low, high] = degrees ? *degrees : *taps;

  report::SweepCurve curve{
      f_key,
      degrees ? degree_key : taps_key,
      degrees ? "m*" : "taps = m* + 1",
      std::string(
          "m* is the critical degree of correlation: with more, correlations converge to 1, "
          "with less to what lies below.") +
          (degrees ? "" : " A box of taps has the degree taps − 1."),
      {}};
  for (const auto& [f, critical] :
       theory::critical_degrees(network, fractions->first, fractions->second)) {
    const double y = critical + taps_per_degree;
    if (y >= low && y <= high) curve.points.emplace_back(f, y);
  }
  if (curve.points.empty()) return std::nullopt;
  return curve;
}

}  // namespace wideproof::app
