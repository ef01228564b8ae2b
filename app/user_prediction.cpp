// SPDX-License-Identifier: MIT
#include <wideproof/app/user_prediction.hpp>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <numeric>

#include <fmt/ranges.h>

#include <wideproof/app/hdf5_archive.hpp>
#include <wideproof/model/csv_file.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/npy_file.hpp>

namespace wideproof::app {
namespace {

constexpr const char* key = "compare.prediction";

/// The values are left out where there are not `count` of them.
model::NumericArray read_array(const std::string& file, std::int64_t count) {
  const auto suffix = std::filesystem::path(file).extension();
  if (suffix == ".npy") return model::read_npy(key, file);
  if (suffix == ".csv") return model::read_csv(key, file);
  if (suffix == ".h5" || suffix == ".hdf5") {
    const Hdf5Reader reader(key, file);
    const auto shape = reader.shape("/gram");
    const bool fits =
        std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>()) == count;
    return {shape, fits ? reader.numbers("/gram") : std::vector<double>()};
  }
  throw model::InputError(key, model::in_quotes(file),
                          "must be \"theory\" or a file that ends in .npy, .h5 or .csv");
}

}  // namespace

std::vector<compare::PredictedLayer> read_user_prediction(const std::string& file,
                                                          std::int64_t depth, std::int64_t inputs) {
  const auto array = read_array(file, depth * inputs * inputs);
  const std::vector<std::int64_t> stacked = {depth, inputs, inputs};
  const std::vector<std::int64_t> flat = {depth * inputs, inputs};
  const bool is_csv = std::filesystem::path(file).extension() == ".csv";
  const bool fits =
      (!is_csv && array.shape == stacked) || ((is_csv || depth == 1) && array.shape == flat);
  if (!fits) {
    throw model::InputError(
        key, model::in_quotes(file),
        fmt::format("has shape {}, must be {}: {} layers of {} x {} inputs",
                    fmt::join(array.shape, " x "), fmt::join(is_csv ? flat : stacked, " x "), depth,
                    inputs, inputs));
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

}  // namespace wideproof::app
