// SPDX-License-Identifier: MIT
#include <wideproof/compare/sparsity/activity_limits.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include <wideproof/compare/limits/limit_claims.hpp>
#include <wideproof/compare/number_text.hpp>
#include <wideproof/compare/widths/joint_layers.hpp>

namespace wideproof::compare {
namespace {

constexpr Eigen::Index networks_of_block = 4;

/// Networks of one width, and how many of them had to be left out.
struct ShownNumbers {
  std::vector<NetworkNumbers> measured = {};
  std::string left_out = {};  ///< of the width where most were, in words; else empty
};

ShownNumbers shown_numbers(const std::vector<NetworkNumbers>& networks,
                           const std::vector<ActivityLimit>& numbers, const ActivityWords& words) {
  ShownNumbers shown;
  double largest_share = 0.0;
  for (const NetworkNumbers& at : networks) {
    std::vector<Eigen::Index> columns, rows;
    for (const ActivityLimit& number : numbers) columns.push_back(number.column);
    for (Eigen::Index r = 0; r < at.rows.rows(); ++r)
      if (at.rows(r, columns).allFinite()) rows.push_back(r);
    shown.measured.push_back({at.width, at.rows(rows, columns)});
    const auto kept = static_cast<Eigen::Index>(rows.size());
    const double share = 1.0 - static_cast<double>(kept) / static_cast<double>(at.rows.rows());
    if (share > largest_share) {
      largest_share = share;
      shown.left_out = fmt::format("at width {} {} in {} of {} networks", at.width, words.absent,
                                   at.rows.rows() - kept, at.rows.rows());
    }
  }
  return shown;
}

/// n times the unbiased variance of each number within each whole block of networks.
std::vector<NetworkNumbers> block_variances(const std::vector<NetworkNumbers>& measured,
                                            const std::vector<Eigen::Index>& columns) {
  std::vector<NetworkNumbers> all;
  for (const NetworkNumbers& at : measured) {
    const Eigen::Index blocks = at.rows.rows() / networks_of_block;
    NetworkNumbers variances{at.width, Eigen::MatrixXd(blocks, std::ssize(columns))};
    for (Eigen::Index b = 0; b < blocks; ++b) {
      const Eigen::MatrixXd block =
          at.rows.middleRows(b * networks_of_block, networks_of_block)(Eigen::all, columns);
      const Eigen::MatrixXd centred = block.rowwise() - block.colwise().mean();
      variances.rows.row(b) = static_cast<double>(at.width) * centred.colwise().squaredNorm() /
                              static_cast<double>(networks_of_block - 1);
    }
    all.push_back(std::move(variances));
  }
  return all;
}

LimitWords words_for(const std::vector<ActivityLimit>& numbers, const std::string& name) {
  LimitWords words;
  words.width = "n";
  words.limit_statement = fmt::format("The {} of all layers tends to the prediction.", name);
  words.numbers_claim = "numbers";
  words.numbers_statement =
      fmt::format("Every measure of every layer's {} tends to its prediction.", name);
  words.place = [numbers](std::size_t k) { return numbers[k].place(); };
  return words;
}

/// Those of layers that joint tests look at, without what repeats others.
std::vector<std::size_t> joint_of(const std::vector<ActivityLimit>& numbers) {
  const JointLayers layers(static_cast<std::size_t>(numbers.back().layer));
  std::vector<std::size_t> chosen;
  for (std::size_t k = 0; k < numbers.size(); ++k)
    if (layers.holds(static_cast<std::size_t>(numbers[k].layer) - 1) && numbers[k].is_joint)
      chosen.push_back(k);
  return chosen;
}

Obstacle too_silent(const std::string& left_out) {
  return when(!left_out.empty(),
              {left_out + ", too often for a series in 1/n: take wider networks"});
}

void add_fluctuation(ActivityFindings& findings, const std::vector<ActivityLimit>& judged,
                     const ShownNumbers& shown, const std::string& name,
                     const LimitOptions& options) {
  std::vector<ActivityLimit> numbers;
  std::vector<Eigen::Index> columns;
  for (const std::size_t k : joint_of(judged)) {
    ActivityLimit number = judged[k];
    const auto variance = number.variance;
    if (!variance || !std::isfinite(*variance) || !(*variance > 0.0)) continue;
    number.predicted = number.scale = *variance;
    number.equal = {0.0, 2.0 * *variance};
    numbers.push_back(number);
    columns.push_back(static_cast<Eigen::Index>(k));
  }
  const auto variances = block_variances(shown.measured, columns);
  const bool is_known = std::all_of(variances.begin(), variances.end(),
                                    [](const auto& at) { return at.rows.rows() >= 2; });
  if (numbers.empty() || !is_known) return;
  std::vector<std::size_t> all(numbers.size());
  for (std::size_t k = 0; k < all.size(); ++k) all[k] = k;
  const LimitFindings found = find_limits(variances, plain(numbers), all, options);
  LimitWords words = words_for(numbers, name);
  words.limit_statement =
      fmt::format("n times the variance of {} over networks tends to the prediction.", name);
  OpenClaim open = open_limit_claims(found, words).front();
  open.claim.name = name + "-fluctuation";
  open.claim.number = ClaimNumber::variance_times_width;
  open.claim.detail += fmt::format("; blocks of {} networks", networks_of_block);
  // Estimates of a variance are skewed whatever the tails are.
  if (found.follows_series()) open.obstacle.bars_agreement = false;
  open.obstacle = first_of({too_silent(shown.left_out), open.obstacle});
  findings.claims.push_back(std::move(open));
}

std::string shortfall_of(const LimitFindings& found, const std::vector<ActivityLimit>& numbers,
                         const std::string& name) {
  if (found.is_equivalent() && found.heavy.empty()) return "";
  const double level = found.options.family_error;
  std::size_t worst = 0;
  for (std::size_t k = 1; k < numbers.size(); ++k)
    if (found.estimates()[k].room_taken(level) > found.estimates()[worst].room_taken(level))
      worst = k;
  const LimitEstimate<>& at = found.estimates()[worst];
  return fmt::format(
      "{} not every measure of {} is within {} of its prediction with certainty: {} = {:.5g} "
      "± {:.2g}, predicted {:.5g}",
      found.limits ? "in the limit" : fmt::format("at width {}", found.widths.back()), name,
      as_percent(found.options.equivalence_margin), numbers[worst].place(), at.value,
      at.standard_error, at.number.predicted);
}

/// Why nothing can be fitted, in a sentence; else "".
std::string hindrance_of(const std::vector<ActivityLimit>& numbers, const ShownNumbers& shown,
                         const std::string& name) {
  if (numbers.empty()) return fmt::format("no {} is predicted, so none is judged", name);
  if (shown.measured.empty()) return fmt::format("no {} was measured, so none is judged", name);
  for (const NetworkNumbers& at : shown.measured)
    if (at.rows.rows() < 2)
      return shown.left_out.empty()
                 ? fmt::format("width {}: it takes two networks to judge {}", at.width, name)
                 : fmt::format("{}, so no {} is judged", shown.left_out, name);
  return "";
}

}  // namespace

std::string ActivityLimit::place() const {
  return fmt::format("layer {}, {}", layer, name);
}

ActivityLimit activity_limit(std::int64_t layer, std::string name, Eigen::Index column,
                             double predicted, double margin) {
  const double room = margin * predicted;
  return {
      {predicted, 1.0, {predicted - room, predicted + room}, true}, layer, std::move(name), column};
}

ActivityFindings find_activity(const std::vector<ActivityLimit>& numbers,
                               const std::vector<NetworkNumbers>& networks,
                               const ActivityWords& words, const LimitOptions& options,
                               bool makes_claims) {
  ActivityFindings findings;
  const ShownNumbers shown = shown_numbers(networks, numbers, words);
  const std::string hindrance = hindrance_of(numbers, shown, words.name);
  if (!hindrance.empty()) {
    if (makes_claims) findings.shortfall = hindrance;
    return findings;
  }
  const LimitFindings found =
      find_limits(shown.measured, plain(numbers), joint_of(numbers), options);
  findings.estimates = found.estimates();
  findings.are_limits = found.limits.has_value();
  if (!makes_claims) return findings;
  findings.shortfall = shortfall_of(found, numbers, words.name);
  findings.claims = open_limit_claims(found, words_for(numbers, words.name));
  for (OpenClaim& open : findings.claims) {
    open.claim.name = words.name + "-" + open.claim.name;
    open.obstacle = first_of({too_silent(shown.left_out), open.obstacle});
  }
  if (findings.are_limits) add_fluctuation(findings, numbers, shown, words.name, options);
  return findings;
}

}  // namespace wideproof::compare
