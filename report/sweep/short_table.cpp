// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/short_table.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/report/shown_length.hpp>
#include <wideproof/report/sweep/names.hpp>

namespace wideproof::report {
namespace {

constexpr std::size_t most_rows_shown = 40;

/// How wide the columns are.
struct Layout {
  std::size_t quantities = 1;  ///< at most
  std::size_t keys = 36;       ///< columns of the swept keys together, a space behind each
  std::size_t number = 10;     ///< one number
  bool has_two_heads = false;  ///< names above units, else names alone
  bool is_predicted_only = false;

  /// The columns of one quantity together.
  std::size_t head() const { return is_predicted_only ? number : 2 * number + 1; }
};

Layout layout_of(std::size_t quantities, bool measured) {
  if (!measured) return {3, 26, 17, true, true};
  if (quantities > 1) return {2, 26, 9, true, false};
  return {};
}

std::vector<compare::SharedQuantity> quantities_in_short(const compare::SweepResult& sweep) {
  const std::vector<compare::SharedQuantity> all = compare::quantities_of(sweep);
  std::vector<compare::SharedQuantity> shown;
  std::copy_if(all.begin(), all.end(), std::back_inserter(shown),
               [](const compare::SharedQuantity& quantity) { return quantity->is_in_short; });
  return shown.empty() ? all : shown;
}

/// nullptr where the point has none.
const compare::SweepNumber* chief_number(const compare::SweepPoint& point,
                                         const compare::SweepQuantity& quantity) {
  const compare::SweepNumber* chief = nullptr;
  for (const compare::SweepNumber& number : point.numbers)
    if (number.quantity->name == quantity.name &&
        (chief == nullptr || number.training_points > chief->training_points))
      chief = &number;
  return chief;
}

/// Texts flush right in columns that share the room equally.
std::string key_columns(const std::vector<std::string>& texts, std::size_t all) {
  if (texts.empty()) return "";
  const std::size_t room = std::max<std::size_t>(all / texts.size(), 4) - 1;
  std::string row;
  for (const std::string& text : texts) row += fmt::format("{:>{}} ", cut(text, room), room);
  return row.substr(0, 2 * all);
}

/// The last part of each key, or its symbol where there is no room for that.
std::vector<std::string> key_names(const compare::SweepResult& sweep, std::size_t all) {
  std::vector<std::string> names;
  for (std::size_t k = 0; k < sweep.keys.size(); ++k) {
    std::string name = sweep.keys[k].substr(sweep.keys[k].rfind('.') + 1);
    if (shown_length(name) >= all / sweep.keys.size()) {
      const std::string symbol = short_key(sweep, k);
      if (shown_length(symbol) < shown_length(name)) name = symbol;
    }
    names.push_back(std::move(name));
  }
  return names;
}

std::string centred(const std::string& text, std::size_t room) {
  return fmt::format("{:^{}}", cut(text, room), room);
}

/// Without spaces at its end.
std::string without_end(const std::string& line) {
  return line.substr(0, line.find_last_not_of(' ') + 1);
}

std::string heads(const compare::SweepResult& sweep,
                  const std::vector<compare::SharedQuantity>& quantities, const Layout& layout) {
  const std::string keys = key_columns(key_names(sweep, layout.keys), layout.keys);
  const std::size_t number = layout.number;
  if (!layout.has_two_heads) {
    const std::string what = quantities.empty() ? "measured" : quantities.front()->name;
    return keys +
           fmt::format("{:>{}} {:>{}}  outcome\n", cut(what, number), number, "predicted", number);
  }
  std::string names(shown_length(keys), ' ');
  std::string units = layout.is_predicted_only ? keys : names;
  std::string kinds = keys;
  for (const compare::SharedQuantity& quantity : quantities) {
    const bool flush = layout.is_predicted_only;
    const auto placed = [&](const std::string& text) {
      return (flush ? fmt::format("{:>{}}", cut(text, layout.head()), layout.head())
                    : centred(text, layout.head())) +
             " ";
    };
    names += placed(quantity->name);
    units += placed(quantity->column_unit);
    kinds += fmt::format("{:>{}} {:>{}} ", "measured", number, "predicted", number);
  }
  return without_end(names) + "\n" + without_end(units) + "\n" +
         (layout.is_predicted_only ? "" : kinds + " outcome\n");
}

/// In at most nine characters; whole thousands as a reader writes them.
std::string predicted_text(double number) {
  if (number >= 1000.0 && number < 1e15 && number == std::floor(number))
    return compare::with_commas(static_cast<std::int64_t>(number));
  return short_number(number);
}

std::string short_row(const compare::SweepPoint& point,
                      const std::vector<compare::SharedQuantity>& quantities,
                      const Layout& layout) {
  std::string row = key_columns(point.values, layout.keys);
  for (const compare::SharedQuantity& quantity : quantities) {
    const compare::SweepNumber* number = chief_number(point, *quantity);
    const double value = number == nullptr ? std::nan("") : number->value;
    const double predicted = number == nullptr ? std::nan("") : number->predicted;
    row += layout.is_predicted_only
               ? fmt::format("{:>{}} ", predicted_text(predicted), layout.number)
               : fmt::format("{:>{}} {:>{}} ", short_number(value), layout.number,
                             short_number(predicted), layout.number);
  }
  if (quantities.empty())
    row += fmt::format("{:>{}} {:>{}} ", "-", layout.number, "-", layout.number);
  if (layout.is_predicted_only) return row.substr(0, row.size() - 1) + "\n";
  return row + fmt::format(" {}\n", compare::outcome_of(point));
}

}  // namespace

std::string cut(const std::string& text, std::size_t room) {
  std::string kept = text;
  while (shown_length(kept) >= room && shown_length(text) > room) kept.pop_back();
  return kept.size() == text.size() ? text : kept + "~";
}

std::string short_number(double number) {
  if (std::isnan(number)) return "-";
  std::string text = fmt::format("{:.4g}", number);
  return text.size() > 9 ? fmt::format("{:.3g}", number) : text;
}

std::string at_points(std::int64_t training_points) {
  return training_points == 0 ? "" : fmt::format(" at P = {}", training_points);
}

std::string short_table(const compare::SweepResult& sweep) {
  const bool is_predicted_only =
      !sweep.points.empty() && !quantities_of(sweep).empty() && !compare::is_measured(sweep);
  std::vector<compare::SharedQuantity> quantities = quantities_in_short(sweep);
  const Layout layout = layout_of(quantities.size(), !is_predicted_only);
  if (quantities.size() > layout.quantities) quantities.resize(layout.quantities);
  std::string text;
  for (const compare::SweepPoint& point : sweep.points) {
    const compare::SweepNumber* chief =
        quantities.empty() ? nullptr : chief_number(point, *quantities.front());
    if (chief == nullptr) continue;
    if (chief->training_points > 0)
      text = chief->quantity->plural + at_points(chief->training_points) + "\n";
    break;
  }
  text += heads(sweep, quantities, layout);
  const std::size_t shown = std::min(sweep.points.size(), most_rows_shown);
  for (std::size_t i = 0; i < shown; ++i) text += short_row(sweep.points[i], quantities, layout);
  if (shown < sweep.points.size())
    text += fmt::format("… and {} more points\n", sweep.points.size() - shown);
  return text;
}

}  // namespace wideproof::report
