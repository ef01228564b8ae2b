// SPDX-License-Identifier: MIT
#include <wideproof/compare/sweep/rank_claims.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include <wideproof/compare/statistics/distributions.hpp>
#include <wideproof/compare/statistics/rank_correlation.hpp>

namespace wideproof::compare {
namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

using Numbers = std::vector<double>;

/// What networks show at one point, by network; x may be the same for all.
struct PointNumbers {
  Numbers x, y;
};

/// Points that are compared with each other.
using Block = std::vector<PointNumbers>;

const Numbers* draws_of(const SweepResult& sweep, std::size_t point, const std::string& quantity,
                        const SweepClaim& said) {
  const SweepNumber* const number =
      find_number(sweep.points[point], quantity, said.training_points, said.width);
  return number == nullptr || number->draws.empty() ? nullptr : &number->draws;
}

/// The other keys' values, by which points of a trend fall into blocks.
std::string block_of(const SweepResult& sweep, std::size_t point, std::size_t along) {
  std::string name;
  for (std::size_t k = 0; k < sweep.keys.size(); ++k)
    if (k != along) name += sweep.points[point].values[k] + "\n";
  return name;
}

/// Points without numbers are counted in `left_out`.
std::vector<Block> trend_blocks(const SweepResult& sweep, const SweepClaim& said,
                                const SweepQuantity& quantity, std::size_t& left_out) {
  const auto along = static_cast<std::size_t>(
      std::find(sweep.keys.begin(), sweep.keys.end(), said.along) - sweep.keys.begin());
  std::map<std::string, Block> blocks;
  for (const std::size_t point : points_with(sweep, said.over)) {
    const Numbers* const draws = draws_of(sweep, point, quantity.name, said);
    const auto value = as_number(sweep.points[point].values[along]);
    if (draws == nullptr || !value) {
      ++left_out;
      continue;
    }
    blocks[block_of(sweep, point, along)].push_back({Numbers(draws->size(), *value), *draws});
  }
  std::vector<Block> all;
  for (auto& [name, block] : blocks)
    if (block.size() > 1) all.push_back(std::move(block));
  return all;
}

Block associated(const SweepResult& sweep, const SweepClaim& said, const SweepQuantity& quantity,
                 std::size_t& left_out) {
  Block block;
  for (const std::size_t point : points_with(sweep, said.over)) {
    const Numbers* const x = draws_of(sweep, point, said.with, said);
    const Numbers* const y = draws_of(sweep, point, quantity.name, said);
    if (x == nullptr || y == nullptr) {
      ++left_out;
      continue;
    }
    block.push_back({*x, *y});
  }
  return block;
}

double at_network(const Numbers& numbers, std::size_t network) {
  return network < numbers.size() ? numbers[network] : no_number;
}

std::size_t networks_of(const std::vector<Block>& blocks) {
  std::size_t most = 0;
  for (const Block& block : blocks)
    for (const PointNumbers& point : block) most = std::max(most, point.y.size());
  return most;
}

/// By network, the mean over blocks of its τ_b from point to point; networks without a number at
/// some point have none.
Numbers across_points(const std::vector<Block>& blocks) {
  Numbers units;
  for (std::size_t network = 0; network < networks_of(blocks); ++network) {
    double sum = 0.0;
    double count = 0.0;
    bool is_whole = true;
    for (const Block& block : blocks) {
      Numbers x, y;
      for (const PointNumbers& point : block) {
        x.push_back(at_network(point.x, network));
        y.push_back(at_network(point.y, network));
        is_whole = is_whole && std::isfinite(x.back()) && std::isfinite(y.back());
      }
      // Numbers that do not differ show no trend.
      sum += kendall_tau(x, y).value_or(0.0);
      count += 1.0;
    }
    if (is_whole) units.push_back(sum / count);
  }
  return units;
}

/// The mean over points of τ_b over networks, all but number `without`; nullopt where there is
/// none.
std::optional<double> mean_over_points(const Block& block, std::size_t without) {
  double sum = 0.0;
  double count = 0.0;
  for (const PointNumbers& point : block) {
    Numbers x = point.x, y = point.y;
    x.resize(std::max(x.size(), y.size()), no_number);
    y.resize(x.size(), no_number);
    if (without < x.size()) x[without] = no_number;
    const auto tau = kendall_tau(x, y);
    if (!tau) continue;
    sum += *tau;
    count += 1.0;
  }
  return count > 0.0 ? std::optional(sum / count) : std::nullopt;
}

/// Pseudo-values of the jackknife.
Numbers across_networks(const Block& block) {
  const std::size_t networks = networks_of({block});
  const auto all = mean_over_points(block, networks);
  Numbers units;
  if (!all) return units;
  const auto count = static_cast<double>(networks);
  for (std::size_t network = 0; network < networks; ++network) {
    const auto others = mean_over_points(block, network);
    if (!others) return {};
    units.push_back(count * *all - (count - 1.0) * *others);
  }
  return units;
}

/// Two one-sided Student's tests of −tolerance < centre < tolerance. A few τ are often alike, so p
/// is at least that of as many signs.
double equivalence_p(const SignedMean& mean, double tolerance) {
  const double least = std::exp2(-static_cast<double>(mean.units));
  const double room = tolerance - std::abs(mean.mean);
  if (mean.standard_error == 0.0) return room > 0.0 ? least : 1.0;
  return std::max(
      least, student_upper_tail(room / mean.standard_error, static_cast<double>(mean.units - 1)));
}

RankTest tests_of(const SignedMean& mean, const SweepClaim& said) {
  switch (said.direction) {
    case SweepClaim::Direction::rising:
      return {mean.p_above, mean.p_below};
    case SweepClaim::Direction::falling:
      return {mean.p_below, mean.p_above};
    case SweepClaim::Direction::either:
      break;
  }
  return {std::min(1.0, 2.0 * std::min(mean.p_above, mean.p_below)),
          equivalence_p(mean, said.tolerance)};
}

std::string description(const SweepClaim& said, const SweepQuantity& quantity,
                        const SignedMean& mean, std::size_t points, std::size_t left_out) {
  std::string text =
      said.kind == SweepClaim::Kind::trend
          ? fmt::format("{} along {}", quantity.name, said.along)
          : fmt::format("{} and {}, {}", quantity.name, said.with,
                        said.across == SweepClaim::Across::points ? "from point to point"
                                                                  : "from network to network");
  text += fmt::format(": Kendall's τ of {} networks at {} points, {:.3g} ± {:.2g} on average",
                      mean.units, points, mean.mean, mean.standard_error);
  if (left_out > 0) text += fmt::format("; {} points have no numbers", left_out);
  return text;
}

}  // namespace

