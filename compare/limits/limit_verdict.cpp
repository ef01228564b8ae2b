// SPDX-License-Identifier: MIT
#include <wideproof/compare/limits/limit_verdict.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include <fmt/format.h>

#include <wideproof/compare/limits/networks_plan.hpp>
#include <wideproof/compare/number_text.hpp>
#include <wideproof/compare/statistics/distributions.hpp>
#include <wideproof/compare/statistics/tail_sums.hpp>
#include <wideproof/compare/widths/objections.hpp>

namespace wideproof::compare {
namespace {

constexpr double no_p = std::numeric_limits<double>::quiet_NaN();

/// A verdict in the making: what it is made of, and its parts in words.
class LimitSentences {
 public:
  LimitSentences(const LimitFindings& found, const LimitWords& words)
      : found_(found), words_(words) {}

  std::string series() const { return words_.term(found_.options).name(); }
  std::string margin() const { return as_percent(found_.options.equivalence_margin); }
  std::string wider_widths() const;
  std::string shortfall() const;
  std::string agreement() const;
  std::string advice(const std::vector<Claim>& claims) const;
  std::string heavy() const;
  std::string at_the_only_width() const;
  std::string no_series() const;

 private:
  double level() const { return found_.options.family_error; }
  std::size_t nearest_to_the_margin() const;
  std::string in_words(std::size_t number) const;
  std::string more_networks() const;
  std::string where() const {
    return found_.limits ? "in the limit" : fmt::format("at width {}", found_.widths.back());
  }

