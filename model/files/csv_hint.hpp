// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include <wideproof/model/files/numeric_array.hpp>

namespace wideproof::model {

/// Why the cell of a CSV file is no number, where the way that other programs write such files
/// explains it, and what to write instead; empty where nothing does.
///
/// Told apart: UTF-16 and binary files, byte order marks within, line ends of old Macintoshes,
/// semicolons, tabs and blanks as separators (with decimal commas), quotes, exponents with D,
/// missing values, pandas' header and index, a header of texts, and a first or last column of
/// labels. `line` is the whole line less the file's own byte order mark, `cell` its first cell that
/// is no finite number, in `column` (from 1), `first` whether no row was read before.
std::string_view csv_hint(std::string_view line, std::string_view cell, std::int64_t column,
                          bool first);

/// What looks like a header or an index among the numbers that were read, as pandas writes them by
/// default: a first row 0, 1, …, columns−1, a first column 0, 1, …, rows−1, of arrays of at least
/// 2 × 2. One text for each.
std::vector<std::string_view> pandas_traces(const NumericArray& array);

/// What looks like a column of labels among components: a first or last column of whole numbers, of
/// which some come twice, beside columns that all hold fractions. One text for each.
std::vector<std::string_view> label_traces(const NumericArray& array);

}  // namespace wideproof::model
