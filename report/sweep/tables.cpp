// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/tables.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

#include <wideproof/report/page/csv_field.hpp>
#include <wideproof/report/page/wrapped_item.hpp>
#include <wideproof/report/sweep/of_inputs.hpp>
#include <wideproof/report/sweep/short_table.hpp>

namespace wideproof::report {
namespace {

std::string field(const std::string& value) {
  return compare::as_number(value) ? value : csv_text(value);
}

/// Names such as `hoyer, layer 1` between quotes, all others as they are.
std::string quantity_field(const compare::SweepQuantity& quantity) {
  return quantity.name.find_first_of(",\"\n") == std::string::npos ? quantity.name
                                                                   : csv_text(quantity.name);
}

std::string or_empty(std::int64_t count) {
  return count == 0 ? "" : fmt::format("{}", count);
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

std::string inputs_line(const compare::SweepResult& sweep) {
  const std::string text = of_inputs_in_words(sweep);
  return text.empty() ? text : wrapped_lines(text);
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
      table += start + fmt::format(",{},{},{},{},{},{},{}\n", quantity_field(*number.quantity),
                                   or_empty(number.training_points), or_empty(number.width),
                                   csv_number(number.value), csv_number(number.low),
                                   csv_number(number.high), csv_number(number.predicted));
  }
  return table;
}

std::string terminal_table(const compare::SweepResult& sweep, const compare::Verdict& verdict,
                           bool in_colour) {
  std::string text = short_table(sweep) + inputs_line(sweep);
  const std::string best = best_points(sweep);
  if (!best.empty()) text += "\n" + best;
  return text + "\n" + verdict_text(verdict, in_colour);
}

std::string terminal_table(const compare::SweepResult& predicted) {
  std::string text = short_table(predicted) + inputs_line(predicted);
  for (const compare::SharedQuantity& quantity : quantities_of(predicted))
    if (quantity->is_in_short && !quantity->table_note.empty())
      text += "\n" + wrapped_item(quantity->name + ": " + quantity->table_note);
  return text;
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
