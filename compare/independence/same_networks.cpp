// SPDX-License-Identifier: MIT
#include <wideproof/compare/independence/same_networks.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <vector>

#include <boost/math/special_functions/gamma.hpp>

namespace wideproof::compare {
namespace {

constexpr std::int64_t most_pairs = 1'000'000;
constexpr Eigen::Index most_pivots = 12;
constexpr double more_peaked = 3.0;
constexpr double float_spacing = 0x1p-23;
/// Above it numbers are in half precision, whose last digit is what they are rounded to.
constexpr double rounding_of_half = 1e-5;

/// The networks of all widths, one a row.
struct Rows {
  Eigen::MatrixXd values;
  std::vector<std::size_t> width_of;  ///< number of each row's width
  std::vector<std::int64_t> widths;
  std::vector<Eigen::Index> first;  ///< row of each width
  Eigen::VectorXd scale;            ///< of each column: mean norm of its layer

  Eigen::Index networks(std::size_t width) const { return first[width + 1] - first[width]; }
  auto of_width(std::size_t width) const {
    return values.middleRows(first[width], networks(width));
  }
};

Rows rows_of(const model::ClassSeries& series) {
  Rows rows;
  rows.first.push_back(0);
  for (const auto& at : series.widths) {
    rows.widths.push_back(at.width);
    rows.first.push_back(rows.first.back() + at.means.rows());
  }
  const Eigen::Index columns = series.widths.front().means.cols();
  rows.values.resize(rows.first.back(), columns);
  for (std::size_t w = 0; w < series.widths.size(); ++w) {
    rows.values.middleRows(rows.first[w], rows.networks(w)) = series.widths[w].means;
    rows.width_of.insert(rows.width_of.end(), static_cast<std::size_t>(rows.networks(w)), w);
  }
  const Eigen::Index classes = series.classes.count();
  const Eigen::VectorXd mean = rows.values.colwise().mean();
  rows.scale.resize(columns);
  for (Eigen::Index k = 0; k < columns; ++k) rows.scale[k] = std::abs(mean[k / classes * classes]);
  return rows;
}

/// n·Cov of one network, mean over the widths whose networks vary.
Eigen::MatrixXd pooled_covariance(const Rows& rows) {
  const Eigen::Index columns = rows.values.cols();
  Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(columns, columns);
  double weight = 0.0;
  for (std::size_t w = 0; w < rows.widths.size(); ++w) {
    if (rows.networks(w) < 2) continue;
    const Eigen::MatrixXd centred =
        rows.of_width(w).rowwise() - rows.of_width(w).colwise().mean().eval();
    if (centred.cwiseAbs().maxCoeff() == 0.0) continue;
    sum += static_cast<double>(rows.widths[w]) * centred.transpose() * centred;
    weight += static_cast<double>(rows.networks(w) - 1);
  }
  return weight > 0.0 ? Eigen::MatrixXd(sum / weight) : sum;
}

struct Pivot {
  Eigen::Index column = 0;
  double deviation = 0.0;  ///< conditional on the pivots before
};

/// By what varies most beside its scale.
std::vector<Pivot> pivots_of(Eigen::MatrixXd covariance, const Eigen::VectorXd& scale,
                             Eigen::Index most) {
  std::vector<Pivot> pivots;
  while (static_cast<Eigen::Index>(pivots.size()) < most) {
    Eigen::Index at = 0;
    const Eigen::ArrayXd relative =
        (scale.array() > 0.0).select(covariance.diagonal().array() / scale.array().square(), 0.0);
    const double largest = relative.maxCoeff(&at);
    if (!(largest > 1e-20)) break;
    pivots.push_back({at, std::sqrt(covariance(at, at))});
    const Eigen::VectorXd column = covariance.col(at);
    covariance -= column * column.transpose() / covariance(at, at);
    covariance.row(at).setZero();
    covariance.col(at).setZero();
  }
  return pivots;
}

/// The spacing that all values of a column at a width are multiples of, beside one another; 0 where
/// there is none that is wider than `resolved`.
double spacing_of(Eigen::VectorXd values, double resolved) {
  std::sort(values.begin(), values.end());
  double spacing = 0.0;
  for (Eigen::Index i = 1; i < values.size(); ++i) {
    const double gap = values[i] - values[i - 1];
    if (gap > resolved && (spacing == 0.0 || gap < spacing)) spacing = gap;
  }
  if (spacing == 0.0) return 0.0;
  for (const double value : values) {
    const double steps = (value - values[0]) / spacing;
    const double allowed = 0.02 + resolved / spacing;
    if (std::abs(steps - std::round(steps)) > allowed) return 0.0;
  }
  return spacing;
}

/// What chance makes of pairs within `tolerance` of each column's scale.
double expected_pairs(const Rows& rows, const std::vector<Pivot>& pivots, double length) {
  std::vector<Eigen::MatrixXd> intervals;
  const std::size_t widths = rows.widths.size();
  Eigen::MatrixXd q(static_cast<Eigen::Index>(widths), static_cast<Eigen::Index>(pivots.size()));
  for (std::size_t w = 0; w < widths; ++w) {
    for (std::size_t k = 0; k < pivots.size(); ++k) {
      const double least = length * rows.scale[pivots[k].column];
      q(static_cast<Eigen::Index>(w), static_cast<Eigen::Index>(k)) =
          std::max(least, spacing_of(rows.of_width(w).col(pivots[k].column), least));
    }
  }
  double expected = 0.0;
  for (std::size_t w = 0; w < widths; ++w) {
    for (std::size_t v = 0; v <= w; ++v) {
      const auto networks = static_cast<double>(rows.networks(w));
      double pairs = v == w ? networks * (networks - 1.0) / 2.0
                            : networks * static_cast<double>(rows.networks(v));
      const double spread =
          1.0 / static_cast<double>(rows.widths[w]) + 1.0 / static_cast<double>(rows.widths[v]);
      for (std::size_t k = 0; k < pivots.size(); ++k) {
        const auto column = static_cast<Eigen::Index>(k);
        const double interval = std::max(q(static_cast<Eigen::Index>(w), column),
                                         q(static_cast<Eigen::Index>(v), column));
        const double deviation = std::sqrt(2.0 * std::numbers::pi * spread) * pivots[k].deviation;
        pairs *= std::min(1.0, more_peaked * interval / deviation);
      }
      expected += pairs;
    }
  }
  return expected;
}

/// P(N ≥ pairs) of Poisson's law.
double poisson_upper_tail(std::int64_t pairs, double expected) {
  if (pairs == 0) return 1.0;
  return expected > 0.0 ? boost::math::gamma_p(static_cast<double>(pairs), expected) : 0.0;
}

/// Whether no number varies at a width.
bool are_all_same(const Rows& rows, std::int64_t width) {
  const auto w = static_cast<std::size_t>(std::find(rows.widths.begin(), rows.widths.end(), width) -
                                          rows.widths.begin());
  return (rows.of_width(w).rowwise() - rows.of_width(w).row(0)).cwiseAbs().maxCoeff() == 0.0;
}

/// A width at which no number varies, of three networks or more.
std::optional<SameNetworks> constant_width(const Rows& rows) {
  for (std::size_t w = 0; w < rows.widths.size(); ++w) {
    const std::int64_t networks = rows.networks(w);
    const std::int64_t width = rows.widths[w];
    if (networks < 3 || !are_all_same(rows, width)) continue;
    return SameNetworks{.pairs = networks * (networks - 1) / 2,
                        .are_all = true,
                        .expected = 0.0,
                        .p_value = 0.0,
                        .width = width,
                        .network = 0,
                        .other_width = width,
                        .other = 1};
  }
  return std::nullopt;
}

/// Pairs that agree within `tolerance` of each column's scale, and what chance makes of them.
SameNetworks count_pairs(const Rows& rows, const std::vector<Pivot>& pivots, double tolerance,
                         double length) {
  const Eigen::Index by = pivots.front().column;
  std::vector<Eigen::Index> order(static_cast<std::size_t>(rows.values.rows()));
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](Eigen::Index a, Eigen::Index b) {
    return rows.values(a, by) < rows.values(b, by);
  });
  const Eigen::ArrayXd apart = tolerance * rows.scale.array();
  SameNetworks found;
  std::pair<Eigen::Index, Eigen::Index> first{rows.values.rows(), 0};
  for (std::size_t i = 0; i < order.size() && found.pairs < most_pairs; ++i) {
    for (std::size_t j = i + 1; j < order.size() && found.pairs < most_pairs; ++j) {
      if (rows.values(order[j], by) - rows.values(order[i], by) > apart[by]) break;
      const auto difference = (rows.values.row(order[i]) - rows.values.row(order[j])).transpose();
      if (!(difference.array().abs() <= apart).all()) continue;
      ++found.pairs;
      const auto [low, high] = std::minmax(order[i], order[j]);
      first = std::min(first, std::pair(low, high));
    }
  }
  if (found.pairs == 0) return found;
  const auto place = [&](Eigen::Index row, std::int64_t& width, std::int64_t& network) {
    const std::size_t w = rows.width_of[static_cast<std::size_t>(row)];
    width = rows.widths[w];
    network = row - rows.first[w];
  };
  place(first.first, found.width, found.network);
  place(first.second, found.other_width, found.other);
  found.are_all = found.width == found.other_width && are_all_same(rows, found.width);
  found.expected = expected_pairs(rows, pivots, length);
  found.p_value = std::min(1.0, 2.0 * poisson_upper_tail(found.pairs, found.expected));
  return found;
}

}  // namespace

std::optional<SameNetworks> same_networks(const model::ClassSeries& series, double rounding,
                                          bool may_be_constant) {
  const Rows rows = rows_of(series);
  const Eigen::Index networks = rows.values.rows();
  if (networks < 2) return std::nullopt;
  const Eigen::Index most = std::min(most_pivots, std::max<Eigen::Index>(1, networks / 5));
  const auto pivots = pivots_of(pooled_covariance(rows), rows.scale, most);
  if (!pivots.empty() || !may_be_constant) {
    if (const auto constant = constant_width(rows)) return constant;
  }
  if (pivots.empty()) return std::nullopt;
  const double last_digit = rounding > rounding_of_half ? 2.0 * rounding : float_spacing;
  const SameNetworks exact = count_pairs(rows, pivots, 0.0, last_digit);
  const SameNetworks near = count_pairs(rows, pivots, rounding, 2.0 * rounding);
  const SameNetworks& louder = exact.p_value <= near.p_value ? exact : near;
  return louder.pairs > 0 ? std::optional(louder) : std::nullopt;
}

}  // namespace wideproof::compare
