// SPDX-License-Identifier: MIT
#include <wideproof/compare/sweep/sweep_result.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include <wideproof/compare/generalization/grouped_errors.hpp>
#include <wideproof/compare/statistics/distributions.hpp>

namespace wideproof::compare {
namespace {

constexpr double same_number = 1e-3;
constexpr std::size_t named_points = 5;

/// A number without fraction or exponent: such are told apart however near.
bool is_whole(const std::string& text) {
  return as_number(text) && text.find_first_of(".eE") == std::string::npos;
}

bool near(const std::string& one, const std::string& other) {
  const auto x = as_number(one);
  const auto y = as_number(other);
  if (!x || !y || (is_whole(one) && is_whole(other))) return false;
  const bool is_loose = !is_whole(one) && !is_whole(other);
  return std::abs(*x - *y) <= (is_loose ? same_number * std::max(std::abs(*x), std::abs(*y)) : 0.0);
}

/// The mean of some entries with its bounds, beside their predictions.
SweepNumber mean_of(const MatrixComparison& of, Quantity quantity, std::int64_t width) {
  SweepNumber number;
  number.quantity = quantity == Quantity::gram ? "norm" : "correlation";
  number.width = width;
  double count = 0.0;
  double value = 0.0;
  double error = 0.0;
  double predicted = 0.0;
  double freedom = std::numeric_limits<double>::infinity();
  for (const Entry& entry : distinct_entries(quantity, of.predicted.rows())) {
    const auto a = entry.row;
    const auto b = entry.column;
    if (quantity == Quantity::gram && a != b) continue;
    ++count;
    value += of.estimate.value(a, b);
    error += of.estimate.standard_error(a, b);
    predicted += of.predicted(a, b);
    freedom = std::min(freedom, of.estimate.degrees_of_freedom(a, b));
  }
  if (count == 0.0) return number;
  number.value = value / count;
  number.predicted = predicted / count;
  if (!(freedom > 0.0) || !std::isfinite(error)) return number;
  const double reach = student_upper_quantile(0.025, freedom) * error / count;
  number.low = number.value - reach;
  number.high = number.value + reach;
  return number;
}

/// `3 of 20 points disagree: f = 0.1; f = 0.2, …`
std::string list(const SweepResult& sweep, Outcome outcome) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < sweep.points.size(); ++i)
    if (sweep.points[i].is_judged && sweep.points[i].verdict.outcome == outcome) found.push_back(i);
  if (found.empty()) return "";
  const char* verb = outcome == Outcome::agree      ? "agree"
                     : outcome == Outcome::disagree ? "disagree"
                                                    : "are inconclusive";
  std::string text = fmt::format("{} of {} points {}", found.size(), sweep.points.size(), verb);
  if (outcome == Outcome::agree) return text;
  for (std::size_t i = 0; i < std::min(found.size(), named_points); ++i)
    text += (i == 0 ? ": " : "; ") + name_of(sweep, found[i]);
  if (found.size() > named_points)
    text += fmt::format("; and {} more", found.size() - named_points);
  const std::vector<std::string>& reasons = sweep.points[found.front()].verdict.reasons;
  if (!reasons.empty()) text += ". The first of them says: " + reasons.front();
  return text;
}

}  // namespace

SweepPoint sweep_point(std::vector<std::string> values, const GeneralizationAssessment& assessment,
                       const model::GeneralizationMeasurement& measurement) {
  SweepPoint point{std::move(values), assessment.verdict, {}, {}, !assessment.claims.empty()};
  for (const LearningPoint& at : assessment.points) {
    const auto add = [&](std::int64_t width, const MeanError& error) {
      point.numbers.push_back({"error", at.training_points, width, error.mean, error.low,
                               error.high, at.predicted.mean});
    };
    add(0, at.kernel.pool);
    for (const NetworkErrors& networks : at.networks) add(networks.width, networks.error.pool);
  }
  for (const GroupedErrors& group : group_errors(measurement)) {
    std::size_t draws = 0;
    for (const DrawErrors& at : group.draws)
      draws = std::max(draws, static_cast<std::size_t>(at.draw) + 1);
    const auto by_draw = [&](const std::vector<double>& errors) {
      std::vector<double> placed(draws, std::numeric_limits<double>::quiet_NaN());
      for (std::size_t i = 0; i < errors.size(); ++i)
        placed[static_cast<std::size_t>(group.draws[i].draw)] = errors[i];
      return placed;
    };
    auto& errors = point.errors[group.training_points];
    errors[0] = by_draw(kernel_errors(group, ErrorKind::pool));
    for (const std::int64_t width : group.widths)
      errors[width] = by_draw(network_errors(group, width, ErrorKind::pool));
  }
  return point;
}

