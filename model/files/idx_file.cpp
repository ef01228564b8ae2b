// SPDX-License-Identifier: MIT
#include <wideproof/model/files/idx_file.hpp>

#include <algorithm>
#include <array>
#include <cassert>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include <wideproof/model/files/numeric_array.hpp>

namespace wideproof::model {
namespace {

std::optional<Element> element_of(unsigned char type) {
  switch (type) {
    case 0x08:
      return Element::u1;
    case 0x09:
      return Element::i1;
    case 0x0B:
      return Element::i2;
    case 0x0C:
      return Element::i4;
    case 0x0D:
      return Element::f4;
    case 0x0E:
      return Element::f8;
    default:
      return std::nullopt;
  }
}

std::array<unsigned char, 4> header_word(ByteReader& reader) {
  std::array<unsigned char, 4> word;
  if (reader.read(word) < word.size()) {
    reader.fail(
        fmt::format("truncated: it ends in the IDX header, after {} bytes", reader.position()));
  }
  return word;
}

}  // namespace

IdxFile::IdxFile(std::string_view key, const std::string& path) : reader_(key, path) {
  const auto magic = header_word(reader_);
  const auto element = element_of(magic[2]);
  if (magic[0] != 0 || magic[1] != 0 || !element || magic[3] == 0) {
    reader_.fail(fmt::format("is no IDX file: it begins with bytes {:02x}, not 00 00 <type> <axes>",
                             fmt::join(magic, " ")));
  }
  element_ = *element;
  for (int axis = 0; axis < magic[3]; ++axis) {
    std::int64_t length = 0;
    for (const unsigned char byte : header_word(reader_)) length = length * 256 + byte;
    shape_.push_back(length);
  }
  bytes_ = payload_bytes(reader_, shape_, element_);
}

Eigen::MatrixXd IdxFile::rows(const std::vector<std::int64_t>& chosen) {
  if (shape_.size() < 2) {
    reader_.fail("holds single numbers along one axis, as a file of labels does; images need more");
  }
  const std::int64_t items = shape_[0];
  const std::int64_t columns = bytes_ / size_of(element_) / items;
  const auto count = static_cast<std::int64_t>(chosen.size());
  if (columns > largest_array || count > largest_array / columns) {
    reader_.fail(
        fmt::format("its header promises items of {} numbers; {} of them are more than "
                    "the {} numbers that can be read",
                    columns, count, largest_array));
  }
  std::vector<std::size_t> in_file_order(chosen.size());
  std::iota(in_file_order.begin(), in_file_order.end(), std::size_t{0});
  std::sort(in_file_order.begin(), in_file_order.end(),
            [&](std::size_t a, std::size_t b) { return chosen[a] < chosen[b]; });

  Payload payload(reader_, bytes_, "numbers", element_, Payload::Order::big_endian);
  std::vector<double> values;
  std::int64_t next = 0;
  for (const std::size_t k : in_file_order) {
    assert(chosen[k] >= next && chosen[k] < items);
    payload.skip((chosen[k] - next) * columns);
    payload.append(columns, values);
    next = chosen[k] + 1;
  }
  payload.skip((items - next) * columns);
  payload.expect_end();

  Eigen::MatrixXd rows(count, columns);
  for (std::size_t k = 0; k < in_file_order.size(); ++k) {
    rows.row(static_cast<Eigen::Index>(in_file_order[k])) = Eigen::Map<const Eigen::RowVectorXd>(
        values.data() + k * static_cast<std::size_t>(columns), columns);
  }
  return rows;
}

std::vector<std::int64_t> IdxFile::labels() {
  if (shape_.size() != 1 || !is_integer(element_)) {
    reader_.fail(
        fmt::format("holds {} along {}; labels are integers along one axis",
                    is_integer(element_) ? "integers" : "real numbers",
                    shape_.size() == 1 ? "one axis" : fmt::format("{} axes", shape_.size())));
  }
  if (shape_[0] > largest_array) {
    reader_.fail(fmt::format("its header promises {} labels; at most {} can be read", shape_[0],
                             largest_array));
  }
  Payload payload(reader_, bytes_, "labels", element_, Payload::Order::big_endian);
  std::vector<double> values;
  payload.append(shape_[0], values);
  payload.expect_end();
  return {values.begin(), values.end()};
}

}  // namespace wideproof::model
