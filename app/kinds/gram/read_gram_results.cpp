// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/gram_results.hpp>

#include <limits>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/app/files/sparsity_archive.hpp>
#include <wideproof/app/kinds/gram/gram_results_layout.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/sparsity/sparsity_series.hpp>

namespace wideproof::app {
namespace {

model::Fluctuation read_fluctuation(const Hdf5Reader& file, std::size_t layers) {
  model::Fluctuation fluctuation;
  fluctuation.not_derived = file.text("/theory", "fluctuation_not_derived");
  fluctuation.bias_not_derived = file.text("/theory", "bias_not_derived");
  for (std::size_t l = 1; l <= layers; ++l) {
    const auto group = layer_group("/theory", l);
    if (!file.holds(group + "/gram_variance")) break;
    model::LayerFluctuation layer;
    layer.effective_neurons = file.number(group, "effective_neurons");
    layer.gram_variance = file.matrix(group + "/gram_variance");
    layer.correlation_variance = file.matrix(group + "/correlation_variance");
    if (file.holds(group + "/gram_bias")) {
      layer.gram_bias = file.matrix(group + "/gram_bias");
      layer.correlation_bias = file.matrix(group + "/correlation_bias");
    }
    fluctuation.layers.push_back(std::move(layer));
  }
  return fluctuation;
}

model::SampleMoments read_moments(const Hdf5Reader& file, const std::string& path) {
  return {file.matrix(path + "_mean"), file.matrix(path + "_variance")};
}

std::optional<double> optional_number(const Hdf5Reader& file, const std::string& group,
                                      const std::string& name) {
  return file.holds_attribute(group, name) ? std::optional(file.number(group, name)) : std::nullopt;
}

/// Of what older files do not hold.
std::int64_t integer_or_zero(const Hdf5Reader& file, const std::string& group,
                             const std::string& name) {
  return file.holds_attribute(group, name) ? file.integer(group, name) : 0;
}

model::ClassSeries read_series(const Hdf5Reader& file, const std::string& parent,
                               const std::vector<double>& widths) {
  model::ClassSeries series;
  series.classes = model::EntryClasses::from_labels(file.matrix(parent + "/classes").cast<int>());
  for (const double width : widths) {
    const auto number = static_cast<std::int64_t>(width);
    const auto read = [&](std::string_view name) {
      const auto path = fmt::format("{}/width_{}/{}", parent, number, name);
      return file.holds(path) ? file.matrix(path) : Eigen::MatrixXd();
    };
    series.widths.push_back({number, read("class_means"), read("reduced_class_means"),
                             read("gram_class_variances"), read("correlation_class_variances")});
  }
  return series;
}

model::Measurement read_measurement(const Hdf5Reader& file, const std::string& parent,
                                    const std::vector<double>& widths, std::size_t layers) {
  model::Measurement measurement;
  for (const double width : widths) {
    for (std::size_t l = 1; l <= layers; ++l) {
      const auto group =
          layer_group(fmt::format("{}/width_{}", parent, static_cast<std::int64_t>(width)), l);
      model::LayerMeasurement measured;
      measured.width = static_cast<std::int64_t>(width);
      measured.layer = static_cast<std::int64_t>(l);
      measured.replicates = file.integer(group, "replicates");
      measured.silent_networks = integer_or_zero(file, group, "silent_networks");
      measured.silent_kernels = integer_or_zero(file, group, "silent_kernels");
      measured.active_fraction_mean = file.number(group, "active_fraction_mean");
      measured.active_fraction_variance = file.number(group, "active_fraction_variance");
      measured.gram = read_moments(file, group + "/gram");
      measured.correlation = read_moments(file, group + "/correlation");
      if (file.holds(group + "/plain_gram_mean")) {
        measured.plain_gram = read_moments(file, group + "/plain_gram");
        measured.plain_correlation = read_moments(file, group + "/plain_correlation");
      }
      if (file.holds(group + "/next_kernel_mean")) {
        measured.next_kernel = read_moments(file, group + "/next_kernel");
        measured.next_correlation = read_moments(file, group + "/next_correlation");
      }
      measurement.push_back(std::move(measured));
    }
  }
  return measurement;
}

model::Prediction read_theory(const Hdf5Reader& file) {
  model::Prediction theory;
  theory.weight_variance = file.number("/theory", "weight_variance");
  theory.gram_scale = file.number("/theory", "gram_scale");
  theory.degree_of_correlation = file.number("/theory", "degree_of_correlation");
  theory.tau = optional_number(file, "/theory", "tau");
  theory.critical_degree_of_correlation =
      optional_number(file, "/theory", "critical_degree_of_correlation");
  for (std::size_t l = 1; file.holds(layer_group("/theory", l)); ++l) {
    const auto group = layer_group("/theory", l);
    model::LayerPrediction layer;
    layer.active_fraction = file.number(group, "active_fraction");
    if (const auto variance = optional_number(file, group, "weight_variance"))
      theory.layer_weight_variances.push_back(*variance);
    layer.gram = file.matrix(group + "/gram");
    layer.correlation = file.matrix(group + "/correlation");
    const auto take = [&](const char* name, Eigen::MatrixXd& matrix) {
      const auto path = fmt::format("{}/{}", group, name);
      if (file.holds(path)) matrix = file.matrix(path);
    };
    take("preactivation", layer.preactivation);
    take("preactivation_deficit", layer.preactivation_deficit);
    take("deficit", layer.deficit);
    take("separating_fraction", layer.separating_fraction);
    if (file.holds(group + "/next_kernel")) layer.next_kernel = file.matrix(group + "/next_kernel");
    theory.layers.push_back(std::move(layer));
  }
  theory.fluctuation = read_fluctuation(file, theory.layers.size());
  return theory;
}

/// Numbers that a file of an older version lacks are NaN.
Eigen::MatrixXd in_all_columns(const Eigen::MatrixXd& networks, Eigen::Index numbers) {
  const Eigen::Index layers = networks.cols() / numbers;
  Eigen::MatrixXd all = Eigen::MatrixXd::Constant(networks.rows(), layers * model::sparsity_numbers,
                                                  std::numeric_limits<double>::quiet_NaN());
  for (Eigen::Index l = 0; l < layers; ++l)
    all.middleCols(l * model::sparsity_numbers, numbers) =
        networks.middleCols(l * numbers, numbers);
  return all;
}

}  // namespace

compare::GramResults read_results(const std::string& path) {
  const Hdf5Reader file("results", path);
  if (const auto found = file.text("/", "schema"); found != results_schema) {
    throw model::InputError(fmt::format("results = {}: has schema {}, this version reads {}", path,
                                        found, results_schema));
  }
  compare::GramResults results;
  results.theory = read_theory(file);
  results.predicted_sparsity = read_predicted_sparsity(file, "/theory");
  for (std::size_t l = 1; file.holds(layer_group("/prediction", l)); ++l) {
    const auto group = layer_group("/prediction", l);
    compare::PredictedLayer layer;
    layer.gram = file.matrix(group + "/gram");
    layer.correlation = file.matrix(group + "/correlation");
    for (const auto& [name, member, description] : further_parts) {
      const auto part = fmt::format("{}/{}", group, name);
      if (file.holds(part)) layer.*member = file.matrix(part);
    }
    results.prediction.push_back(std::move(layer));
  }
  results.rounding = optional_number(file, "/prediction", "rounding").value_or(0.0);
  if (!file.holds("/measurement")) return results;
  const auto widths = file.numbers("/measurement/widths");
  results.series = read_series(file, "/measurement", widths);
  for (const double width : widths) {
    const auto number = static_cast<std::int64_t>(width);
    if (file.holds(sparsity_path(number)))
      results.sparsity.push_back(
          {number, in_all_columns(file.matrix(sparsity_path(number)),
                                  read_sparsity_numbers(file, "/measurement"))});
    if (file.holds(selectivity_path(number)))
      results.selectivity.push_back({number, file.matrix(selectivity_path(number))});
  }
  results.measurement = read_measurement(file, "/measurement", widths, results.prediction.size());
  if (file.holds("/against")) {
    const auto others = file.numbers("/against/widths");
    results.against_series = read_series(file, "/against", others);
    results.against = read_measurement(file, "/against", others, results.prediction.size());
  }
  return results;
}

}  // namespace wideproof::app
