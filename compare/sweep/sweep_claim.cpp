// SPDX-License-Identifier: MIT
#include <wideproof/compare/sweep/sweep_claim.hpp>

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::compare {
namespace {

using model::InputError;

SharedQuantity check_quantity(const SweepResult& sweep, const SweepClaim& claim,
                              const std::string& name, const std::string& field) {
  SharedQuantity quantity = quantity_of(claim, sweep);
  if (!quantity) {
    std::vector<std::string> known;
    for (const SharedQuantity& other : quantities_of(sweep))
      if (other->has_draws) known.push_back(other->name);
    if (claim.quantity.empty())
      throw InputError(fmt::format("{}.{}: the sweep measures nothing draw by draw", name, field));
    for (const SweepPoint& point : sweep.points)
      if (const auto found = point.missing.find(claim.quantity); found != point.missing.end())
        throw InputError(fmt::format("{}.{}", name, field), model::in_quotes(claim.quantity),
                         found->second);
    throw InputError(
        fmt::format("{}.{}", name, field), model::in_quotes(claim.quantity),
        fmt::format("must be one that the sweep measures draw by draw: {}",
                    known.empty() ? "none" : fmt::format("{}", fmt::join(known, ", "))));
  }
  if (claim.kind == SweepClaim::Kind::best && !quantity->is_least_best)
    throw InputError(
        name + ".kind", "\"best\"",
        fmt::format("needs a quantity of which less is better, as {} is not", quantity->name));
  return quantity;
}

void check_keys(const SweepResult& sweep, const PointSelector& selector, const std::string& key) {
  for (const auto& [name, value] : selector)
    if (std::find(sweep.keys.begin(), sweep.keys.end(), name) == sweep.keys.end())
      throw InputError(fmt::format("{}.{} = {}: is not a key of the sweep", key, name, value));
}

std::size_t check_point(const SweepResult& sweep, const PointSelector& selector,
                        const std::string& key) {
  check_keys(sweep, selector, key);
  const auto point = find_point(sweep, selector);
  if (!point)
    throw InputError(
        fmt::format("{} = {}: must name one point of the sweep", key, text_of(selector)));
  return *point;
}

/// The P with which the point has numbers of the quantity.
std::set<std::int64_t> training_points_of(const SweepPoint& point, const SweepQuantity& quantity) {
  std::set<std::int64_t> all;
  for (const SweepNumber& number : point.numbers)
    if (number.quantity->name == quantity.name) all.insert(number.training_points);
  return all;
}

std::set<std::int64_t> widths_of(const SweepPoint& point, const SweepQuantity& quantity,
                                 std::int64_t training_points) {
  std::set<std::int64_t> all;
  for (const SweepNumber& number : point.numbers)
    if (number.quantity->name == quantity.name && number.training_points == training_points)
      all.insert(number.width);
  return all;
}

/// "0, for the kernel, or a width", as far as the quantity goes.
std::string zero_or_a_width(const SweepQuantity& quantity) {
  const std::string& zero = quantity.without_width.in_words;
  return zero.empty() ? "a width" : fmt::format("0, for {}, or a width", zero);
}

/// Refuses a P or a width that the point does not measure.
void check_number(const SweepResult& sweep, std::size_t point, const SweepClaim& claim,
                  const SweepQuantity& quantity, const std::string& name) {
  const std::set<std::int64_t> trained = training_points_of(sweep.points[point], quantity);
  if (trained.empty())
    throw InputError(name + ".quantity", model::in_quotes(quantity.name),
                     fmt::format("is not measured at the point {}", name_of(sweep, point)));
  const bool is_measured = trained.contains(claim.training_points);
  const std::string known = fmt::format("{}", fmt::join(trained, ", "));
  if (!is_measured && claim.training_points == 0)
    throw InputError(fmt::format("{}.training_points: is missing; the point {} has {}", name,
                                 name_of(sweep, point), known));
  if (!is_measured && trained == std::set<std::int64_t>{0})
    throw InputError(name + ".training_points", claim.training_points,
                     fmt::format("must be left out: {} is of no training points",
                                 model::in_quotes(quantity.name)));
  if (!is_measured)
    throw InputError(
        name + ".training_points", claim.training_points,
        fmt::format("must be one that the point {} has: {}", name_of(sweep, point), known));
  const std::set<std::int64_t> widths =
      widths_of(sweep.points[point], quantity, claim.training_points);
  if (!widths.contains(claim.width) && widths == std::set<std::int64_t>{0} &&
      quantity.without_width.in_words.empty())
    throw InputError(
        name + ".width", claim.width,
        fmt::format("must be left out: {} is of no width", model::in_quotes(quantity.name)));
  if (!widths.contains(claim.width))
    throw InputError(name + ".width", claim.width,
                     fmt::format("must be {} that the point {} has: {}", zero_or_a_width(quantity),
                                 name_of(sweep, point), fmt::join(widths, ", ")));
}

// The condition is written so that a NaN fails it.
void check_positive(const std::optional<double>& number, const std::string& key) {
  if (number && !(std::isfinite(*number) && *number > 0.0))
    throw InputError(key, *number, "must be positive and finite");
}

void check_rivals(const SweepResult& sweep, std::size_t point, const SweepClaim& claim,
                  const SweepQuantity& quantity, const std::string& name) {
  const std::vector<std::size_t> others = points_with(sweep, claim.over);
  const bool has_a_rival = std::any_of(others.begin(), others.end(), [&](std::size_t other) {
    return other != point && find_number(sweep.points[other], quantity.name, claim.training_points,
                                         claim.width) != nullptr;
  });
  if (has_a_rival) return;
  const std::string at = place_of(claim);
  throw InputError(fmt::format("{}.over = {}: must leave another point with {}{}", name,
                               text_of(claim.over), quantity.plural,
                               at.empty() ? at : " at " + at));
}

void check_ratio(const SweepResult& sweep, std::size_t point, const SweepClaim& claim,
                 const SweepQuantity& quantity, const std::string& name) {
  const std::size_t over = check_point(sweep, claim.over, name + ".over");
  if (over == point)
    throw InputError(fmt::format("{}.over = {}: must be another point than {}.at", name,
                                 text_of(claim.over), name));
  check_number(sweep, over, claim, quantity, name);
  if (!claim.low && !claim.high)
    throw InputError(name + ".low: a ratio needs a bound, low or high");
  if (claim.low && claim.high && !(*claim.low <= *claim.high))
    throw InputError(name + ".low", *claim.low, "must not exceed high");
}

/// Refuses an `along` that no two of the points differ in, or that is no number at one of them.
void check_along(const SweepResult& sweep, const SweepClaim& claim,
                 const std::vector<std::size_t>& points, const std::string& name) {
  const auto key = std::find(sweep.keys.begin(), sweep.keys.end(), claim.along);
  if (key == sweep.keys.end())
    throw InputError(name + ".along", model::in_quotes(claim.along),
                     fmt::format("must be a key of the sweep: {}", fmt::join(sweep.keys, ", ")));
  const auto k = static_cast<std::size_t>(key - sweep.keys.begin());
  std::set<double> values;
  for (const std::size_t point : points) {
    const auto value = as_number(sweep.points[point].values[k]);
    if (!value)
      throw InputError(name + ".along", model::in_quotes(claim.along),
                       fmt::format("must be a key of numbers; it has the value {}",
                                   sweep.points[point].values[k]));
    values.insert(*value);
  }
  if (values.size() < 2)
    throw InputError(
        name + ".along", model::in_quotes(claim.along),
        fmt::format("must have two values or more at the points {}", text_of(claim.over)));
}

void check_ranks(const SweepResult& sweep, const SweepClaim& claim, const SweepQuantity& quantity,
                 const std::string& name) {
  check_keys(sweep, claim.over, name + ".over");
  const std::vector<std::size_t> points = points_with(sweep, claim.over);
  if (points.empty())
    throw InputError(fmt::format("{}.over = {}: must leave a point", name, text_of(claim.over)));
  for (const std::size_t point : points) check_number(sweep, point, claim, quantity, name);
  if (claim.kind == SweepClaim::Kind::trend) {
    check_along(sweep, claim, points, name);
    if (claim.direction == SweepClaim::Direction::either)
      throw InputError(name + ".direction", "\"either\"",
                       "must be \"rising\" or \"falling\" of a trend");
    return;
  }
  SweepClaim other = claim;
  other.quantity = claim.with;
  const SharedQuantity with = check_quantity(sweep, other, name, "with");
  if (with->name == quantity.name)
    throw InputError(name + ".with", model::in_quotes(claim.with),
                     "must be another quantity than the claim's own");
  for (const std::size_t point : points) check_number(sweep, point, claim, *with, name);
  if (claim.across == SweepClaim::Across::points && points.size() < 3)
    throw InputError(
        fmt::format("{}.over = {}: must leave three points or more", name, text_of(claim.over)));
  if (!(claim.tolerance > 0.0 && claim.tolerance < 1.0))
    throw InputError(name + ".tolerance", claim.tolerance, "must lie in (0, 1)");
}

void check_one(const SweepResult& sweep, const SweepClaim& claim, const std::string& name) {
  const SharedQuantity quantity = check_quantity(sweep, claim, name, "quantity");
  if (claim.is_of_ranks()) {
    check_ranks(sweep, claim, *quantity, name);
    return;
  }
  const std::size_t point = check_point(sweep, claim.at, name + ".at");
  check_number(sweep, point, claim, *quantity, name);
  if (claim.exact && claim.width != 0)
    throw InputError(name + ".exact", true,
                     "must be false for networks, which are drawn at random");
  check_positive(claim.low, name + ".low");
  check_positive(claim.high, name + ".high");
  check_positive(claim.value, name + ".value");
  if (!(claim.tolerance > 0.0 && claim.tolerance < 1.0))
    throw InputError(name + ".tolerance", claim.tolerance, "must lie in (0, 1)");
  if (claim.kind == SweepClaim::Kind::value && !claim.value)
    throw InputError(name + ".value: is missing");
  check_keys(sweep, claim.over, name + ".over");
  if (claim.kind == SweepClaim::Kind::best) check_rivals(sweep, point, claim, *quantity, name);
  if (claim.kind == SweepClaim::Kind::ratio) check_ratio(sweep, point, claim, *quantity, name);
}

}  // namespace

void check(const std::vector<SweepClaim>& claims, const SweepResult& sweep,
           const std::string& key) {
  for (std::size_t i = 0; i < claims.size(); ++i)
    check_one(sweep, claims[i], fmt::format("{}[{}]", key, i));
}

SharedQuantity quantity_of(const SweepClaim& claim, const SweepResult& sweep) {
  for (const SharedQuantity& quantity : quantities_of(sweep))
    if (quantity->has_draws && (claim.quantity.empty() || claim.quantity == quantity->name))
      return quantity;
  return nullptr;
}

std::string text_of(const PointSelector& selector) {
  std::string text;
  for (const auto& [key, value] : selector)
    text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", key, value);
  return "{" + text + "}";
}

std::string place_of(const SweepClaim& claim) {
  std::string text;
  if (claim.training_points > 0) text = fmt::format("P = {}", claim.training_points);
  if (claim.width > 0) text += fmt::format("{}n = {}", text.empty() ? "" : ", ", claim.width);
  return text;
}

}  // namespace wideproof::compare
