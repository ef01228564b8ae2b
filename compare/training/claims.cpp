// SPDX-License-Identifier: MIT
#include <wideproof/compare/training/claims.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include <wideproof/compare/limits/limit_claims.hpp>
#include <wideproof/compare/statistics/tail_sums.hpp>
#include <wideproof/compare/widths/fluctuation_exponent.hpp>

namespace wideproof::compare {
namespace {

/// Whether networks of some width alone are heavy in a jointly tested output of this step: their
/// variance is then not known well. Outputs that hardly differ, as training has brought them to
/// their targets, are no part of it.
bool is_spread_heavy(const TrainedNumbers& numbers, std::size_t step) {
  constexpr double hardly = 1e-2;  // of the largest variance
  const auto is_heavy_at = [&](const NetworkNumbers& at) {
    std::vector<std::pair<double, bool>> outputs;  // variance, and whether it is heavy
    double largest = 0.0;
    for (const std::size_t k : numbers.joint()) {
      const TrainedNumber& number = numbers.all()[k];
      if (number.step != step || number.quantity != TrainedQuantity::mean) continue;
      const Eigen::ArrayXd shown = at.rows.col(static_cast<Eigen::Index>(k)).array() / number.scale;
      TailSums sums;
      sums.add(shown, 1.0);
      outputs.emplace_back((shown - shown.mean()).square().mean(), sums.is_heavy());
      largest = std::max(largest, outputs.back().first);
    }
    return std::any_of(outputs.begin(), outputs.end(), [&](const auto& output) {
      return output.second && output.first > hardly * largest;
    });
  };
  return std::any_of(numbers.measured().begin(), numbers.measured().end(), is_heavy_at);
}

Claim spread_exponent_claim(const TrainingAssessment& assessment) {
  const StepExponent& at = *assessment.deviation_exponent;
  Claim claim;
  claim.name = "spread-exponent";
  claim.number = ClaimNumber::exponent;
  claim.statement = "What differs from network to network falls as 1/√n.";
  claim.p_value = at.exponent.p_value;
  claim.p_unguarded = at.exponent.p_unguarded;
  claim.prediction = predicted_fluctuation_exponent;
  claim.measurement = at.exponent.value;
  claim.low = at.exponent.low;
  claim.high = at.exponent.high;
  claim.where = fmt::format("step {}", assessment.steps[at.step]);
  claim.detail = fmt::format("blocks of {} networks, a line in log n{}", networks_of_a_block,
                             assessment.found.widths.size() < widths_for_curvature
                                 ? ""
                                 : " with a term in 1/n, and with 1/n² besides");
  return claim;
}

}  // namespace

LimitWords trained_words(const TrainedNumbers& numbers,
                         const model::TrainingMeasurement& measurement) {
  std::set<std::size_t> steps;
  bool has_spreads = false;
  for (const std::size_t k : numbers.joint()) {
    steps.insert(numbers.all()[k].step);
    has_spreads = has_spreads || numbers.all()[k].quantity != TrainedQuantity::mean;
  }
  LimitWords words;
  words.width = "n";
  words.limit_statement = fmt::format(
      "Trained outputs{} tend to the prediction: {} numbers, spread over {} recorded step{}.",
      has_spreads ? " and their spread" : "", numbers.joint().size(), steps.size(),
      steps.size() == 1 ? "" : "s");
  words.numbers_claim = "outputs";
  words.numbers_statement =
      fmt::format("Every trained output{} tends to the prediction at every recorded step.",
                  has_spreads ? " and every spread" : "");
  words.bias_unit = "step";
  words.exactness = "all but the same in every network";
  words.place = [&numbers, &measurement](std::size_t k) {
    return place_of(numbers.all()[k], measurement);
  };
  return words;
}

std::vector<Claim> trained_claims(const LimitFindings& found, const LimitWords& words,
                                  const TrainedNumbers& numbers,
                                  const TrainingAssessment& assessment) {
  std::vector<OpenClaim> open = open_limit_claims(found, words);
  if (!open.empty() && assessment.options.is_centred && assessment.options.power == 1.0 &&
      assessment.deviation_exponent) {
    const Obstacle heavy =
        when(is_spread_heavy(numbers, assessment.deviation_exponent->step),
             {"with tails this heavy no spread is known well enough: add replicates", true});
    open.push_back({spread_exponent_claim(assessment),
                    first_of({heavy, obstacle_to_limits(found, words)}), "1/n²"});
  }
  if (assessment.has_limit())
    for (OpenClaim& at : assessment.untrained.claims()) open.push_back(std::move(at));
  return judged_claims(std::move(open), found.options.family_error);
}

}  // namespace wideproof::compare
