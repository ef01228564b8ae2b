// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/shortfall.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include <wideproof/compare/gram/equivalence_plan.hpp>
#include <wideproof/compare/gram/exactness.hpp>
#include <wideproof/compare/matrices/rounding.hpp>
#include <wideproof/compare/number_text.hpp>

namespace wideproof::compare {
namespace {

constexpr const char* reduction = "simulation.variance_reduction = true";

std::string times_the_replicates(const Assessment& assessment, double factor) {
  std::string text = fmt::format("about {} times the replicates", at_least(factor));
  if (assessment.options.could_reduce_variance) text += fmt::format(" (fewer with {})", reduction);
  return text;
}

/// Beside an advice in which more replicates alone will not do.
std::string at_less_cost(const Options& options) {
  return options.could_reduce_variance ? fmt::format("; fewer networks will do with {}", reduction)
                                       : "";
}

/// "about 34 times the replicates, wider layers or …"; both where replicates alone will not do.
std::string against_heavy_tails(double factor, bool replicates_will_do, const Options& options) {
  const std::string replicates = fmt::format("about {} times the replicates", at_least(factor));
  const char* would = "would show what they hide";
  if (!replicates_will_do)
    return fmt::format("{} and wider layers {}{}", replicates, would, at_less_cost(options));
  return options.could_reduce_variance
             ? fmt::format("{}, wider layers or {} {}", replicates, reduction, would)
             : fmt::format("{} or wider layers {}", replicates, would);
}

std::string largest_width(const Assessment& assessment, double factor) {
  const auto width = static_cast<double>(assessment.widths.back().width);
  return fmt::format("a largest width of about {}", at_least(factor * width));
}

constexpr const char* in_nine = "would decide it in nine runs of ten";
constexpr const char* no_promise = "more replicates alone may not decide it";

/// What would decide it where the means follow a law in 1/n.
std::string advice_by_law(const Assessment& assessment) {
  constexpr const char* provided = "if the prediction holds and the bias falls as 1/n";
  const EquivalencePlan plan = plan_equivalence(assessment, Supposed::law);
  if (plan.replicates && plan.width)
    return fmt::format("{}, {} or {} {}", provided,
                       times_the_replicates(assessment, *plan.replicates),
                       largest_width(assessment, *plan.width), in_nine);
  if (plan.replicates)
    return fmt::format("{}, {} {}", provided, times_the_replicates(assessment, *plan.replicates),
                       in_nine);
  std::string none = std::string(no_promise) + ", for the bias of this width may itself lie beyond";
  if (!plan.width) return none;
  return fmt::format("{}; {}, {} {}{}", none, provided, largest_width(assessment, *plan.width),
                     in_nine, at_less_cost(assessment.options));
}

/// What would decide it, by the largest width alone.
std::string advice_by_estimate(const Assessment& assessment, bool falls_as_inverse) {
  const EquivalencePlan plan = plan_equivalence(assessment, Supposed::estimate);
  std::string text;
  if (plan.replicates) {
    text = fmt::format("{} {}", times_the_replicates(assessment, *plan.replicates), in_nine);
  } else {
    text = std::string(no_promise) + ", for the difference may itself lie beyond";
    const EquivalencePlan of_nothing = plan_equivalence(assessment, Supposed::nothing);
    if (of_nothing.replicates)
      text += fmt::format("; were there none, {} {}",
                          times_the_replicates(assessment, *of_nothing.replicates), in_nine);
  }
  if (plan.width && falls_as_inverse)
    text += fmt::format("; if it falls as 1/n, {} {}{}", largest_width(assessment, *plan.width),
                        in_nine, plan.replicates ? "" : at_less_cost(assessment.options));
  return text;
}

bool has_a_law(const Assessment& assessment) {
  return !assessment.too_narrow && !assessment.silent;
}

std::string advice(const Assessment& assessment) {
  const bool has_law = has_a_law(assessment);
  return assessment.extrapolation && has_law ? advice_by_law(assessment)
                                             : advice_by_estimate(assessment, has_law);
}

/// What advice() rests on first.
EquivalencePlan plan_of(const Assessment& assessment) {
  const bool by_law = assessment.extrapolation && has_a_law(assessment);
  return plan_equivalence(assessment, by_law ? Supposed::law : Supposed::estimate);
}

}  // namespace

std::string describe_entry(const Assessment& assessment, const LayerComparison& layer,
                           const Entry& entry) {
  const MatrixComparison& matrix = layer.matrix(entry.quantity);
  const Eigen::Index a = entry.row;
  const Eigen::Index b = entry.column;
  const double scale = matrix.scale(a, b);
  const std::string exact = exactness(assessment, static_cast<std::size_t>(layer.layer) - 1, entry);
  const MatrixName name = assessment.options.name(static_cast<std::size_t>(layer.layer) - 1);
  const std::string start = fmt::format("{}, {} = {:.5g}", name.name, name.entry(entry),
                                        without_rounding(matrix.estimate.value(a, b), scale));
  const double predicted = without_rounding(matrix.predicted(a, b), scale);
  if (!exact.empty()) return start + fmt::format(" ({}), predicted {:.5g}", exact, predicted);
  return start + fmt::format(" ± {:.2g}, predicted {:.5g} (z = {:.3g})",
                             matrix.estimate.standard_error(a, b), predicted,
                             without_rounding(matrix.z(a, b)));
}

bool has_a_lack_of_fit(const Assessment& assessment) {
  const std::optional<double>& p = assessment.extrapolation->lack_of_fit_p;
  return p && !(*p >= assessment.options.family_error);
}

std::string describe_shortfall(const Assessment& assessment) {
  const Options& options = assessment.options;
  const std::vector<LayerComparison> layers = assessment.at_largest_width();
  const LayerComparison& worst = farthest_from_holding(layers);
  const Equivalence& equivalence = worst.equivalence;
  const double beyond = options.looks * beyond_margin_p(worst.matrix(equivalence.worst.quantity),
                                                        equivalence.worst, equivalence.margin);
  const std::string margin = as_percent(equivalence.margin);
  std::string how = fmt::format("beyond {} of the prediction", margin);
  if (std::isfinite(equivalence.replicate_factor))
    how = fmt::format("not within {} of the prediction with enough certainty", margin);
  else if (!(beyond < options.family_error))
    how = fmt::format("the means are not known well enough for a margin of {}", margin);
  return fmt::format("at width {} {}: {}; {}", assessment.widths.back().width, how,
                     describe_entry(assessment, worst, equivalence.worst), advice(assessment));
}

std::string describe_heavy_tails(const std::vector<HeavyTail>& tails, const Options& options) {
  const std::string others =
      tails.size() > 1 ? fmt::format("; it is the worst of {}", tails.size()) : "";
  return "too few networks: " + describe(worst_of(tails)) + others + "; " +
         against_heavy_tails(replicates_for(tails), true, options);
}

std::string describe_untrusted_equivalence(const Assessment& assessment) {
  return fmt::format("at width {} {} seems to lie within {} of its prediction, but {}",
                     assessment.widths.back().width, every_entry(assessment),
                     as_percent(assessment.options.equivalence_margin),
                     describe_heavy_tails(assessment.heavy_at_largest_width, assessment.options));
}

std::string describe_remedy(const Assessment& assessment) {
  std::vector<HeavyTail> tails = assessment.heavy_tails;
  tails.insert(tails.end(), assessment.heavy_at_largest_width.begin(),
               assessment.heavy_at_largest_width.end());
  const bool is_equivalent = all_equivalent(assessment.at_largest_width());
  if (!tails.empty()) {
    // Without the tails equivalence would be open still, where it is open with them.
    const auto replicates = is_equivalent ? std::optional(1.0) : plan_of(assessment).replicates;
    return "too few networks: rare ones dominate; " +
           against_heavy_tails(std::max(replicates_for(tails), replicates.value_or(1.0)),
                               replicates.has_value(), assessment.options);
  }
  if (assessment.extrapolation && has_a_lack_of_fit(assessment))
    return "the narrowest width follows no law in 1/n: leave it out, or add wider ones";
  if (!is_equivalent)
    return fmt::format("not within {} with certainty at width {}: {}",
                       as_percent(assessment.options.equivalence_margin),
                       assessment.widths.back().width, advice(assessment));
  for (const Claim& claim : assessment.claims)
    if (claim.outcome != Outcome::agree && !claim.obstacle.empty())
      return claim.name + ": " + claim.obstacle;
  return "";
}

}  // namespace wideproof::compare
