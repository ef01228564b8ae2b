// SPDX-License-Identifier: MIT
#include <wideproof/compare/alike/alike_claims.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/compare/statistics/distributions.hpp>
#include <wideproof/compare/statistics/holm.hpp>
#include <wideproof/compare/widths/heavy_tails.hpp>

namespace wideproof::compare {
namespace {

constexpr double side = 0.025;
constexpr Eigen::Index fewest_blocks = 10;
/// Of the variance of a mean of blocks' variances, see log_mean_of_rows().
constexpr double freedom_a_block = 0.6;

std::vector<LayerComparison> layers_of(const Alike& alike) {
  std::vector<LayerComparison> layers;
  for (const AlikeLayer& at : alike.at) layers.push_back(at.comparison);
  return layers;
}

std::string where(const Alike& alike, const AlikeLayer& at, const Entry& entry) {
  const MatrixName name = alike.options.name(static_cast<std::size_t>(at.comparison.layer) - 1);
  return fmt::format("width {}, {}, {}", at.width, name.name, name.entry(entry));
}

/// The numbers of an entry, with an interval that holds for `members` at once.
void show_entry(Claim& claim, const AlikeLayer& at, const Entry& entry, double members) {
  const MatrixComparison& matrix = at.comparison.matrix(entry.quantity);
  const double half = matrix.difference(entry.row, entry.column) / 2.0;
  const double middle = matrix.predicted(entry.row, entry.column);
  const double error = matrix.estimate.standard_error(entry.row, entry.column) *
                       student_upper_quantile(side / members, matrix.estimate.degrees_of_freedom(
                                                                  entry.row, entry.column));
  claim.prediction = middle - half;
  claim.measurement = middle + half;
  claim.low = *claim.measurement - error;
  claim.high = *claim.measurement + error;
}

/// One of several two-sided tests.
struct Test {
  double p_value = 1.0;
  double first = 0.0;
  double second = 0.0;
  double error = 0.0;  ///< of first − second, or of the logarithm of their ratio
  std::string where = {};
};

const Test& loudest(const std::vector<Test>& tests) {
  return *std::min_element(tests.begin(), tests.end(),
                           [](const Test& a, const Test& b) { return a.p_value < b.p_value; });
}

bool varies(const Eigen::VectorXd& of_blocks) {
  return of_blocks.sum() > of_blocks.maxCoeff() && of_blocks.minCoeff() < of_blocks.maxCoeff();
}

/// Student's test of the logarithms of two mean variances.
Test variance_test(const Eigen::VectorXd& first, const Eigen::VectorXd& second) {
  const VectorEstimate a = log_mean_of_rows(first);
  const VectorEstimate b = log_mean_of_rows(second);
  const double va = a.covariance(0, 0);
  const double vb = b.covariance(0, 0);
  const double da = freedom_a_block * static_cast<double>(first.size() - 1);
  const double db = freedom_a_block * static_cast<double>(second.size() - 1);
  const double freedom = (va + vb) * (va + vb) / (va * va / da + vb * vb / db);
  Test test;
  test.error = std::sqrt(va + vb) * student_upper_quantile(side, freedom);
  test.p_value = student_two_sided((a.value[0] - b.value[0]) / std::sqrt(va + vb), freedom);
  test.first = std::exp(a.value[0]);
  test.second = std::exp(b.value[0]);
  return test;
}

}  // namespace

OpenClaim means_claim(const Alike& alike) {
  const auto layers = layers_of(alike);
  Claim claim;
  claim.name = "means";
  claim.statement = "Every entry of every layer has the same mean in both, at every width.";
  claim.p_value = claim.p_unguarded = smallest_p(layers);
  claim.is_complete = are_complete(layers);
  const auto p = [](const MatrixComparison& matrix, const Entry& entry) {
    return matrix.p(entry.row, entry.column);
  };
  const FamilyMember worst = most_significant(layers, p);
  const AlikeLayer& at = alike.at[worst.index];
  show_entry(
      claim, at, worst.entry,
      static_cast<double>(family(layers.size(), layers.front().gram.predicted.rows()).size()));
  claim.where = where(alike, at, worst.entry);
  claim.detail = fmt::format(
      "Welch's test, z = {:.3g}; Holm over entries, layers and widths",
      at.comparison.matrix(worst.entry.quantity).z(worst.entry.row, worst.entry.column));
  return {std::move(claim), {}};
}

std::optional<OpenClaim> class_means_claim(const Alike& alike, const CommonWidths& sets,
                                           const std::vector<ClassColumn>& columns) {
  if (columns.empty()) return std::nullopt;
  const WidthVectors first = class_means(sets.first_series, columns, alike.options);
  const WidthVectors second = class_means(sets.second_series, columns, alike.options);
  std::vector<Test> tests;
  for (std::size_t w = 0; w < first.at.size(); ++w) {
    const VectorEstimate& a = first.at[w];
    const VectorEstimate& b = second.at[w];
    const Eigen::VectorXd difference = a.value - b.value;
    const JointTest joint = test_jointly(
        difference, {{a.covariance, a.degrees_of_freedom}, {b.covariance, b.degrees_of_freedom}});
    const Eigen::ArrayXd errors =
        (a.covariance.diagonal() + b.covariance.diagonal()).array().sqrt();
    Eigen::Index k = 0;
    (difference.array() / errors).abs().maxCoeff(&k);
    tests.push_back({joint.p_value, a.value[k], b.value[k], 1.96 * errors[k],
                     fmt::format("width {}, {}", sets.widths[w],
                                 name_of(columns[static_cast<std::size_t>(k)]))});
  }
  const Test& worst = loudest(tests);
  Claim claim;
  claim.name = "class-means";
  claim.statement =
      "All layers' entries, averaged over pairs of inputs that are alike, have the same means in "
      "both, tested jointly at each width.";
  claim.p_value = claim.p_unguarded =
      std::min(1.0, static_cast<double>(tests.size()) * worst.p_value);
  claim.measurement = worst.first;
  claim.prediction = worst.second;
  claim.low = worst.first - worst.error;
  claim.high = worst.first + worst.error;
  claim.where = worst.where;
  claim.detail = "joint test of all class means; Bonferroni over widths";
  return OpenClaim{std::move(claim), {}};
}

std::optional<OpenClaim> limits_claim(const Alike& alike, const std::vector<ClassColumn>& columns) {
  if (!alike.limits) return std::nullopt;
  const ClassLimit& fit = *alike.limits;
  Eigen::Index k = 0;
  (fit.limit.array() / fit.standard_error.array()).abs().maxCoeff(&k);
  Claim claim;
  claim.name = "limit";
  claim.statement = "The difference of the class means tends to 0 at infinite width.";
  claim.p_unguarded = fit.test.p_value;
  claim.p_value = fit.guard ? std::max(fit.test.p_value, fit.guard->p_value) : fit.test.p_value;
  const double half =
      fit.standard_error[k] * student_upper_quantile(side / static_cast<double>(fit.limit.size()),
                                                     fit.degrees_of_freedom[k]);
  claim.prediction = 0.0;
  claim.measurement = fit.limit[k];
  claim.low = fit.limit[k] - half;
  claim.high = fit.limit[k] + half;
  claim.where = "difference at n → ∞, " + name_of(columns[static_cast<std::size_t>(k)]);
  claim.detail = fmt::format("order {} in 1/n, jointly", fit.order);
  const Obstacle few{
      "with fewer than four widths a different limit cannot be told from a curvature in 1/n"};
  return OpenClaim{std::move(claim), when(!fit.may_convict(false), few),
                   fmt::format("1/n^{}", fit.order + 1)};
}

std::optional<OpenClaim> variances_claim(const CommonWidths& sets,
                                         const std::vector<ClassColumn>& columns) {
  std::vector<Test> tests;
  for (std::size_t w = 0; w < sets.widths.size(); ++w) {
    const Eigen::MatrixXd& first = sets.first_series.widths[w].gram_variances;
    const Eigen::MatrixXd& second = sets.second_series.widths[w].gram_variances;
    if (first.rows() < fewest_blocks || second.rows() < fewest_blocks) continue;
    for (const ClassColumn& column : columns) {
      const auto& a = first.col(column.column);
      const auto& b = second.col(column.column);
      if (!varies(a) || !varies(b) || is_heavy_at_a_width(sets.first_series, column) ||
          is_heavy_at_a_width(sets.second_series, column))
        continue;
      tests.push_back(variance_test(a, b));
      const auto n = static_cast<double>(sets.widths[w]);
      tests.back().first *= n;
      tests.back().second *= n;
      tests.back().where = fmt::format("width {}, {}", sets.widths[w], name_of(column));
    }
  }
  if (tests.empty()) return std::nullopt;
  std::vector<double> p_values;
  for (const Test& test : tests) p_values.push_back(test.p_value);
  const std::vector<double> adjusted = holm_adjusted(p_values);
  const Test& worst = loudest(tests);
  Claim claim;
  claim.name = "variances";
  claim.number = ClaimNumber::variance_times_width;
  claim.statement =
      "n times the variance of one network's entries, averaged likewise, is the same in both.";
  claim.p_value = claim.p_unguarded = *std::min_element(adjusted.begin(), adjusted.end());
  claim.prediction = worst.second;
  claim.measurement = worst.first;
  claim.low = worst.first * std::exp(-worst.error);
  claim.high = worst.first * std::exp(worst.error);
  claim.where = worst.where;
  claim.detail = "logarithms of variances; Holm over classes, layers and widths";
  return OpenClaim{std::move(claim), {}};
}

OpenClaim alike_equivalence_claim(const Alike& alike) {
  const AlikeLayer* worst = nullptr;
  bool holds = true;
  double members = 0.0;
  for (const AlikeLayer& at : alike.at) {
    if (at.width != alike.widths.back()) continue;
    const Equivalence& equivalence = at.comparison.equivalence;
    holds = holds && equivalence.holds;
    members += static_cast<double>(family(1, at.comparison.gram.predicted.rows()).size());
    if (worst == nullptr || nearer_to_holding(worst->comparison.equivalence, equivalence))
      worst = &at;
  }
  const Equivalence& equivalence = worst->comparison.equivalence;
  Claim claim;
  claim.name = "equivalence";
  claim.statement = fmt::format("At width {} every entry of one lies within {} of the other's.",
                                alike.widths.back(), as_percent(equivalence.margin));
  claim.outcome = holds ? Outcome::agree : Outcome::inconclusive;
  show_entry(claim, *worst, equivalence.worst, members);
  claim.where = where(alike, *worst, equivalence.worst);
  claim.detail =
      fmt::format("two one-sided tests of each entry at level {:.2g}", alike.options.family_error);
  return {std::move(claim), {}};
}

}  // namespace wideproof::compare
