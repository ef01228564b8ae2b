// SPDX-License-Identifier: MIT
#include <wideproof/compare/independence/independence.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <wideproof/compare/independence/same_networks.hpp>
#include <wideproof/compare/statistics/distributions.hpp>

namespace wideproof::compare {
namespace {

constexpr Eigen::Index fewest_for_ranks = 30;
constexpr double ways_to_depend = 3.0;

/// 1…R, ties their mean; none where all are alike.
Eigen::VectorXd ranks_of(const Eigen::VectorXd& values) {
  std::vector<Eigen::Index> order(static_cast<std::size_t>(values.size()));
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(),
            [&](Eigen::Index a, Eigen::Index b) { return values[a] < values[b]; });
  Eigen::VectorXd ranks(values.size());
  for (std::size_t i = 0; i < order.size();) {
    std::size_t end = i + 1;
    while (end < order.size() && values[order[end]] == values[order[i]]) ++end;
    for (std::size_t k = i; k < end; ++k)
      ranks[order[k]] = (static_cast<double>(i + end) + 1.0) / 2.0;
    i = end;
  }
  if (ranks.minCoeff() == ranks.maxCoeff()) return {};
  return ranks;
}

/// One test of dependence by ranks.
struct Resemblance {
  double correlation = 0.0;
  double half = 0.0;  ///< of its 95% interval
  double p_value = 1.0;
  std::string where = {};
};

Resemblance serial_of(const Eigen::VectorXd& ranks) {
  const auto r = static_cast<double>(ranks.size());
  const Eigen::ArrayXd centred = ranks.array() - ranks.mean();
  const auto next = ranks.tail(ranks.size() - 1) - ranks.head(ranks.size() - 1);
  const double ratio = next.squaredNorm() / centred.square().sum();
  const double variance = 4.0 * (r - 2.0) * (5.0 * r * r - 2.0 * r - 9.0) /
                          (5.0 * r * (r + 1.0) * (r - 1.0) * (r - 1.0));
  const double z = (ratio - 2.0) / std::sqrt(variance);
  return {1.0 - ratio / 2.0, 1.96 * std::sqrt(variance) / 2.0,
          2.0 * normal_upper_tail(std::abs(z))};
}

Resemblance across_of(const Eigen::VectorXd& one, const Eigen::VectorXd& other) {
  const Eigen::ArrayXd a = one.array() - one.mean();
  const Eigen::ArrayXd b = other.array() - other.mean();
  const double rho = (a * b).sum() / std::sqrt(a.square().sum() * b.square().sum());
  const double scale = std::sqrt(static_cast<double>(one.size()) - 1.0);
  return {rho, 1.96 / scale, 2.0 * normal_upper_tail(std::abs(rho) * scale)};
}

/// The loudest, its p times the number of tests.
Resemblance loudest(const std::vector<Resemblance>& tests) {
  if (tests.empty()) return {};
  Resemblance worst =
      *std::min_element(tests.begin(), tests.end(),
                        [](const auto& a, const auto& b) { return a.p_value < b.p_value; });
  worst.p_value = std::min(1.0, worst.p_value * static_cast<double>(tests.size()));
  return worst;
}

/// The ranks of each width's norms at a layer; empty where there are few networks or all alike.
std::vector<Eigen::VectorXd> ranks_by_width(const model::ClassSeries& series, Eigen::Index layer) {
  std::vector<Eigen::VectorXd> ranks;
  for (const model::WidthSeries& at : series.widths)
    ranks.push_back(at.means.rows() < fewest_for_ranks
                        ? Eigen::VectorXd()
                        : ranks_of(at.means.col(layer * series.classes.count())));
  return ranks;
}

Resemblance serial(const model::ClassSeries& series, Eigen::Index layers) {
  std::vector<Resemblance> tests;
  for (Eigen::Index layer = 0; layer < layers; ++layer) {
    const auto ranks = ranks_by_width(series, layer);
    for (std::size_t w = 0; w < ranks.size(); ++w) {
      if (ranks[w].size() == 0) continue;
      tests.push_back(serial_of(ranks[w]));
      tests.back().where = fmt::format(
          "successive networks of width {} resemble each other: their norms of layer "
          "{} have the rank correlation {:.2f}",
          series.widths[w].width, layer + 1, tests.back().correlation);
    }
  }
  return loudest(tests);
}

Resemblance across(const model::ClassSeries& series, Eigen::Index layers) {
  std::vector<Resemblance> tests;
  for (Eigen::Index layer = 0; layer < layers; ++layer) {
    const auto ranks = ranks_by_width(series, layer);
    for (std::size_t w = 0; w < ranks.size(); ++w) {
      for (std::size_t v = 0; v < w; ++v) {
        if (ranks[w].size() == 0 || ranks[v].size() != ranks[w].size()) continue;
        tests.push_back(across_of(ranks[v], ranks[w]));
        tests.back().where = fmt::format(
            "networks of the same number at widths {} and {} resemble each other: their norms of "
            "layer {} have the rank correlation {:.2f}",
            series.widths[v].width, series.widths[w].width, layer + 1, tests.back().correlation);
      }
    }
  }
  return loudest(tests);
}

std::string in_words(const SameNetworks& same) {
  if (same.are_all)
    return fmt::format("all networks of width {} are the same, as if one seed had served them all",
                       same.width);
  const std::string more = same.pairs > 1 ? fmt::format(", and {}{} more pairs", same.pairs - 1,
                                                        same.pairs >= 1'000'000 ? " or" : "")
                                          : "";
  if (same.width == same.other_width)
    return fmt::format("networks {} and {} of width {} are the same (counted from 0){}",
                       same.network, same.other, same.width, more);
  return fmt::format(
      "network {} of width {} and network {} of width {} are the same (counted "
      "from 0){}",
      same.network, same.width, same.other, same.other_width, more);
}

}  // namespace

std::optional<OpenClaim> independence_claim(const model::ClassSeries& series, double rounding) {
  if (std::none_of(series.widths.begin(), series.widths.end(),
                   [](const auto& at) { return at.means.rows() > 1; }))
    return std::nullopt;
  const Eigen::Index layers = series.widths.front().means.cols() / series.classes.count();
  const auto same = same_networks(series, rounding, series.classes.count() < 2);
  const Resemblance in_order = serial(series, layers);
  const Resemblance at_widths = across(series, layers);
  Claim claim;
  claim.name = "independence";
  claim.number = ClaimNumber::dependence;
  claim.statement =
      "Networks are drawn independently of each other, at each width and across them.";
  claim.prediction = 0.0;
  const double p_same = same ? same->p_value : 1.0;
  const bool by_sameness = p_same <= std::min(in_order.p_value, at_widths.p_value);
  if (same && by_sameness) {
    claim.measurement = claim.low = claim.high = static_cast<double>(same->pairs);
    claim.where = in_words(*same);
    claim.detail =
        fmt::format("pairs of networks that are the same; {:.1g} by chance", same->expected);
  } else {
    const Resemblance& louder = in_order.p_value <= at_widths.p_value ? in_order : at_widths;
    claim.measurement = louder.correlation;
    claim.low = louder.correlation - louder.half;
    claim.high = louder.correlation + louder.half;
    claim.where = louder.where.empty() ? "networks that are the same: none" : louder.where;
    claim.detail = "rank correlations, Bonferroni over layers and widths";
  }
  claim.p_value = claim.p_unguarded =
      std::min(1.0, ways_to_depend * std::min({p_same, in_order.p_value, at_widths.p_value}));
  return OpenClaim{std::move(claim), {}};
}

}  // namespace wideproof::compare
