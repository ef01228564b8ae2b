// SPDX-License-Identifier: MIT
#include <wideproof/compare/sweep/sweep_result.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <system_error>

#include <fmt/format.h>

namespace wideproof::compare {
namespace {

constexpr double same_number = 1e-3;

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

}  // namespace

const SweepNumber* find_number(const SweepPoint& point, std::string_view quantity,
                               std::int64_t training_points, std::int64_t width) {
  const auto found =
      std::find_if(point.numbers.begin(), point.numbers.end(), [&](const SweepNumber& number) {
        return number.quantity->name == quantity && number.training_points == training_points &&
               number.width == width;
      });
  return found == point.numbers.end() ? nullptr : &*found;
}

double measured_or_predicted(const SweepNumber& number) {
  return std::isnan(number.value) ? number.predicted : number.value;
}

bool is_measured(const SweepResult& sweep) {
  return std::any_of(sweep.points.begin(), sweep.points.end(), [](const SweepPoint& point) {
    return std::any_of(point.numbers.begin(), point.numbers.end(),
                       [](const SweepNumber& number) { return !std::isnan(number.value); });
  });
}

std::vector<SharedQuantity> quantities_of(const SweepResult& sweep) {
  std::vector<SharedQuantity> all;
  for (const SweepPoint& point : sweep.points)
    for (const SweepNumber& number : point.numbers)
      if (std::none_of(all.begin(), all.end(), [&](const SharedQuantity& known) {
            return known->name == number.quantity->name;
          }))
        all.push_back(number.quantity);
  return all;
}

std::vector<std::size_t> points_with(const SweepResult& sweep, const PointSelector& selector) {
  std::vector<std::size_t> found(sweep.points.size());
  std::iota(found.begin(), found.end(), std::size_t{0});
  for (const auto& [name, value_of_key] : selector) {
    const std::string& wanted = value_of_key;
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
  if (point.is_judged) return name_of(point.verdict.outcome);
  const auto is_predicted = [](const SweepNumber& number) {
    return std::isnan(number.value) && !std::isnan(number.predicted);
  };
  const bool all_are = !point.numbers.empty() &&
                       std::all_of(point.numbers.begin(), point.numbers.end(), is_predicted);
  return all_are ? "predicted" : "measured";
}

bool is_judged(const SweepResult& sweep) {
  return std::any_of(sweep.points.begin(), sweep.points.end(),
                     [](const SweepPoint& point) { return point.is_judged; });
}

}  // namespace wideproof::compare