  const LimitFindings& found_;
  const LimitWords& words_;
};

/// The judged estimate that takes most of its room.
std::size_t LimitSentences::nearest_to_the_margin() const {
  const auto& estimates = found_.estimates();
  std::optional<std::size_t> worst;
  for (std::size_t k = 0; k < estimates.size(); ++k)
    if (estimates[k].number.is_judged &&
        (!worst || estimates[k].room_taken(level()) > estimates[*worst].room_taken(level())))
      worst = k;
  return *worst;
}

/// `layer 2, D̃ = 0.512 ± 0.003, predicted 0.48`
std::string LimitSentences::in_words(std::size_t number) const {
  const LimitEstimate<>& at = found_.estimates()[number];
  const double shown = words_.shown(number, at.value);
  const std::string value =
      at.is_exact ? fmt::format("{:.5g} ({})", shown, words_.exactness)
                  : fmt::format("{:.5g} ± {:.2g}", shown,
                                words_.shown_error(number, at.value, at.standard_error));
  return fmt::format("{} = {}, predicted {:.5g}", words_.place(number), value,
                     words_.shown(number, at.number.predicted));
}

/// What would decide an open equivalence of limits.
std::string LimitSentences::more_networks() const {
  const NetworksPlan plan = plan_networks(found_.estimates(), level());
  if (!plan.networks) return "more networks cannot be promised to decide it: take wider ones";
  std::string text = fmt::format("if the prediction holds, about {} times the replicates",
                                 at_least(*plan.networks));
  if (plan.widths) text += fmt::format(" or widths {} times as large", at_least(*plan.widths));
  return text + " would decide it in nine runs of ten";
}

/// What would bring a mean at the only width within the margin.
std::string LimitSentences::at_the_only_width() const {
  const LimitEstimate<>& worst = found_.estimates()[nearest_to_the_margin()];
  const double difference = worst.value - worst.number.predicted;
  const double room = difference > 0.0 ? worst.number.equal.high - worst.number.predicted
                                       : worst.number.predicted - worst.number.equal.low;
  const double reach =
      student_upper_quantile(level(), worst.degrees_of_freedom) * worst.standard_error;
  const double left = room - std::abs(difference);
  if (left > 0.5 * room)
    return fmt::format("if the difference is as it seems, about {} times the replicates would do",
                       at_least(std::max(1.1, std::pow(reach / left, 2))));
  const double factor = std::pow(2.0 * std::abs(difference) / room, 1.0 / found_.options.power);
  return fmt::format(
      "if the difference falls as {}, it is within half the margin at a width of about {}; "
      "simulate four widths up to there",
      series(), at_least(factor * static_cast<double>(found_.widths.back())));
}

std::string LimitSentences::wider_widths() const {
  return fmt::format("leave out the narrowest width or add wider ones, such as {}",
                     with_commas(2 * found_.widths.back()));
}

std::string LimitSentences::shortfall() const {
  return fmt::format("{} not every number is within {} of its prediction with certainty: {}; {}",
                     where(), margin(), in_words(nearest_to_the_margin()),
                     found_.limits ? more_networks() : at_the_only_width());
}

std::string LimitSentences::agreement() const {
  return fmt::format(
      "{} every number lies within {} of its prediction, each at one-sided level {:.2g}; nearest "
      "to the margin is {}",
      where(), margin(), level(), in_words(nearest_to_the_margin()));
}

/// Of an inconclusive verdict on limits.
std::string LimitSentences::advice(const std::vector<Claim>& claims) const {
  if (!found_.is_equivalent())
    return fmt::format("not within {} with certainty in the limit: {}", margin(), more_networks());
  for (const Claim& claim : claims)
    if (claim.outcome != Outcome::agree && !claim.obstacle.empty())
      return claim.name + ": " + claim.obstacle;
  return "";
}

/// The numbers that are heavy, in a sentence.
std::string LimitSentences::heavy() const {
  const HeavyNumber& worst = worst_of(found_.heavy);
  return fmt::format("too few networks: {}: {}{}; about {} times the replicates would do",
                     words_.place(worst.number),
                     heaviness_in_words(worst.skewness, worst.effective_replicates),
                     found_.heavy.size() == 1
                         ? ""
                         : fmt::format(", and {} more numbers like it", found_.heavy.size() - 1),
                     at_least(std::max(1.1, replicates_for(found_.heavy))));
}

std::string LimitSentences::no_series() const {
  return fmt::format(
      "the means do not follow a series of order {} in {} (lack of fit {}), so no "
      "limit can be trusted: {}",
      found_.limits->order(), series(), p_text(found_.limits->joint.lack_of_fit->p_value),
      wider_widths());
}

void judge_single_width(Verdict& verdict, const LimitFindings& found,
                        const LimitSentences& sentences) {
  verdict.p_value = no_p;
  if (!found.heavy.empty()) {
    verdict.reasons.push_back(sentences.heavy());
    verdict.advice = sentences.heavy();
  } else if (found.is_equivalent()) {
    verdict.outcome = Outcome::agree;
    verdict.reasons.push_back(sentences.agreement());
  } else {
    verdict.reasons.push_back(sentences.shortfall());
    verdict.advice = sentences.at_the_only_width();
  }
  verdict.reasons.push_back(fmt::format(
      "one width cannot tell a bias that falls as {} from a wrong limit, so only the means at that "
      "width are judged, and these cannot show that the limit is wrong: simulate four widths or "
      "more",
      sentences.series()));
}

void judge_limits(Verdict& verdict, const LimitFindings& found, const LimitSentences& sentences,
                  const std::vector<Claim>& claims) {
  verdict.p_value = smallest_unguarded_p(claims);
  if (!found.follows_series()) {
    verdict.reasons.push_back(sentences.no_series());
    verdict.advice = fmt::format("the means follow no series in {}: {}", sentences.series(),
                                 sentences.wider_widths());
    return;
  }
  if (!found.heavy.empty()) {
    verdict.reasons.push_back(sentences.heavy());
    verdict.advice = sentences.heavy();
    return;
  }
  const Objections objections = add_objections(verdict.reasons, claims);
  if (objections.are_claims_rejected) {
    verdict.outcome = Outcome::disagree;
    verdict.p_value = objections.smallest_p;
    if (found.is_equivalent())
      verdict.reasons.push_back(fmt::format(
          "all the same, every limit lies within {} of its prediction", sentences.margin()));
  } else if (!found.is_equivalent()) {
    verdict.reasons.push_back(sentences.shortfall());
  } else if (!objections.are_claims_open) {
    const Claim& nearest = *nearest_to_rejection(claims);
    verdict.outcome = Outcome::agree;
    verdict.p_value = *nearest.p_adjusted;
    verdict.reasons.push_back(sentences.agreement());
    verdict.reasons.push_back("the claim nearest to a rejection is " + describe(nearest));
  }
  if (verdict.outcome == Outcome::inconclusive) verdict.advice = sentences.advice(claims);
  if (!found.limits->joint.lack_of_fit)
    verdict.reasons.push_back(
        fmt::format("so few widths cannot test the law in {} itself", sentences.series()));
}

void tell_without_prediction(Verdict& verdict, const LimitFindings& found,
                             const LimitSentences& sentences) {
  verdict.p_value = no_p;
  verdict.reasons.emplace_back(
      "there is no prediction to set beside what was measured, so nothing "
      "was tested");
  if (!found.follows_series())
    verdict.reasons.push_back(fmt::format(
        "the means do not follow a series in {} (lack of fit {}), so that no limit can be told",
        sentences.series(), p_text(found.limits->joint.lack_of_fit->p_value)));
}

}  // namespace

Verdict limit_verdict(const LimitFindings& found, const LimitWords& words,
                      const std::vector<Claim>& claims, bool is_judged,
                      const std::string& hindrance) {
  const LimitSentences sentences(found, words);
  Verdict verdict;
  verdict.family_error = found.options.family_error;
  verdict.p_value = no_p;
  if (!hindrance.empty()) {
    verdict.reasons.push_back(hindrance);
    verdict.advice = hindrance;
    if (!is_judged) tell_without_prediction(verdict, found, sentences);
  } else if (!is_judged) {
    tell_without_prediction(verdict, found, sentences);
  } else if (found.limits) {
    judge_limits(verdict, found, sentences, claims);
  } else {
    judge_single_width(verdict, found, sentences);
  }
  return verdict;
}

}  // namespace wideproof::compare
