// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/user_prediction.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <initializer_list>

#include <fmt/ranges.h>

#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/model/files/byte_reader.hpp>
#include <wideproof/model/files/csv_file.hpp>
#include <wideproof/model/files/npy_file.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/recursion/grams_of_kernels.hpp>

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
  // Where a number is not finite, predicted_layers() tells by layer, row and column.
  if (suffix == ".npy") return model::read_npy(key, file, log, model::NonFinite::kept);
  if (suffix == ".csv") return model::read_csv(key, file, log, model::NonFinite::kept);
  if (suffix == ".h5" || suffix == ".hdf5") return read_hdf5(file, shapes, log);
  throw model::InputError(key, model::in_quotes(file),
                          "must be \"theory\" or a file that ends in .npy, .h5 or .csv");
}

using Layers = std::vector<compare::PredictedLayer>;

Layers read_kernels(const model::Experiment& experiment, const model::Prediction& theory,
                    const Layers& layers) {
  std::vector<Eigen::MatrixXd> kernels;
  for (const auto& layer : layers) kernels.push_back(layer.gram);
  try {
    return compare::predicted_layers(
        theory::grams_of_kernels(experiment.network(), theory, kernels));
  } catch (const model::InputError& error) {
    throw model::InputError(fmt::format(
        "{} (what is left of {} without weight and bias variance and lateral filters, which "
        "compare.prediction_kind = \"kernel\" says are in it)",
        error.what(), model::in_quotes(experiment.compare().prediction)));
  }
}

Layers read_correlations(const std::string& path, Layers layers) {
  constexpr double rounding = 1e-5;
  const std::string file = model::in_quotes(path);
  for (std::size_t l = 0; l < layers.size(); ++l) {
    auto& gram = layers[l].gram;
    if (gram.rows() < 2)
      throw model::InputError(
          key, file,
          "holds the correlation of one input with itself, which predicts "
          "nothing: compare.prediction_kind = \"correlation\" needs two inputs");
    for (Eigen::Index a = 0; a < gram.rows(); ++a) {
      if (std::abs(gram(a, a) - 1) <= rounding) continue;
      throw model::InputError(
          fmt::format("{}, layer {}: correlation({},{}) = {}: must be 1, as "
                      "compare.prediction_kind = \"correlation\" says (in {})",
                      key, l + 1, a + 1, a + 1, gram(a, a), file));
    }
    gram = layers[l].correlation;
  }
  return layers;
}

/// "2 layers"; "3 matrices, from tangent kernel of layer 1 to tangent kernel of the output,"
std::string matrices_text(const std::vector<compare::MatrixName>& names, std::int64_t count) {
  if (names.empty()) return fmt::format("{} layer{}", count, count == 1 ? "" : "s");
  if (count == 1) return fmt::format("the {},", names.front().name);
  return fmt::format("{} matrices, from {} to {},", count, names.front().name, names.back().name);
}

/// The file's matrices: P × P each or, where the last `second` of the P inputs are a second set and
/// the file says so by its shape, of the first with the second, P − second × second.
std::vector<Eigen::MatrixXd> read_matrices(const std::string& file, std::int64_t depth,
                                           std::int64_t inputs, std::int64_t second,
                                           model::ReadLog& log,
                                           const std::vector<compare::MatrixName>& names) {
  const std::int64_t first = inputs - second;
  const Shape stacked = {depth, inputs, inputs};
  const Shape flat = {depth * inputs, inputs};
  const Shape stacked_block = {depth, first, second};
  const Shape flat_block = {depth * first, second};
  const auto array = second > 0 ? read_array(file, {stacked, flat, stacked_block, flat_block}, log)
                                : read_array(file, {stacked, flat}, log);
  const bool is_csv = std::filesystem::path(file).extension() == ".csv";
  const auto is = [&](const Shape& of_stack, const Shape& of_lines) {
    return (!is_csv && array.shape == of_stack) ||
           ((is_csv || depth == 1) && array.shape == of_lines);
  };
  const bool is_block = second > 0 && is(stacked_block, flat_block);
  if (!is_block && !is(stacked, flat)) {
    const auto text = [](const Shape& shape) { return fmt::format("{}", fmt::join(shape, " x ")); };
    throw model::InputError(
        key, model::in_quotes(file),
        fmt::format("has shape {}, must be {}: {} of {} x {} inputs{}",
                    array.shape.empty() ? "()" : text(array.shape), text(is_csv ? flat : stacked),
                    matrices_text(names, depth), inputs, inputs,
                    second > 0 ? fmt::format(", or {}, of the first set with the second",
                                             text(is_csv ? flat_block : stacked_block))
                               : ""));
  }
  const std::int64_t rows = is_block ? first : inputs;
  const std::int64_t columns = is_block ? second : inputs;
  std::vector<Eigen::MatrixXd> matrices;
  for (std::int64_t layer = 0; layer < depth; ++layer) {
    using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    matrices.emplace_back(
        Eigen::Map<const RowMajor>(array.values.data() + layer * rows * columns, rows, columns));
  }
  return matrices;
}

