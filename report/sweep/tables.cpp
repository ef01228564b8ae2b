// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/tables.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

#include <wideproof/report/page/csv_field.hpp>
#include <wideproof/report/page/wrapped_item.hpp>
#include <wideproof/report/shown_length.hpp>

namespace wideproof::report {
namespace {

constexpr std::size_t shown_points = 40;
constexpr std::size_t room_for_values = 36;

std::string field(const std::string& value) {
  return compare::as_number(value) ? value : csv_text(value);
}

std::string or_empty(std::int64_t count) {
  return count == 0 ? "" : fmt::format("{}", count);
}

/// The last part of a key, and no more than `room` characters.
std::string cut(const std::string& text, std::size_t room) {
  std::string kept = text;
  while (shown_length(kept) >= room && shown_length(text) > room) kept.pop_back();
  return kept.size() == text.size() ? text : kept + "~";
}

std::string last_part(const std::string& key) {
  return key.substr(key.rfind('.') + 1);
}

std::string short_number(double number) {
  return std::isnan(number) ? "-" : fmt::format("{:.4g}", number);
}

/// ` at P = 128`, or nothing where nothing is trained.
std::string at_points(std::int64_t training_points) {
  return training_points == 0 ? "" : fmt::format(" at P = {}", training_points);
}

/// Columns of the swept keys, equally wide.
std::string value_columns(const std::vector<std::string>& values) {
  const std::size_t room = std::max<std::size_t>(room_for_values / values.size(), 4) - 1;
  std::string text;
  for (const std::string& value : values) text += fmt::format("{:>{}} ", cut(value, room), room);
  return text.substr(0, 2 * room_for_values);
}

std::string row(const compare::SweepPoint& point) {
  const compare::SweepNumber* number = chief_number(point);
  std::string text = point.values.empty() ? "" : value_columns(point.values);
  if (number != nullptr) {
    text +=
        fmt::format("{:>10} {:>10}", short_number(number->value), short_number(number->predicted));
  } else {
    text += fmt::format("{:>10} {:>10}", "-", "-");
  }
  return text + fmt::format("  {}\n", outcome_of(point));
}

/// The point with the least number of a quantity at each P, of width 0.
std::map<std::int64_t, std::pair<double, std::size_t>> least_numbers(
    const compare::SweepResult& sweep, const compare::SweepQuantity& quantity) {
  std::map<std::int64_t, std::pair<double, std::size_t>> least;
  for (std::size_t i = 0; i < sweep.points.size(); ++i) {
    for (const compare::SweepNumber& number : sweep.points[i].numbers) {
      if (number.quantity->name != quantity.name || number.width != 0) continue;
      if (!std::isfinite(number.value)) continue;
      const auto found = least.find(number.training_points);
      if (found == least.end() || number.value < found->second.first)
        least[number.training_points] = {number.value, i};
    }
  }
  return least;
}

/// `least error at P = 128: 0.0123 at f = 0.1, m = 0`, of quantities of which less is better.
std::string best_points(const compare::SweepResult& sweep) {
  std::string text;
  for (const compare::SharedQuantity& quantity : quantities_of(sweep)) {
    if (!quantity->is_least_best) continue;
    for (const auto& [points, least] : least_numbers(sweep, *quantity))
      text += wrapped_item(fmt::format("least {}{}: {} at {}", quantity->name, at_points(points),
                                       short_number(least.first), name_of(sweep, least.second)));
  }
  return text;
}

}  // namespace

std::string sweep_table(const compare::SweepResult& sweep) {
  std::string table;
  for (const std::string& key : sweep.keys) table += csv_text(key) + ",";
  table += "outcome,quantity,training_points,width,value,low,high,predicted\n";
  for (const compare::SweepPoint& point : sweep.points) {
    std::string start;
    for (const std::string& value : point.values) start += field(value) + ",";
    start += outcome_of(point);
    if (point.numbers.empty()) table += start + ",,,,,,,\n";
    for (const compare::SweepNumber& number : point.numbers)
      table += start + fmt::format(",{},{},{},{},{},{},{}\n", number.quantity->name,
                                   or_empty(number.training_points), or_empty(number.width),
                                   csv_number(number.value), csv_number(number.low),
                                   csv_number(number.high), csv_number(number.predicted));
  }
  return table;
}

const compare::SweepNumber* chief_number(const compare::SweepPoint& point) {
  const compare::SweepNumber* chief = nullptr;
  for (const compare::SweepNumber& number : point.numbers)
    if (chief == nullptr || number.training_points > chief->training_points) chief = &number;
  return chief;
}

std::string terminal_table(const compare::SweepResult& sweep, const compare::Verdict& verdict,
                           bool in_colour) {
  std::vector<std::string> names;
  for (const std::string& key : sweep.keys) names.push_back(last_part(key));
  const compare::SweepNumber* chief = nullptr;
  for (const compare::SweepPoint& point : sweep.points)
    if (chief == nullptr) chief = chief_number(point);
  const std::string what = chief == nullptr ? "measured" : chief->quantity->name;
  std::string text = names.empty() ? "" : value_columns(names);
  text += fmt::format("{:>10} {:>10}  outcome\n", cut(what, 10), "predicted");
  if (chief != nullptr && chief->training_points > 0)
    text = chief->quantity->plural + at_points(chief->training_points) + "\n" + text;
  const std::size_t shown = std::min(sweep.points.size(), shown_points);
  for (std::size_t i = 0; i < shown; ++i) text += row(sweep.points[i]);
  if (shown < sweep.points.size())
    text += fmt::format("… and {} more points\n", sweep.points.size() - shown);
  const std::string best = best_points(sweep);
  if (!best.empty()) text += "\n" + best;
  return text + "\n" + verdict_text(verdict, in_colour);
}

std::string terminal_table(const std::vector<compare::Claim>& claims) {
  std::string text;
  for (const compare::Claim& claim : claims) {
    text += fmt::format("{}:\n", name_of(claim.outcome)) + wrapped_item(claim.statement);
    const bool both = !claim.detail.empty() && !claim.obstacle.empty();
    text += wrapped_item(claim.detail + (both ? "; " : "") + claim.obstacle);
  }
  return text;
}

}  // namespace wideproof::report
