// SPDX-License-Identifier: MIT
#include <wideproof/model/files/npy_header.hpp>

#include <charconv>
#include <cstddef>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include <wideproof/model/in_quotes.hpp>

namespace wideproof::model {
namespace {

class HeaderParser {
 public:
  HeaderParser(const ByteReader& reader, std::string_view text)
      : reader_(reader), text_(text), rest_(text) {}

  NpyHeader parse() {
    bool descr = false, order = false, shape = false;
    expect("{");
    while (!accept("}")) {
      const std::string_view key = string();
      expect(":");
      if (key == "descr" && !std::exchange(descr, true)) {
        read_element(string());
      } else if (key == "fortran_order" && !std::exchange(order, true)) {
        header_.fortran_order = boolean();
      } else if (key == "shape" && !std::exchange(shape, true)) {
        read_shape();
      } else {
        fail();
      }
      if (!accept(",")) {
        expect("}");
        break;
      }
    }
    skip_blanks();
    if (!rest_.empty() || !descr || !order || !shape) fail();
    return header_;
  }

 private:
  [[noreturn]] void fail() const {
    reader_.fail(fmt::format("its .npy header is not understood at byte {}: {}",
                             text_.size() - rest_.size(), in_quotes(text_, 200)));
  }

  void skip_blanks() {
    const std::size_t first = rest_.find_first_not_of(" \t\n");
    rest_.remove_prefix(first == std::string_view::npos ? rest_.size() : first);
  }

  bool accept(std::string_view token) {
    skip_blanks();
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  void expect(std::string_view token) {
    if (!accept(token)) fail();
  }

  std::string_view string() {
    skip_blanks();
    if (rest_.starts_with("["))
      reader_.fail("holds records of several fields; plain numbers are read");
    if (rest_.empty() || (rest_[0] != '\'' && rest_[0] != '"')) fail();
    const std::size_t end = rest_.find(rest_[0], 1);
    if (end == std::string_view::npos) fail();
    const std::string_view content = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    return content;
  }

  bool boolean() {
    if (accept("True")) return true;
    expect("False");
    return false;
  }

  void read_shape() {
    expect("(");
    while (!accept(")")) {
      skip_blanks();
      std::int64_t axis = 0;
      const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), axis);
      if (error != std::errc()) fail();
      rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
      header_.shape.push_back(axis);
      if (!accept(",")) {
        expect(")");
        break;
      }
    }
  }

  void read_element(std::string_view descr) {
    constexpr std::pair<std::string_view, Element> elements[] = {
        {"b1", Element::b1}, {"u1", Element::u1}, {"u2", Element::u2}, {"u4", Element::u4},
        {"u8", Element::u8}, {"i1", Element::i1}, {"i2", Element::i2}, {"i4", Element::i4},
        {"i8", Element::i8}, {"f2", Element::f2}, {"f4", Element::f4}, {"f8", Element::f8}};
    for (const auto& [name, element] : elements) {
      if (descr.size() != 3 || descr.substr(1) != name) continue;
      const bool one_byte = size_of(element) == 1;
      if (descr[0] != '<' && descr[0] != '>' && !(descr[0] == '|' && one_byte)) continue;
      header_.element = element;
      header_.order = descr[0] == '>' ? Payload::Order::big_endian : Payload::Order::little_endian;
      return;
    }
    reader_.fail(
        fmt::format("holds elements of type {}; bool, u1 to u8, i1 to i8, f2, f4 and f8 are read",
                    in_quotes(descr, 40)));
  }

  const ByteReader& reader_;
  std::string_view text_;
  std::string_view rest_;
  NpyHeader header_;
};

}  // namespace

NpyHeader parse_npy_header(const ByteReader& reader, std::string_view text) {
  return HeaderParser(reader, text).parse();
}

}  // namespace wideproof::model
