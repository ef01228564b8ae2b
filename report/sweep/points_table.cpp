// SPDX-License-Identifier: MIT
#include <wideproof/report/sweep/points_table.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/report/page/claims_section.hpp>
#include <wideproof/report/sweep/names.hpp>
#include <wideproof/report/sweep/of_inputs.hpp>

namespace wideproof::report {
namespace {

constexpr const char* none = "–";

/// The numbers of one quantity at a point with the most training points, by rising width.
std::vector<const compare::SweepNumber*> chief_numbers(const compare::SweepPoint& point,
                                                       const compare::SweepQuantity& quantity) {
  std::vector<const compare::SweepNumber*> chief;
  for (const compare::SweepNumber& number : point.numbers) {
    if (number.quantity->name != quantity.name) continue;
    if (!chief.empty() && number.training_points > chief.front()->training_points) chief.clear();
    if (chief.empty() || number.training_points == chief.front()->training_points)
      chief.push_back(&number);
  }
  std::sort(chief.begin(), chief.end(),
            [](const compare::SweepNumber* one, const compare::SweepNumber* other) {
              return one->width < other->width;
            });
  return chief;
}

/// What the table says of one quantity.
struct ShownQuantity {
  compare::SharedQuantity quantity;
  bool widest_too = false;  ///< some point has more than one width
};

std::vector<ShownQuantity> shown_quantities(const compare::SweepResult& sweep) {
  std::vector<ShownQuantity> shown;
  for (const compare::SharedQuantity& quantity : quantities_of(sweep))
    shown.push_back({quantity, std::any_of(sweep.points.begin(), sweep.points.end(),
                                           [&](const compare::SweepPoint& point) {
                                             return chief_numbers(point, *quantity).size() > 1;
                                           })});
  return shown;
}

std::string with_interval(const compare::SweepNumber& number) {
  if (!std::isfinite(number.value)) return none;
  if (!std::isfinite(number.low) || !std::isfinite(number.high))
    return fmt::format("{:.4g}", number.value);
  return fmt::format("{:.4g} ({:.4g} to {:.4g})", number.value, number.low, number.high);
}

/// "0.2 (0.19 to 0.21), kernel": the number and what it was measured of.
std::string measured_text(const compare::SweepNumber* number) {
  if (number == nullptr) return none;
  const std::string at = number->width > 0
                             ? fmt::format("n = {}", compare::with_commas(number->width))
                             : number->quantity->without_width.brief;
  return with_interval(*number) + (at.empty() ? at : ", " + at);
}

std::vector<HtmlTable::Column> columns_of(const compare::SweepResult& sweep,
                                          const std::vector<ShownQuantity>& shown) {
  std::vector<HtmlTable::Column> columns = {{"point", "", false}};
  for (std::size_t key = 0; key < sweep.keys.size(); ++key)
    columns.push_back({short_key(sweep, key), sweep.keys[key]});
  columns.push_back({"outcome", "", false});
  for (const auto& [quantity, widest_too] : shown) {
    columns.push_back({quantity->name + ", predicted", quantity->column_unit});
    columns.push_back({quantity->name + ", measured", quantity->without_width.column});
    if (widest_too) columns.push_back({quantity->name + ", measured", "widest networks"});
  }
  return columns;
}

std::vector<std::string> row_of(const compare::SweepResult& sweep, std::size_t i,
                                const std::vector<ShownQuantity>& shown) {
  const compare::SweepPoint& point = sweep.points[i];
  std::vector<std::string> row = {std::to_string(i + 1)};
  for (std::size_t key = 0; key < sweep.keys.size(); ++key)
    row.push_back(short_value(sweep, i, key));
  row.emplace_back(outcome_of(point));
  for (const auto& [quantity, widest_too] : shown) {
    const auto numbers = chief_numbers(point, *quantity);
    const compare::SweepNumber* first = numbers.empty() ? nullptr : numbers.front();
    row.push_back(first == nullptr ? none : number_or_dash(first->predicted, "{:.4g}"));
    row.push_back(measured_text(first));
    if (widest_too) row.push_back(measured_text(numbers.size() > 1 ? numbers.back() : nullptr));
  }
  return row;
}

}  // namespace

void add_points(HtmlPage& html, const compare::SweepResult& sweep,
                const std::vector<std::string>& folders) {
  html.section("The points");
  const std::vector<ShownQuantity> shown = shown_quantities(sweep);
  const std::size_t rows = std::min(sweep.points.size(), most_rows);
  const bool linked = !folders.empty() && folders.size() == sweep.points.size();
  HtmlTable table{"Each point with its outcome and its chief numbers, measured with 95% intervals",
                  columns_of(sweep, shown),
                  {}};
  for (std::size_t i = 0; i < rows; ++i) {
    table.rows.push_back(row_of(sweep, i, shown));
    if (linked) table.links.push_back(folders[i] + "/");
  }
  html.table(table);
  for (const auto& [quantity, widest_too] : shown)
    if (!quantity->table_note.empty()) html.paragraph(quantity->table_note);
  if (const std::string text = of_inputs_in_words(sweep); !text.empty()) html.paragraph(text);
  if (linked) {
    html.paragraph(
        "A point's number leads to its folder. To read it as a page, make its report; of the first "
        "point, DIR being the folder of this page:");
    html.command("wideproof report DIR/" + folders.front());
  }
  if (rows < sweep.points.size())
    html.paragraph(
        fmt::format("… and {} more points, which are in sweep.csv.",
                    compare::with_commas(static_cast<std::int64_t>(sweep.points.size() - rows))));
}

}  // namespace wideproof::report