SweepPoint sweep_point(std::vector<std::string> values, const Assessment& assessment) {
  SweepPoint point{std::move(values), assessment.verdict, {}, {}};
  const bool limit = assessment.extrapolation.has_value();
  if (!limit && assessment.widths.empty()) return point;
  const LayerComparison& last =
      limit ? assessment.extrapolation->layers.back() : assessment.widths.back().comparison;
  const std::int64_t width = limit ? 0 : assessment.widths.back().width;
  point.numbers.push_back(mean_of(last.gram, Quantity::gram, width));
  const SweepNumber correlation = mean_of(last.correlation, Quantity::correlation, width);
  if (std::isfinite(correlation.value)) point.numbers.push_back(correlation);
  return point;
}

std::vector<std::size_t> points_with(const SweepResult& sweep, const PointSelector& selector) {
  std::vector<std::size_t> found(sweep.points.size());
  std::iota(found.begin(), found.end(), std::size_t{0});
  for (const auto& [name, wanted] : selector) {
    const auto key = std::find(sweep.keys.begin(), sweep.keys.end(), name);
    if (key == sweep.keys.end()) return {};
    const auto k = static_cast<std::size_t>(key - sweep.keys.begin());
    const bool is_there =
        std::any_of(sweep.points.begin(), sweep.points.end(),
                    [&](const SweepPoint& point) { return point.values[k] == wanted; });
    std::erase_if(found, [&](std::size_t point) {
      const std::string& value = sweep.points[point].values[k];
      return is_there ? value != wanted : !near(value, wanted);
    });
  }
  return found;
}

std::optional<std::size_t> find_point(const SweepResult& sweep, const PointSelector& selector) {
  const std::vector<std::size_t> found = points_with(sweep, selector);
  return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

std::optional<double> as_number(const std::string& text) {
  double number = 0.0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::string name_of(const SweepResult& sweep, std::size_t point) {
  std::string text;
  for (std::size_t k = 0; k < sweep.keys.size(); ++k)
    text +=
        fmt::format("{}{} = {}", k == 0 ? "" : ", ", sweep.keys[k], sweep.points[point].values[k]);
  return text;
}

std::string_view outcome_of(const SweepPoint& point) {
  return point.is_judged ? name_of(point.verdict.outcome) : "measured";
}

bool is_judged(const SweepResult& sweep) {
  return std::any_of(sweep.points.begin(), sweep.points.end(),
                     [](const SweepPoint& point) { return point.is_judged; });
}

Verdict sweep_verdict(const SweepResult& sweep, double family_error) {
  Verdict verdict{Outcome::inconclusive, family_error, std::nan(""), {}};
  const auto points = static_cast<double>(sweep.points.size());
  for (const SweepPoint& point : sweep.points)
    verdict.p_value = std::fmin(verdict.p_value, std::min(points * point.verdict.p_value, 1.0));
  const auto count = [&](Outcome outcome) {
    return std::count_if(sweep.points.begin(), sweep.points.end(), [&](const SweepPoint& point) {
      return point.is_judged && point.verdict.outcome == outcome;
    });
  };
  if (count(Outcome::disagree) > 0)
    verdict.outcome = Outcome::disagree;
  else if (is_judged(sweep) && count(Outcome::inconclusive) == 0)
    verdict.outcome = Outcome::agree;
  for (const Outcome outcome : {Outcome::disagree, Outcome::inconclusive, Outcome::agree}) {
    const std::string text = list(sweep, outcome);
    if (!text.empty()) verdict.reasons.push_back(text);
  }
  const auto only_measured =
      std::count_if(sweep.points.begin(), sweep.points.end(),
                    [](const SweepPoint& point) { return !point.is_judged; });
  if (only_measured > 0)
    verdict.reasons.push_back(
        fmt::format("{} of {} points were measured, with nothing set beside them", only_measured,
                    sweep.points.size()));
  if (sweep.points.empty()) verdict.reasons.emplace_back("The sweep has no points.");
  return verdict;
}

}  // namespace wideproof::compare
