// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <Eigen/Core>

namespace wideproof::app {

/// Builds an HDF5 file in memory, so that it reaches the disk whole or not at all. Paths are
/// absolute ("/measurement/width_256/layer_1/gram_mean"); groups on the way are made as needed.
/// Archives of other threads wait until this one is destroyed, by the thread that made it.
class Hdf5Writer {
 public:
  Hdf5Writer();
  ~Hdf5Writer();
  Hdf5Writer(const Hdf5Writer&) = delete;
  Hdf5Writer& operator=(const Hdf5Writer&) = delete;

  /// rows × columns doubles with the attributes `description` and `units`.
  void matrix(const std::string& path, const Eigen::MatrixXd& matrix, std::string_view description,
              std::string_view units);
  /// The matrices, all of one shape, as one array of count × rows × columns.
  void stack(const std::string& path, const std::vector<Eigen::MatrixXd>& matrices,
             std::string_view description, std::string_view units);
  /// A text of any length at the root.
  void text(const std::string& path, std::string_view value);
  // Attributes of a group, which is made if it is not there; texts of less than 64 KiB.
  void attribute(const std::string& group, const std::string& name, double value);
  void attribute(const std::string& group, const std::string& name, std::int64_t value);
  void attribute(const std::string& group, const std::string& name, const std::string& value);

  /// The file's bytes.
  std::string bytes() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Reads what Hdf5Writer wrote, and the files of others: any format that this HDF5 knows, any type
/// of number, compressed or not, but numbers of this file alone (no virtual data sets, external
/// files or links). On a file system without locks the file is read without one. Every failure is a
/// model::InputError that names the file, the path within it, and whether what is there is missing,
/// of another type, not readable by this HDF5 (by what name), or damaged. Archives of other threads
/// wait, as with Hdf5Writer.
class Hdf5Reader {
 public:
  /// `key` names the file in errors, with `file` beside it.
  Hdf5Reader(std::string key, const std::string& file);
  ~Hdf5Reader();
  Hdf5Reader(const Hdf5Reader&) = delete;
  Hdf5Reader& operator=(const Hdf5Reader&) = delete;

  bool holds(const std::string& path) const;
  bool holds_attribute(const std::string& group, const std::string& name) const;
  std::vector<std::int64_t> shape(const std::string& path) const;
  /// What lies in a group, in order.
  std::vector<std::string> names(const std::string& group) const;
  /// Bytes of one number of a data set.
  std::size_t number_size(const std::string& path) const;
  /// Values in C order. Refuses more than `largest` numbers.
  std::vector<double> numbers(const std::string& path, std::int64_t largest = 1 << 28) const;
  Eigen::MatrixXd matrix(const std::string& path) const;
  std::string text(const std::string& path) const;
  double number(const std::string& group, const std::string& name) const;
  std::int64_t integer(const std::string& group, const std::string& name) const;
  std::string text(const std::string& group, const std::string& name) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace wideproof::app
