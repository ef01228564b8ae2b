// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <zlib.h>
#include <Eigen/Core>

namespace wideproof::app {

/// CRC-32 of everything that was added, bit for bit and in that order.
class Checksum {
 public:
  void add(const std::string& text) { add(text.data(), text.size()); }
  void add(const Eigen::MatrixXd& numbers) {
    add(numbers.data(), static_cast<std::size_t>(numbers.size()) * sizeof(double));
  }
  void add(const Eigen::VectorXd& numbers) {
    add(numbers.data(), static_cast<std::size_t>(numbers.size()) * sizeof(double));
  }
  void add(const std::vector<double>& numbers) {
    add(numbers.data(), numbers.size() * sizeof(double));
  }
  void add(std::int64_t number) { add(&number, sizeof(number)); }
  void add(double number) { add(&number, sizeof(number)); }
  std::int64_t value() const { return static_cast<std::int64_t>(crc_); }

 private:
  void add(const void* bytes, std::size_t count) {
    if (count == 0) return;  // zlib would begin anew at a null pointer
    crc_ = ::crc32_z(crc_, static_cast<const Bytef*>(bytes), count);
  }

  uLong crc_ = ::crc32_z(0, nullptr, 0);
};

}  // namespace wideproof::app
