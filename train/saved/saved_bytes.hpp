// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>
#include <utility>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

namespace wideproof::train {

/// Writes values one behind the other, as this machine holds them.
class ByteWriter {
 public:
  template <class Value>
  requires std::is_arithmetic_v<Value>
  void put(Value value) { append(&value, sizeof value); }
  void put(const std::string& text);
  void put(const Eigen::MatrixXd& matrix);
  /// Contiguous, on the CPU.
  void put(const at::Tensor& tensor);

  /// For this many bytes.
  void reserve(double bytes) { bytes_.reserve(static_cast<std::size_t>(bytes)); }

  std::string bytes() && { return std::move(bytes_); }

 private:
  void append(const void* data, std::size_t size);

  std::string bytes_;
};

/// Reads them again. Throws model::InputError where bytes are missing or of another shape.
class ByteReader {
 public:
  explicit ByteReader(const std::string& bytes) : bytes_(bytes) {}

  template <class Value>
  requires std::is_arithmetic_v<Value> Value get() {
    Value value;
    take(&value, sizeof value);
    return value;
  }
  /// A value that must be this one.
  template <class Value>
  void require(Value value) {
    if (get<Value>() != value) refuse();
  }
  std::string get_text();
  Eigen::MatrixXd get_matrix();
  /// Into a contiguous tensor of the shape and dtype that was put.
  void get_into(at::Tensor tensor);

  /// Throws what bytes that do not fit throw.
  [[noreturn]] static void refuse();

 private:
  void take(void* data, std::size_t size);

  const std::string& bytes_;
  std::size_t at_ = 0;
};

}  // namespace wideproof::train
