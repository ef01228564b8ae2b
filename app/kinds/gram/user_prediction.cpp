// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/user_prediction.hpp>

#include <algorithm>
#include <filesystem>
#include <initializer_list>

#include <fmt/ranges.h>

#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/model/files/byte_reader.hpp>
#include <wideproof/model/files/csv_file.hpp>
#include <wideproof/model/files/npy_file.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

constexpr const char* key = "compare.prediction";

using Shape = std::vector<std::int64_t>;

/// The values are left out where their shape is none of `shapes`.
model::NumericArray read_hdf5(const std::string& file, std::initializer_list<Shape> shapes,
                              model::ReadLog& log) {
  const Hdf5Reader reader(key, file);
  model::NumericArray array{reader.shape("/gram"), {}};
  if (std::find(shapes.begin(), shapes.end(), array.shape) == shapes.end()) return array;
  array.values = reader.numbers("/gram");
  model::ByteReader bytes(key, file);
  std::vector<unsigned char> buffer(std::size_t{1} << 20U);
  while (bytes.read(buffer) == buffer.size()) continue;
  log.add(bytes.so_far());
  return array;
}

model::NumericArray read_array(const std::string& file, std::initializer_list<Shape> shapes,
                               model::ReadLog& log) {
  const auto suffix = std::filesystem::path(file).extension();
  if (suffix == ".npy") return model::read_npy(key, file, log);
  if (suffix == ".csv") return model::read_csv(key, file, log);
  if (suffix == ".h5" || suffix == ".hdf5") return read_hdf5(file, shapes, log);
  throw model::InputError(key, model::in_quotes(file),
                          "must be \"theory\" or a file that ends in .npy, .h5 or .csv");
}

}  // namespace

std::vector<compare::PredictedLayer> read_user_prediction(const std::string& file,
                                                          std::int64_t depth, std::int64_t inputs,
                                                          model::ReadLog& log) {
  const Shape stacked = {depth, inputs, inputs};
  const Shape flat = {depth * inputs, inputs};
  const auto array = read_array(file, {stacked, flat}, log);
  const bool is_csv = std::filesystem::path(file).extension() == ".csv";
  const bool fits =
      (!is_csv && array.shape == stacked) || ((is_csv || depth == 1) && array.shape == flat);
  if (!fits) {
    throw model::InputError(
        key, model::in_quotes(file),
        fmt::format("has shape {}, must be {}: {} layers of {} x {} inputs",
                    array.shape.empty() ? "()" : fmt::format("{}", fmt::join(array.shape, " x ")),
                    fmt::join(is_csv ? flat : stacked, " x "), depth, inputs, inputs));
  }
  std::vector<Eigen::MatrixXd> grams;
  for (std::int64_t layer = 0; layer < depth; ++layer) {
    // Symmetric matrices read the same by rows and by columns; asymmetric ones are refused below.
    grams.emplace_back(Eigen::Map<const Eigen::MatrixXd>(
        array.values.data() + layer * inputs * inputs, inputs, inputs));
  }
  try {
    return compare::predicted_layers(grams);
  } catch (const model::InputError& error) {
    throw model::InputError(fmt::format("{} (in {})", error.what(), model::in_quotes(file)));
  }
}

std::vector<compare::PredictedLayer> read_user_prediction(const std::string& file,
                                                          std::int64_t depth, std::int64_t inputs) {
  model::ReadLog unread;
  return read_user_prediction(file, depth, inputs, unread);
}

}  // namespace wideproof::app
