// SPDX-License-Identifier: MIT
#include <wideproof/compare/sparsity/sparsity_assessment.hpp>

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

using model::SparsityNumber;

constexpr Eigen::Index networks_of_block = 4;

/// Networks of one width, and how many of them had to be left out.
struct ShownNumbers {
  std::vector<NetworkNumbers> measured = {};
  std::string left_out = {};  ///< of the width where most were, in words; else empty
};

std::vector<SparsityLimit> judged_numbers(const model::SparsityPrediction& prediction,
                                          double margin) {
  std::vector<SparsityLimit> numbers;
  for (std::size_t l = 0; l < prediction.layers.size(); ++l)
    for (const SparsityNumber number :
         {SparsityNumber::hoyer, SparsityNumber::treves_rolls, SparsityNumber::lifetime}) {
      const model::WideNumber* const wide = predicted_sparsity(prediction.layers[l], number);
      if (wide == nullptr || !std::isfinite(wide->value) || !(wide->value > 0.0)) continue;
      const double room = margin * wide->value;
      numbers.push_back({{wide->value, 1.0, {wide->value - room, wide->value + room}, true},
                         number,
                         static_cast<std::int64_t>(l) + 1});
    }
  return numbers;
}

ShownNumbers shown_numbers(const model::SparsitySeries& series,
                           const std::vector<SparsityLimit>& numbers) {
  ShownNumbers shown;
  double largest_share = 0.0;
  for (const model::WidthSparsity& at : series) {
    std::vector<Eigen::Index> columns, rows;
    for (const SparsityLimit& number : numbers)
      columns.push_back(model::sparsity_column(number.layer, number.number));
    for (Eigen::Index r = 0; r < at.networks.rows(); ++r)
      if (at.networks(r, columns).allFinite()) rows.push_back(r);
    shown.measured.push_back({at.width, at.networks(rows, columns)});
    const auto kept = static_cast<Eigen::Index>(rows.size());
    const double share = 1.0 - static_cast<double>(kept) / static_cast<double>(at.networks.rows());
    if (share > largest_share) {
      largest_share = share;
      shown.left_out =
          fmt::format("at width {} no input activates a neuron of some layer in {} of {} networks",
                      at.width, at.networks.rows() - kept, at.networks.rows());
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

std::string place_of(const SparsityLimit& number) {
  return fmt::format("layer {}, {}", number.layer, name_of(number.number));
}

LimitWords words_for(const std::vector<SparsityLimit>& numbers) {
  LimitWords words;
  words.width = "n";
  words.limit_statement = "The sparsity of all layers tends to the prediction.";
  words.numbers_claim = "numbers";
  words.numbers_statement = "Every measure of every layer's sparsity tends to its prediction.";
  words.place = [numbers](std::size_t k) { return place_of(numbers[k]); };
  return words;
}

/// Those of layers that joint tests look at, without what repeats others.
std::vector<std::size_t> joint_of(const std::vector<SparsityLimit>& numbers) {
  const JointLayers layers(static_cast<std::size_t>(numbers.back().layer));
  std::vector<std::size_t> chosen;
  for (std::size_t k = 0; k < numbers.size(); ++k)
    if (layers.holds(static_cast<std::size_t>(numbers[k].layer) - 1) &&
        numbers[k].number != SparsityNumber::treves_rolls)
      chosen.push_back(k);
  return chosen;
}

Obstacle too_silent(const std::string& left_out) {
  return when(!left_out.empty(),
              {left_out + ", too often for a series in 1/n: take wider networks"});
}

void add_fluctuation(SparsityAssessment& assessment, const model::SparsityPrediction& prediction,
                     const ShownNumbers& shown, const LimitOptions& options) {
  std::vector<SparsityLimit> numbers;
  std::vector<Eigen::Index> columns;
  for (const std::size_t k : joint_of(assessment.numbers)) {
    SparsityLimit number = assessment.numbers[k];
    const auto& layer = prediction.layers[static_cast<std::size_t>(number.layer) - 1];
    const auto variance = predicted_sparsity(layer, number.number)->variance;
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
  LimitWords words = words_for(numbers);
  words.limit_statement = "n times the variance of sparsity over networks tends to the prediction.";
  OpenClaim open = open_limit_claims(found, words).front();
  open.claim.name = "sparsity-fluctuation";
  open.claim.number = ClaimNumber::variance_times_width;
  open.claim.detail += fmt::format("; blocks of {} networks", networks_of_block);
  // Estimates of a variance are skewed whatever the tails are.
  if (found.follows_series()) open.obstacle.bars_agreement = false;
  open.obstacle = first_of({too_silent(shown.left_out), open.obstacle});
  assessment.claims.push_back(std::move(open));
}

std::string shortfall_of(const LimitFindings& found, const std::vector<SparsityLimit>& numbers) {
  if (found.is_equivalent() && found.heavy.empty()) return "";
  const double level = found.options.family_error;
  std::size_t worst = 0;
  for (std::size_t k = 1; k < numbers.size(); ++k)
    if (found.estimates()[k].room_taken(level) > found.estimates()[worst].room_taken(level))
      worst = k;
  const LimitEstimate<>& at = found.estimates()[worst];
  return fmt::format(
      "{} not every measure of sparsity is within {} of its prediction with certainty: {} = {:.5g} "
      "± {:.2g}, predicted {:.5g}",
      found.limits ? "in the limit" : fmt::format("at width {}", found.widths.back()),
      as_percent(found.options.equivalence_margin), place_of(numbers[worst]), at.value,
      at.standard_error, at.number.predicted);
}

/// Why nothing can be fitted, in a sentence; else "".
std::string hindrance_of(const std::vector<SparsityLimit>& numbers, const ShownNumbers& shown) {
  if (numbers.empty()) return "no sparsity is predicted, so none is judged";
  if (shown.measured.empty()) return "no sparsity was measured, so none is judged";
  for (const NetworkNumbers& at : shown.measured)
    if (at.rows.rows() < 2)
      return shown.left_out.empty()
                 ? fmt::format("width {}: it takes two networks to judge sparsity", at.width)
                 : shown.left_out + ", so no sparsity is judged";
  return "";
}

}  // namespace

const LimitEstimate<>* SparsityAssessment::estimate(SparsityNumber number,
                                                    std::int64_t layer) const {
  for (std::size_t k = 0; k < estimates.size(); ++k)
    if (numbers[k].number == number && numbers[k].layer == layer) return &estimates[k];
  return nullptr;
}

const model::WideNumber* predicted_sparsity(const model::LayerSparsity& layer,
                                            SparsityNumber number) {
  if (number == SparsityNumber::hoyer) return &layer.hoyer;
  if (number == SparsityNumber::treves_rolls) return &layer.treves_rolls;
  if (number == SparsityNumber::lifetime && layer.lifetime) return &*layer.lifetime;
  return nullptr;
}

SparsityAssessment assess_sparsity(const model::SparsityPrediction& prediction,
                                   const model::SparsitySeries& series, const LimitOptions& options,
                                   bool makes_claims) {
  SparsityAssessment assessment;
  assessment.means = sparsity_means(series);
  assessment.numbers = judged_numbers(prediction, options.equivalence_margin);
  const ShownNumbers shown = shown_numbers(series, assessment.numbers);
  const std::string hindrance = hindrance_of(assessment.numbers, shown);
  if (!hindrance.empty()) {
    if (makes_claims) assessment.shortfall = hindrance;
    return assessment;
  }
  const LimitFindings found =
      find_limits(shown.measured, plain(assessment.numbers), joint_of(assessment.numbers), options);
  assessment.estimates = found.estimates();
  assessment.are_limits = found.limits.has_value();
  if (!makes_claims) return assessment;
  assessment.shortfall = shortfall_of(found, assessment.numbers);
  assessment.claims = open_limit_claims(found, words_for(assessment.numbers));
  for (OpenClaim& open : assessment.claims) {
    open.claim.name = "sparsity-" + open.claim.name;
    open.obstacle = first_of({too_silent(shown.left_out), open.obstacle});
  }
  if (assessment.are_limits) add_fluctuation(assessment, prediction, shown, options);
  return assessment;
}

}  // namespace wideproof::compare
