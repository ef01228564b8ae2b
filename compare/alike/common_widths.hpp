// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include <wideproof/model/class_series.hpp>
#include <wideproof/model/measurement.hpp>

namespace wideproof::compare {

/// Two sets of networks at the widths that both have.
struct CommonWidths {
  std::vector<std::int64_t> widths;
  model::Measurement first, second;
  model::ClassSeries first_series, second_series;
};

/// Throws model::InputError where they share no width, or differ in layers, inputs or classes.
CommonWidths common_widths(const model::Measurement& first, const model::ClassSeries& first_series,
                           const model::Measurement& second,
                           const model::ClassSeries& second_series);

}  // namespace wideproof::compare
