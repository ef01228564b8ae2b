// SPDX-License-Identifier: MIT
#include <wideproof/model/files/csv_file.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include <wideproof/model/files/byte_reader.hpp>
#include <wideproof/model/files/csv_hint.hpp>
#include <wideproof/model/in_quotes.hpp>

namespace wideproof::model {
namespace {

constexpr std::size_t longest_line = std::size_t{16} << 20;

class LineReader {
 public:
  explicit LineReader(ByteReader& reader) : reader_(reader) {}

  std::int64_t number() const { return number_; }

  /// Reads the next line into `line` without its end; false at the end of the file.
  bool next(std::string& line) {
    line.clear();
    ++number_;
    bool any = false;
    while (begin_ < end_ || fill()) {
      any = true;
      const auto* first = buffer_.data() + begin_;
      const auto* last = buffer_.data() + end_;
      const auto* stop = std::find(first, last, '\n');
      line.append(first, stop);
      if (line.size() > longest_line) {
        reader_.fail(fmt::format("line {} is longer than {} bytes", number_, longest_line));
      }
      begin_ += static_cast<std::size_t>(stop - first);
      if (stop == last) continue;
      ++begin_;
      break;
    }
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return any;
  }

 private:
  bool fill() {
    begin_ = 0;
    end_ = reader_.read(buffer_);
    return end_ > 0;
  }

  ByteReader& reader_;
  std::vector<unsigned char> buffer_ = std::vector<unsigned char>(std::size_t{64} << 10);
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::int64_t number_ = 0;
};

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Returns what is wrong with the cell, or nothing.
std::string_view parse_number(std::string_view cell, NonFinite non_finite, double& value) {
  const bool plus = cell.size() > 1 && cell[0] == '+' && cell[1] != '-';
  if (plus) cell.remove_prefix(1);
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error == std::errc::invalid_argument || end != cell.data() + cell.size()) {
    return "is not a number";
  }
  if (error == std::errc::result_out_of_range) return "is out of the range of a double";
  return non_finite == NonFinite::kept || std::isfinite(value) ? "" : "must be finite";
}

}  // namespace

NumericArray read_csv(std::string_view key, const std::string& path, ReadLog& log,
                      NonFinite non_finite) {
  ByteReader reader(key, path);
  LineReader lines(reader);
  NumericArray array{{0, 0}, {}};
  std::int64_t first_line = 0;
  std::string line;
  while (lines.next(line)) {
    std::string_view rest = line;
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (lines.number() == 1 && rest.starts_with(byte_order_mark)) {
      rest.remove_prefix(byte_order_mark.size());
    }
    if (trimmed(rest).empty() || rest.front() == '#') continue;
    const std::string_view whole_line = rest;
    std::int64_t columns = 0;
    for (bool more = true; more;) {
      const std::size_t comma = rest.find(',');
      const std::string_view cell = trimmed(rest.substr(0, comma));
      more = comma != std::string_view::npos;
      if (more) rest.remove_prefix(comma + 1);
      ++columns;
      double value = 0;
      const std::string_view wrong = parse_number(cell, non_finite, value);
      if (!wrong.empty()) {
        const auto hint = csv_hint(whole_line, cell, columns, first_line == 0);
        reader.fail(fmt::format("line {}, column {}: {} {}{}", lines.number(), columns,
                                in_quotes(cell, 40), wrong,
                                hint.empty() ? "" : fmt::format(" ({})", hint)));
      }
      array.values.push_back(value);
    }
    if (first_line == 0) {
      first_line = lines.number();
      array.shape[1] = columns;
    }
    if (columns != array.shape[1]) {
      reader.fail(fmt::format("line {} has {} columns, line {} has {}", lines.number(), columns,
                              first_line, array.shape[1]));
    }
    ++array.shape[0];
    if (static_cast<std::int64_t>(array.values.size()) > largest_array) {
      reader.fail(fmt::format("holds more than the {} numbers that can be read", largest_array));
    }
  }
  if (first_line == 0) reader.fail("holds no rows of numbers");
  for (const auto trace : pandas_traces(array)) {
    log.warnings.push_back(reader.about(trace));
  }
  log.add(reader.so_far());
  return array;
}

}  // namespace wideproof::model
