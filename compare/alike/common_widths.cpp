// SPDX-License-Identifier: MIT
#include <wideproof/compare/alike/common_widths.hpp>

#include <algorithm>
#include <set>

#include <fmt/ranges.h>

#include <wideproof/model/input_error.hpp>

namespace wideproof::compare {
namespace {

std::vector<std::int64_t> widths_of(const model::ClassSeries& series) {
  std::vector<std::int64_t> widths;
  for (const auto& at : series.widths) widths.push_back(at.width);
  return widths;
}

std::int64_t depth_of(const model::Measurement& measurement, const model::ClassSeries& series) {
  return static_cast<std::int64_t>(measurement.size() / series.widths.size());
}

}  // namespace

CommonWidths common_widths(const model::Measurement& first, const model::ClassSeries& first_series,
                           const model::Measurement& second,
                           const model::ClassSeries& second_series) {
  const auto one = widths_of(first_series);
  const auto other = widths_of(second_series);
  CommonWidths common;
  std::set_intersection(one.begin(), one.end(), other.begin(), other.end(),
                        std::back_inserter(common.widths));
  if (common.widths.empty())
    throw model::InputError(fmt::format("no width is common to both: {} of one, {} of the other",
                                        fmt::join(one, ", "), fmt::join(other, ", ")));
  const auto refuse = [](const char* what, std::int64_t a, std::int64_t b) {
    throw model::InputError(
        fmt::format("{} of one, {} of the other: {} must be as many in both", a, b, what));
  };
  const auto layers = depth_of(first, first_series);
  if (layers != depth_of(second, second_series))
    refuse("layers", layers, depth_of(second, second_series));
  const auto inputs = first.front().gram.mean.rows();
  if (inputs != second.front().gram.mean.rows())
    refuse("inputs", inputs, second.front().gram.mean.rows());
  if (first_series.classes.labels() != second_series.classes.labels())
    throw model::InputError("the two sets class their entries differently: their inputs differ");
  const auto take = [&](const model::Measurement& all, const model::ClassSeries& series,
                        model::Measurement& taken, model::ClassSeries& taken_series) {
    const std::set<std::int64_t> wanted(common.widths.begin(), common.widths.end());
    for (const auto& at : all)
      if (wanted.count(at.width) > 0) taken.push_back(at);
    taken_series.classes = series.classes;
    for (const auto& at : series.widths)
      if (wanted.count(at.width) > 0) taken_series.widths.push_back(at);
  };
  take(first, first_series, common.first, common.first_series);
  take(second, second_series, common.second, common.second_series);
  return common;
}

}  // namespace wideproof::compare