Layers layers_of(const std::vector<Eigen::MatrixXd>& matrices, const std::string& file,
                 const std::vector<compare::MatrixName>& names = {}) {
  try {
    return compare::predicted_layers(matrices, names);
  } catch (const model::InputError& error) {
    throw model::InputError(fmt::format("{} (in {})", error.what(), model::in_quotes(file)));
  }
}

/// Of blocks of the first set with the second: the theory's matrices of that kind, with them in
/// place of its own.
std::vector<Eigen::MatrixXd> completed(const model::Experiment& experiment,
                                       const model::Prediction& theory,
                                       const std::vector<Eigen::MatrixXd>& blocks) {
  const auto kind = experiment.compare().prediction_kind;
  std::vector<Eigen::MatrixXd> matrices;
  for (const auto& layer : theory.layers)
    matrices.push_back(kind == model::PredictionKind::correlation ? layer.correlation : layer.gram);
  if (kind == model::PredictionKind::kernel)
    matrices = theory::kernels_of_grams(experiment.network(), theory, matrices);
  for (std::size_t l = 0; l < blocks.size(); ++l) {
    const auto& block = blocks[l];
    matrices[l].topRightCorner(block.rows(), block.cols()) = block;
    matrices[l].bottomLeftCorner(block.cols(), block.rows()) = block.transpose();
  }
  return matrices;
}

}  // namespace

std::vector<compare::PredictedLayer> read_user_prediction(
    const std::string& file, std::int64_t depth, std::int64_t inputs, model::ReadLog& log,
    const std::vector<compare::MatrixName>& names) {
  return layers_of(read_matrices(file, depth, inputs, 0, log, names), file, names);
}

std::vector<compare::PredictedLayer> read_user_prediction(const std::string& file,
                                                          std::int64_t depth, std::int64_t inputs) {
  model::ReadLog unread;
  return read_user_prediction(file, depth, inputs, unread);
}

std::vector<compare::PredictedLayer> user_prediction(const model::Experiment& experiment,
                                                     const model::Prediction& theory,
                                                     std::int64_t second, model::ReadLog& log) {
  const std::string& file = experiment.compare().prediction;
  const Eigen::Index inputs = theory.layers.front().gram.rows();
  auto matrices = read_matrices(file, experiment.network().depth(), inputs, second, log, {});
  if (matrices.front().rows() != inputs) matrices = completed(experiment, theory, matrices);
  auto layers = layers_of(matrices, file);
  switch (experiment.compare().prediction_kind) {
    case model::PredictionKind::kernel:
      return read_kernels(experiment, theory, layers);
    case model::PredictionKind::correlation:
      return read_correlations(file, std::move(layers));
    case model::PredictionKind::gram:
    case model::PredictionKind::tangent:
      break;
  }
  return layers;
}

std::vector<compare::PredictedLayer> user_prediction(const model::Experiment::Compare& compare,
                                                     std::int64_t depth, std::int64_t inputs,
                                                     model::ReadLog& log) {
  auto layers = read_user_prediction(compare.prediction, depth, inputs, log);
  return compare.prediction_kind == model::PredictionKind::correlation
             ? read_correlations(compare.prediction, std::move(layers))
             : layers;
}

compare::Likeness likeness_of(const model::Experiment& experiment, const model::Prediction& theory,
                              const std::vector<compare::PredictedLayer>& prediction) {
  const auto kind = experiment.compare().prediction_kind;
  if (kind != model::PredictionKind::kernel)
    return compare::likeness(theory, prediction, kind != model::PredictionKind::correlation);
  std::vector<Eigen::MatrixXd> grams, own;
  for (const auto& layer : theory.layers) grams.push_back(layer.gram);
  for (const auto& layer : prediction) own.push_back(layer.gram);
  const auto kernels_of = [&](const std::vector<Eigen::MatrixXd>& matrices) {
    return theory::kernels_of_grams(experiment.network(), theory, matrices);
  };
  return compare::likeness_of_kernels(theory, kernels_of(grams), kernels_of(own));
}

}  // namespace wideproof::app
