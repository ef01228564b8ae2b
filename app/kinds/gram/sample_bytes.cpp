// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/sample_bytes.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

namespace wideproof::app {
namespace {

template <class Value>
void append(std::string& bytes, const Value* values, std::size_t count) {
  bytes.append(reinterpret_cast<const char*>(values), count * sizeof(Value));
}

template <class Value>
void take(const std::string& bytes, std::size_t& at, Value* values, std::size_t count) {
  if (count == 0) return;  // `values` may be null then
  std::memcpy(values, bytes.data() + at, count * sizeof(Value));
  at += count * sizeof(Value);
}

/// Doubles behind their number.
template <class Numbers>
void append_sized(std::string& bytes, const Numbers& numbers) {
  const auto size = static_cast<std::int64_t>(numbers.size());
  append(bytes, &size, 1);
  append(bytes, numbers.data(), static_cast<std::size_t>(size));
}

template <class Numbers>
Numbers take_sized(const std::string& bytes, std::size_t& at) {
  std::int64_t size = 0;
  take(bytes, at, &size, 1);
  Numbers numbers(static_cast<std::size_t>(size));
  take(bytes, at, numbers.data(), static_cast<std::size_t>(size));
  return numbers;
}

}  // namespace

std::string to_bytes(const sim::WidthSample& sample) {
  std::string bytes;
  const auto& moments = sample.moments();
  const auto count = moments.count();
  append(bytes, &count, 1);
  append_sized(bytes, moments.mean());
  append_sized(bytes, moments.squares());
  for (const auto& table : sample.series()) {
    const std::int64_t columns = table.columns();
    append(bytes, &columns, 1);
    append_sized(bytes, table.numbers());
  }
  return bytes;
}

sim::WidthSample read_sample(const std::string& bytes) {
  std::int64_t count = 0;
  std::size_t at = 0;
  take(bytes, at, &count, 1);
  auto mean = take_sized<Eigen::VectorXd>(bytes, at);
  auto squares = take_sized<Eigen::VectorXd>(bytes, at);
  sim::WidthSample::AllSeries series;
  for (auto& table : series) {
    std::int64_t columns = 0;
    take(bytes, at, &columns, 1);
    table = {columns, take_sized<std::vector<double>>(bytes, at)};
  }
  return {{count, std::move(mean), std::move(squares)}, std::move(series)};
}

}  // namespace wideproof::app
