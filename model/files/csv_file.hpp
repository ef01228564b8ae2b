// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include <wideproof/model/files/numeric_array.hpp>
#include <wideproof/model/read_log.hpp>

namespace wideproof::model {

/// Reads numbers separated by commas, one row a line, plain or gzip; shape rows × columns.
///
/// Blank lines and lines that start with '#' are skipped, blanks around a number too; lines end in
/// LF or CRLF. Numbers are written with a decimal point whatever the locale. There is no header
/// line: start it with '#'. The file is added to `log`, with a warning for what looks like pandas'
/// header or index.
///
/// Throws InputError naming `key`, the path, and the line and column (from 1) of the first cell
/// that is no finite number (with what csv_hint says of it), a line of another number of columns,
/// or a file without rows. NonFinite::kept takes "nan" and "inf" for numbers.
NumericArray read_csv(std::string_view key, const std::string& path, ReadLog& log,
                      NonFinite non_finite = NonFinite::refused);

}  // namespace wideproof::model
