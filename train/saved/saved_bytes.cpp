// SPDX-License-Identifier: MIT
#include <wideproof/train/saved/saved_bytes.hpp>

#include <ATen/TensorOperators.h>

#include <wideproof/model/input_error.hpp>

namespace wideproof::train {
void ByteWriter::append(const void* data, std::size_t size) {
  bytes_.append(static_cast<const char*>(data), size);
}

void ByteWriter::put(const std::string& text) {
  put(std::uint64_t{text.size()});
  bytes_ += text;
}

void ByteWriter::put(const Eigen::MatrixXd& matrix) {
  put(static_cast<std::int64_t>(matrix.rows()));
  put(static_cast<std::int64_t>(matrix.cols()));
  append(matrix.data(), static_cast<std::size_t>(matrix.size()) * sizeof(double));
}

void ByteWriter::put(const at::Tensor& tensor) {
  put(static_cast<std::uint64_t>(tensor.nbytes()));
  append(tensor.data_ptr(), tensor.nbytes());
}

void ByteReader::refuse() {
  throw model::InputError(
      "the state of a training: does not fit this run; start it again with --force");
}

void ByteReader::take(void* data, std::size_t size) {
  if (size > bytes_.size() - at_) refuse();
  if (size > 0) std::memcpy(data, bytes_.data() + at_, size);
  at_ += size;
}

std::string ByteReader::get_text() {
  const auto size = get<std::uint64_t>();
  if (size > bytes_.size() - at_) refuse();
  std::string text(size, '\0');
  take(text.data(), size);
  return text;
}

Eigen::MatrixXd ByteReader::get_matrix() {
  const auto rows = get<std::int64_t>();
  const auto columns = get<std::int64_t>();
  const auto most = static_cast<std::int64_t>((bytes_.size() - at_) / sizeof(double));
  if (rows < 0 || columns < 0 || (rows > 0 && columns > most / rows)) refuse();
  Eigen::MatrixXd matrix(rows, columns);
  take(matrix.data(), static_cast<std::size_t>(matrix.size()) * sizeof(double));
  return matrix;
}

void ByteReader::get_into(at::Tensor tensor) {
  if (get<std::uint64_t>() != tensor.nbytes()) refuse();
  take(tensor.data_ptr(), tensor.nbytes());
}

}  // namespace wideproof::train
