// SPDX-License-Identifier: MIT
#include <wideproof/model/files/csv_hint.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <system_error>

namespace wideproof::model {
namespace {

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool is_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
}

/// Fortran writes 1.0D+00.
bool has_exponent_with_d(std::string_view cell) {
  std::string with_e(cell);
  const std::size_t place = with_e.find_first_of("dD");
  if (place == std::string::npos) return false;
  with_e[place] = 'e';
  return is_number(with_e);
}

bool is_missing(std::string_view cell) {
  constexpr std::array names = {"", "nan", "na", "n/a", "#n/a", "<na>", "null", "none", "-", "?"};
  std::string lower(cell);
  for (char& letter : lower) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return std::find(names.begin(), names.end(), lower) != names.end();
}

bool is_utf16(std::string_view line, bool first) {
  if (first && (line.starts_with("\xFF\xFE") || line.starts_with("\xFE\xFF"))) return true;
  const auto is_nul = [&](std::size_t place) { return place < line.size() && line[place] == '\0'; };
  return is_nul(0) != is_nul(1) && is_nul(0) == is_nul(2) && is_nul(1) == is_nul(3);
}

/// Whether a line of texts alone, as a header is.
bool is_header(std::string_view line) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' && c != '\t'; };
  if (std::any_of(line.begin(), line.end(), is_control)) return false;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find(',', begin), line.size());
    auto cell = line.substr(begin, end - begin);
    cell.remove_prefix(std::min(cell.find_first_not_of(" \t\"'"), cell.size()));
    if (cell.empty() || (cell.front() >= '+' && cell.front() <= '9')) return false;
    begin = end + 1;
  }
  return true;
}

/// Whether a text stands first or last in a line of numbers.
bool is_label(std::string_view line, std::string_view cell, std::int64_t column) {
  std::int64_t columns = 0;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find(',', begin), line.size());
    auto other = line.substr(begin, end - begin);
    other.remove_prefix(std::min(other.find_first_not_of(" \t"), other.size()));
    other = other.substr(0, other.find_last_not_of(" \t") + 1);
    if (++columns != column && !is_number(other)) return false;
    begin = end + 1;
  }
  while (!cell.empty() && (cell.front() == '"' || cell.front() == '\'')) cell.remove_prefix(1);
  const bool is_text = !cell.empty() && !(cell.front() >= '+' && cell.front() <= '9');
  const bool is_infinite = cell.starts_with("inf") || cell.starts_with("Inf");
  return is_text && !is_infinite && columns > 1 && (column == 1 || column == columns);
}

/// Whole numbers, some of which come twice.
bool holds_labels(const NumericArray& array, std::int64_t column) {
  std::vector<double> values;
  for (std::int64_t row = 0; row < array.shape[0]; ++row)
    values.push_back(array.values[static_cast<std::size_t>(row * array.shape[1] + column)]);
  if (!std::all_of(values.begin(), values.end(), [](double x) { return x == std::floor(x); }))
    return false;
  std::sort(values.begin(), values.end());
  return values.front() != values.back() &&
         std::adjacent_find(values.begin(), values.end()) != values.end();
}

bool holds_fractions(const NumericArray& array, std::int64_t column) {
  for (std::int64_t row = 0; row < array.shape[0]; ++row) {
    const double x = array.values[static_cast<std::size_t>(row * array.shape[1] + column)];
    if (x != std::floor(x)) return true;
  }
  return false;
}

bool counts_up(const double* values, std::int64_t count, std::int64_t step) {
  for (std::int64_t k = 0; k < count; ++k) {
    if (values[k * step] != static_cast<double>(k)) return false;
  }
  return true;
}

}  // namespace

std::string_view csv_hint(std::string_view line, std::string_view cell, std::int64_t column,
                          bool first) {
  if (is_utf16(line, first)) return "the file is UTF-16: save it as UTF-8";
  if (holds(line, std::string_view("\0", 1))) return "the file is binary, no text";
  if (cell.starts_with("\xEF\xBB\xBF")) return "a byte order mark may only begin the file";
  if (holds(cell, "\r")) return "lines must end in LF or CRLF, not in CR";
  if (holds(cell, ";")) {
    return holds(line, ",")
               ? "separate numbers by commas, not semicolons, and write decimal points, not commas"
               : "separate numbers by commas, not semicolons";
  }
  const std::size_t comma = line.find(',');
  const auto others = line.substr(comma == std::string_view::npos ? line.size() : comma + 1);
  if (first && column == 1 && (cell.empty() || others == "0" || others.starts_with("0,1"))) {
    return "if that is pandas' header and index, write with to_csv(index=False, header=False)";
  }
  if (first && is_header(line)) return "a header line must start with '#'";
  if (holds(cell, "\t")) return "separate numbers by commas, not tabs";
  if (first && !is_missing(cell) && is_label(line, cell, column))
    return "if that is a column of labels, leave it out";
  const std::size_t quotes = cell.find_first_of("\"'");
  if (quotes != std::string_view::npos) {
    const bool whole = cell.size() > 1 && cell.front() == cell.back();
    return whole ? "write numbers without quotes"
                 : "write numbers without quotes, and with decimal points, not commas";
  }
  if (has_exponent_with_d(cell)) return "write exponents with e, as in 1.0e+00, not with d";
  if (is_missing(cell)) return "a missing value: leave out its row or fill it in";
  const std::size_t blank = cell.find(' ');
  if (blank != std::string_view::npos && is_number(cell.substr(0, blank))) {
    return "separate numbers by commas, not blanks";
  }
  return {};
}

std::vector<std::string_view> pandas_traces(const NumericArray& array) {
  const std::int64_t rows = array.shape.at(0);
  const std::int64_t columns = array.shape.at(1);
  if (rows < 2 || columns < 2) return {};
  std::vector<std::string_view> traces;
  if (counts_up(array.values.data(), columns, 1)) {
    traces.push_back(
        "its first row counts 0, 1, 2, … and is read as numbers: if it is pandas' header, write "
        "the file with to_csv(index=False, header=False)");
  }
  if (counts_up(array.values.data(), rows, columns)) {
    traces.push_back(
        "its first column counts 0, 1, 2, … and is read as numbers: if it is pandas' index, write "
        "the file with to_csv(index=False, header=False)");
  }
  return traces;
}

std::vector<std::string_view> label_traces(const NumericArray& array) {
  const std::int64_t columns = array.shape.at(1);
  if (columns < 2) return {};
  const auto others_hold_fractions = [&](std::int64_t label) {
    for (std::int64_t column = 0; column < columns; ++column)
      if (column != label && !holds_fractions(array, column)) return false;
    return true;
  };
  std::vector<std::string_view> traces;
  if (holds_labels(array, 0) && others_hold_fractions(0))
    traces.push_back(
        "its first column holds whole numbers, some of them twice, and is read as a "
        "component: if these are labels, leave it out");
  if (holds_labels(array, columns - 1) && others_hold_fractions(columns - 1))
    traces.push_back(
        "its last column holds whole numbers, some of them twice, and is read as a "
        "component: if these are labels, leave it out");
  return traces;
}

}  // namespace wideproof::model
