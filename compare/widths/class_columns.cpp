// SPDX-License-Identifier: MIT
#include <wideproof/compare/widths/class_columns.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <wideproof/compare/matrices/layer_comparison.hpp>
#include <wideproof/compare/matrices/matrix_comparison.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::compare {
namespace {

double neurons_sampled(const model::ClassSeries& series) {
  double neurons = 0.0;
  for (const model::WidthSeries& at : series.widths)
    neurons += static_cast<double>(at.width) * static_cast<double>(at.means.rows());
  return neurons;
}

/// The first entry of each class.
std::vector<Entry> examples_of(Quantity quantity, const model::EntryClasses& classes) {
  std::vector<Entry> examples(static_cast<std::size_t>(classes.count()), {quantity, -1, -1});
  for (const Entry& entry : distinct_entries(Quantity::gram, classes.inputs())) {
    Entry& example = examples[static_cast<std::size_t>(classes.labels()(entry.row, entry.column))];
    if (example.row < 0) example = {quantity, entry.row, entry.column};
  }
  return examples;
}

/// Whether all entries of a class have limits.
bool has_limit(const PredictedLayer& prediction, Quantity quantity,
               const model::EntryClasses& classes, Eigen::Index label) {
  if (prediction.without_limit.size() == 0) return true;
  const Eigen::VectorXd share = classes.means(prediction.without_limit);
  return share[label] == 0.0 && (quantity == Quantity::gram || share[0] == 0.0);
}

std::vector<ClassColumn> columns_of(Quantity quantity, const model::ClassSeries& series,
                                    const std::vector<PredictedLayer>& predicted,
                                    const Options& options) {
  const double rare = rare_below(options, neurons_sampled(series));
  const Eigen::Index classes = series.classes.count();
  const bool has_norms = quantity == Quantity::gram && options.norms_are_predicted;
  const std::vector<Entry> examples =
      examples_of(has_norms ? Quantity::gram : Quantity::correlation, series.classes);
  std::vector<ClassColumn> columns;
  for (std::size_t layer = 0; layer < predicted.size(); ++layer) {
    const PredictedLayer& prediction = predicted[layer];
    const Eigen::VectorXd gram = series.classes.means(prediction.gram);
    const Eigen::VectorXd scale = series.classes.means(norm_scale(prediction.gram));
    const Eigen::VectorXd correlation = series.classes.means(prediction.correlation);
    for (Eigen::Index label = has_norms ? 0 : 1; label < classes; ++label) {
      if (!has_limit(prediction, quantity, series.classes, label)) continue;
      const Eigen::Index column = static_cast<Eigen::Index>(layer) * classes + label;
      double largest = std::abs(gram[label]);
      for (const model::WidthSeries& at : series.widths)
        largest = std::max(largest, std::abs(at.estimates().col(column).mean()));
      if (label > 0 && largest < rare * scale[label]) continue;
      const bool is_gram = quantity == Quantity::gram;
      columns.push_back({quantity, layer, label, examples[static_cast<std::size_t>(label)], column,
                         is_gram ? gram[label] : correlation[label], is_gram ? scale[label] : 1.0,
                         options.name(layer)});
    }
  }
  return columns;
}

}  // namespace

std::string name_of(const ClassColumn& column) {
  const MatrixName& matrix = column.matrix;
  if (column.label == 0) return fmt::format("{}, {}", matrix.name, matrix.diagonal);
  return fmt::format("{}, entries like {}", matrix.name, matrix.entry(column.example));
}

void check_series(const model::ClassSeries& series, const model::Measurement& measurement,
                  const std::vector<PredictedLayer>& predicted) {
  const std::size_t depth = predicted.size();
  const Eigen::Index inputs = predicted.front().gram.rows();
  if (series.classes.inputs() != inputs || series.widths.size() * depth != measurement.size())
    throw model::InputError(fmt::format(
        "the series of networks hold {} inputs at {} widths, but {} inputs at {} were compared",
        series.classes.inputs(), series.widths.size(), inputs, measurement.size() / depth));
  const Eigen::Index columns = static_cast<Eigen::Index>(depth) * series.classes.count();
  for (std::size_t w = 0; w < series.widths.size(); ++w) {
    const model::WidthSeries& at = series.widths[w];
    const model::LayerMeasurement& measured = measurement[w * depth];
    const bool fits = at.width == measured.width && at.means.rows() == measured.replicates &&
                      at.estimates().rows() == measured.replicates && at.means.cols() == columns &&
                      at.estimates().cols() == columns && at.gram_variances.cols() == columns &&
                      at.correlation_variances.cols() == columns &&
                      at.correlation_variances.rows() == at.gram_variances.rows();
    if (!fits)
      throw model::InputError(fmt::format(
          "the series of networks at width {} do not fit the measurement at width {}: {} × {} "
          "class means, where {} networks of {} layers and {} classes were measured",
          at.width, measured.width, at.means.rows(), at.means.cols(), measured.replicates, depth,
          series.classes.count()));
  }
}

bool is_finite(const model::ClassSeries& series) {
  return std::all_of(series.widths.begin(), series.widths.end(), [](const auto& at) {
    return at.estimates().allFinite() && at.gram_variances.allFinite() &&
           at.correlation_variances.allFinite();
  });
}

std::vector<ClassColumn> gram_columns(const model::ClassSeries& series,
                                      const std::vector<PredictedLayer>& predicted,
                                      const Options& options) {
  return columns_of(Quantity::gram, series, predicted, options);
}

std::vector<ClassColumn> correlation_columns(const model::ClassSeries& series,
                                             const std::vector<PredictedLayer>& predicted,
                                             const Options& options) {
  return columns_of(Quantity::correlation, series, predicted, options);
}

std::vector<ClassColumn> judged_only(std::vector<ClassColumn> columns, const JudgedPairs& judged) {
  std::erase_if(columns, [&judged](const ClassColumn& column) {
    return judged.of_class(column.layer, column.label) != PairStatus::judged;
  });
  return columns;
}

Eigen::MatrixXd rows_of(const model::WidthSeries& width, const std::vector<ClassColumn>& columns) {
  const Eigen::MatrixXd& all = width.estimates();
  Eigen::MatrixXd rows(all.rows(), static_cast<Eigen::Index>(columns.size()));
  for (Eigen::Index k = 0; k < rows.cols(); ++k)
    rows.col(k) = all.col(columns[static_cast<std::size_t>(k)].column);
  return rows;
}

WidthVectors class_means(const model::ClassSeries& series, const std::vector<ClassColumn>& columns,
                         const Options& options) {
  WidthVectors vectors;
  vectors.weights.resize(static_cast<Eigen::Index>(series.widths.size()));
  for (const model::WidthSeries& at : series.widths) {
    vectors.weights[static_cast<Eigen::Index>(vectors.at.size())] =
        static_cast<double>(at.width) * static_cast<double>(at.means.rows());
    vectors.widths.push_back(at.width);
    VectorEstimate mean = mean_of_rows(rows_of(at, columns));
    for (std::size_t k = 0; k < columns.size(); ++k)
      mean.covariance.diagonal()[static_cast<Eigen::Index>(k)] +=
          std::pow(options.rounding * columns[k].scale, 2);
    vectors.at.push_back(std::move(mean));
  }
  return vectors;
}

}  // namespace wideproof::compare