RankTest judge_ranks(Claim& claim, const SweepResult& sweep, const SweepClaim& said,
                     const SweepQuantity& quantity, double family_error) {
  std::size_t left_out = 0;
  const bool is_trend = said.kind == SweepClaim::Kind::trend;
  const std::vector<Block> blocks =
      is_trend ? trend_blocks(sweep, said, quantity, left_out)
               : std::vector<Block>{associated(sweep, said, quantity, left_out)};
  const bool from_network = !is_trend && said.across == SweepClaim::Across::networks;
  const Numbers units = from_network ? across_networks(blocks.front()) : across_points(blocks);
  claim.measured = "Kendall's τ";
  RankTest open{no_number, no_number};
  std::size_t points = 0;
  for (const Block& block : blocks) points += block.size();
  if (points < 2 && !from_network) {
    claim.obstacle = fmt::format("fewer than two points have {}", quantity.plural);
    return open;
  }
  if (units.size() < 2) {
    claim.obstacle = "fewer than two networks have numbers that differ at all of the points";
    return open;
  }
  const SignedMean mean = signed_mean(units);
  claim.measurement = mean.mean;
  const Interval interval = mean.interval(1.0 - 2.0 * family_error);
  claim.low = std::max(-1.0, interval.low);
  claim.high = std::min(1.0, interval.high);
  claim.detail = description(said, quantity, mean, points, left_out);
  return tests_of(mean, said);
}

}  // namespace wideproof::compare
