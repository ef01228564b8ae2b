// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/tables.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>

#include <fmt/format.h>
#include <wideproof/compare/matrices/rounding.hpp>

namespace wideproof::report {
namespace {

std::string exponent_fields(const std::optional<compare::Exponent>& exponent) {
  if (!exponent) return ",,";
  return fmt::format("{},{},{}", exponent->value, exponent->low, exponent->high);
}

/// Of matrix number `layer`, from 1.
std::string key_of(const compare::Assessment& assessment, std::int64_t layer) {
  return assessment.options.name(static_cast<std::size_t>(layer) - 1).key;
}

double shown(double number, const Eigen::MatrixXd& scale, Eigen::Index a, Eigen::Index b) {
  return compare::without_rounding(number, scale(a, b));
}

}  // namespace

bool lists_entries(const model::Measurement& measurement) {
  constexpr std::size_t most_lines = 100'000;
  if (measurement.empty()) return true;
  const auto inputs = measurement.front().gram.mean.rows();
  // kernel.csv holds both.
  const auto entries = distinct_entries(compare::Quantity::gram, inputs).size() +
                       distinct_entries(compare::Quantity::correlation, inputs).size();
  return entries * measurement.size() <= most_lines;
}

std::string width_table(const compare::Assessment& assessment, compare::Quantity quantity) {
  std::string table = "width,layer,row,column,predicted,mean,standard_error,z\n";
  for (const compare::WidthComparison& at : assessment.widths) {
    const compare::MatrixComparison& matrix = at.comparison.matrix(quantity);
    for (const auto& [kind, a, b] : distinct_entries(quantity, matrix.predicted.rows()))
      fmt::format_to(std::back_inserter(table), "{},{},{},{},{},{},{},{}\n", at.width,
                     key_of(assessment, at.comparison.layer), a, b,
                     shown(matrix.predicted(a, b), matrix.scale, a, b),
                     shown(matrix.estimate.value(a, b), matrix.scale, a, b),
                     matrix.estimate.standard_error(a, b),
                     compare::without_rounding(matrix.z(a, b)));
  }
  return table;
}

std::string kernel_table(const model::Prediction& theory, const model::Measurement& measurement) {
  std::string table = "width,layer,quantity,row,column,predicted,mean,standard_error,z\n";
  const auto add = [&](const model::LayerMeasurement& at, const char* quantity,
                       compare::Quantity kind, const Eigen::MatrixXd& predicted,
                       const model::SampleMoments& measured, std::int64_t networks) {
    const Eigen::MatrixXd error = measured.standard_error(networks);
    const Eigen::MatrixXd scale = compare::norm_scale(predicted);
    for (const auto& [entry_quantity, a, b] : distinct_entries(kind, predicted.rows()))
      fmt::format_to(
          std::back_inserter(table), "{},{},{},{},{},{},{},{},{}\n", at.width, at.layer + 1,
          quantity, a, b, shown(predicted(a, b), scale, a, b),
          shown(measured.mean(a, b), scale, a, b), error(a, b),
          compare::without_rounding((measured.mean(a, b) - predicted(a, b)) / error(a, b)));
  };
  for (const model::LayerMeasurement& at : measurement) {
    if (at.next_kernel.mean.size() == 0) continue;
    const Eigen::MatrixXd& kernel =
        theory.layers[static_cast<std::size_t>(at.layer) - 1].next_kernel;
    const Eigen::VectorXd inverse_norm = kernel.diagonal().cwiseSqrt().cwiseInverse();
    add(at, "kernel", compare::Quantity::gram, kernel, at.next_kernel, at.replicates);
    add(at, "correlation", compare::Quantity::correlation,
        inverse_norm.asDiagonal() * kernel * inverse_norm.asDiagonal(), at.next_correlation,
        at.next_correlation_replicates());
  }
  return table;
}

std::string relative_variance_table(const compare::Assessment& assessment) {
  std::string table = "width,layer,row,column,relative_variance_times_width,predicted\n";
  for (const compare::WidthComparison& at : assessment.widths) {
    const Eigen::MatrixXd& matrix = at.relative_variance_times_width;
    const Eigen::MatrixXd& predicted = at.predicted_relative_variance_times_width;
    for (const auto& [kind, a, b] : distinct_entries(compare::Quantity::gram, matrix.rows()))
      fmt::format_to(std::back_inserter(table), "{},{},{},{},{},{}\n", at.width,
                     key_of(assessment, at.comparison.layer), a, b, matrix(a, b),
                     predicted.size() > 0 ? fmt::format("{}", predicted(a, b)) : "");
  }
  return table;
}

std::string extrapolation_table(const compare::Assessment& assessment) {
  std::string table = "layer,row,column,quantity,limit,standard_error,predicted,z,p_adjusted\n";
  if (!assessment.extrapolation) return table;
  for (const compare::LayerComparison& layer : assessment.extrapolation->layers) {
    for (const compare::Quantity quantity :
         {compare::Quantity::gram, compare::Quantity::correlation}) {
      if (quantity == compare::Quantity::gram && !assessment.options.norms_are_predicted) continue;
      const compare::MatrixComparison& matrix = layer.matrix(quantity);
      for (const compare::Entry& entry : distinct_entries(quantity, matrix.predicted.rows())) {
        if (!layer.has_limit(entry)) continue;
        const auto [kind, a, b] = entry;
        fmt::format_to(std::back_inserter(table), "{},{},{},{},{},{},{},{},{}\n",
                       key_of(assessment, layer.layer), a, b, name_of(quantity),
                       shown(matrix.estimate.value(a, b), matrix.scale, a, b),
                       matrix.estimate.standard_error(a, b),
                       shown(matrix.predicted(a, b), matrix.scale, a, b),
                       compare::without_rounding(matrix.z(a, b)), matrix.p_adjusted(a, b));
      }
    }
  }
  return table;
}

std::string convergence_table(const compare::Assessment& assessment) {
  std::string table =
      "layer,fluctuation_exponent,fluctuation_low,fluctuation_high,"
      "bias_exponent,bias_low,bias_high\n";
  for (const compare::LayerConvergence& layer : assessment.convergence)
    fmt::format_to(std::back_inserter(table), "{},{},{}\n", key_of(assessment, layer.layer),
                   exponent_fields(layer.fluctuation), exponent_fields(layer.bias));
  return table;
}

std::string fluctuation_limit_table(const compare::Assessment& assessment) {
  std::string table = "layer,quantity,row,column,predicted,limit,low,high\n";
  if (!assessment.fluctuation) return table;
  for (const auto& [column, value, low, high] : fluctuation_limits(*assessment.fluctuation))
    fmt::format_to(std::back_inserter(table), "{},{},{},{},{},{},{},{}\n", column.matrix.key,
                   name_of(column.quantity), column.example.row, column.example.column,
                   column.predicted, value, low, high);
  return table;
}

}  // namespace wideproof::report
