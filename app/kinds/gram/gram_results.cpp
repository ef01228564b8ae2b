// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/gram_results.hpp>

#include <array>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/app/system/diagnostics.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

constexpr const char* results_schema = "wideproof.results/2";
constexpr const char* dimensionless = "1";

/// What a prediction may say beside its Gram.
struct FurtherPart {
  const char* name;
  Eigen::MatrixXd compare::PredictedLayer::*matrix;
  const char* description;
};

using compare::PredictedLayer;
constexpr std::array<FurtherPart, 7> further_parts = {
    {{"preactivation_deficit", &PredictedLayer::preactivation_deficit,
      "1 − K_ab/√(K_aa K_bb) of the network that was sampled"},
     {"deficit", &PredictedLayer::deficit, "1 − correlation of the network that was sampled"},
     {"separating_fraction", &PredictedLayer::separating_fraction,
      "fraction of neurons active for exactly one of the two inputs, in the network that was "
      "sampled"},
     {"gram_variance", &PredictedLayer::gram_variance,
      "width times the variance of one network's gram, in the limit"},
     {"correlation_variance", &PredictedLayer::correlation_variance,
      "width times the variance of one network's correlation, in the limit"},
     {"gram_bias", &PredictedLayer::gram_bias,
      "width times the mean gram's distance from its limit"},
     {"correlation_bias", &PredictedLayer::correlation_bias,
      "width times the mean correlation's distance from its limit"}}};

std::string layer_group(const std::string& parent, std::size_t layer) {
  return fmt::format("{}/layer_{}", parent, layer);
}

void write_theory(Hdf5Writer& file, const model::Prediction& theory) {
  file.attribute("/theory", "weight_variance", theory.weight_variance);
  file.attribute("/theory", "gram_scale", theory.gram_scale);
  file.attribute("/theory", "degree_of_correlation", theory.degree_of_correlation);
  if (theory.tau) file.attribute("/theory", "tau", *theory.tau);
  if (theory.critical_degree_of_correlation) {
    file.attribute("/theory", "critical_degree_of_correlation",
                   *theory.critical_degree_of_correlation);
  }
  for (std::size_t l = 1; l <= theory.layers.size(); ++l) {
    const auto& layer = theory.layers[l - 1];
    const auto group = layer_group("/theory", l);
    file.attribute(group, "active_fraction", layer.active_fraction);
    file.matrix(group + "/preactivation", layer.preactivation, "K: covariance of h between inputs",
                dimensionless);
    file.matrix(group + "/gram", layer.gram, "infinite-width Gram matrix over gram_scale",
                dimensionless);
    file.matrix(group + "/correlation", layer.correlation, "gram normalised to a unit diagonal",
                dimensionless);
    file.matrix(group + "/preactivation_deficit", layer.preactivation_deficit,
                "1 − K_ab/√(K_aa K_bb), which keeps its digits where inputs nearly coincide",
                dimensionless);
    file.matrix(group + "/deficit", layer.deficit, "1 − correlation, likewise", dimensionless);
    if (layer.separating_fraction.size() > 0) {
      file.matrix(group + "/separating_fraction", layer.separating_fraction,
                  "fraction of neurons active for exactly one of the two inputs", dimensionless);
    }
    if (layer.next_kernel.size() > 0) {
      file.matrix(group + "/next_kernel", layer.next_kernel,
                  "kernel the next layer sees, lateral filter included", dimensionless);
    }
  }
}

void write_fluctuation(Hdf5Writer& file, const model::Fluctuation& fluctuation) {
  file.attribute("/theory", "fluctuation_not_derived", fluctuation.not_derived);
  file.attribute("/theory", "bias_not_derived", fluctuation.bias_not_derived);
  for (std::size_t l = 1; l <= fluctuation.layers.size(); ++l) {
    const auto& layer = fluctuation.layers[l - 1];
    const auto group = layer_group("/theory", l);
    file.attribute(group, "effective_neurons", layer.effective_neurons);
    file.matrix(group + "/gram_variance", layer.gram_variance,
                "width times the variance of one network's gram, in the limit", dimensionless);
    file.matrix(group + "/correlation_variance", layer.correlation_variance,
                "width times the variance of one network's correlation, in the limit",
                dimensionless);
    if (layer.gram_bias.size() == 0) continue;
    file.matrix(group + "/gram_bias", layer.gram_bias,
                "width times the mean gram's distance from its limit", dimensionless);
    file.matrix(group + "/correlation_bias", layer.correlation_bias,
                "width times the mean correlation's distance from its limit", dimensionless);
  }
}

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

void write_moments(Hdf5Writer& file, const std::string& path, const model::SampleMoments& moments,
                   const std::string& what) {
  file.matrix(path + "_mean", moments.mean, what + ", mean over replicates", dimensionless);
  file.matrix(path + "_variance", moments.variance, what + ", variance of one network",
              dimensionless);
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

void write_series(Hdf5Writer& file, const model::ClassSeries& series) {
  file.matrix("/measurement/classes", series.classes.labels().cast<double>(),
              "class of each entry, by the inputs' cosine; the diagonal is class 0", dimensionless);
  for (const auto& width : series.widths) {
    const auto group = fmt::format("/measurement/width_{}", width.width);
    const auto write = [&](const std::string& name, const Eigen::MatrixXd& matrix,
                           const std::string& what) {
      if (matrix.size() == 0) return;
      file.matrix(fmt::format("{}/{}", group, name), matrix,
                  what + "; a column for each layer and class, layer by layer", dimensionless);
    };
    write("class_means", width.means, "each network's gram, mean over a class of entries");
    write("reduced_class_means", width.reduced, "the same less the control variates");
    write("gram_class_variances", width.gram_variances,
          "variance of one network's gram within a block, mean over a class of entries");
    write("correlation_class_variances", width.correlation_variances,
          "the same of the correlation");
  }
}

void write_extrapolation(Hdf5Writer& file, const compare::Extrapolation& extrapolation) {
  for (const auto& layer : extrapolation.layers) {
    const auto group = layer_group("/extrapolation", static_cast<std::size_t>(layer.layer));
    const auto write = [&](const std::string& name, const Eigen::MatrixXd& matrix,
                           const std::string& what) {
      file.matrix(fmt::format("{}/{}", group, name), matrix, what, dimensionless);
    };
    const auto& gram = layer.gram.estimate;
    const auto& correlation = layer.correlation.estimate;
    write("limit", gram.value, "gram, extrapolated to infinite width");
    write("standard_error", gram.standard_error, "of limit");
    write("correlation_limit", correlation.value, "correlation, extrapolated to infinite width");
    write("correlation_standard_error", correlation.standard_error, "of correlation_limit");
  }
}

model::ClassSeries read_series(const Hdf5Reader& file, const std::vector<double>& widths) {
  model::ClassSeries series;
  series.classes =
      model::EntryClasses::from_labels(file.matrix("/measurement/classes").cast<int>());
  for (const double width : widths) {
    const auto number = static_cast<std::int64_t>(width);
    const auto read = [&](std::string_view name) {
      const auto path = fmt::format("/measurement/width_{}/{}", number, name);
      return file.holds(path) ? file.matrix(path) : Eigen::MatrixXd();
    };
    series.widths.push_back({number, read("class_means"), read("reduced_class_means"),
                             read("gram_class_variances"), read("correlation_class_variances")});
  }
  return series;
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
    layer.preactivation = file.matrix(group + "/preactivation");
    layer.gram = file.matrix(group + "/gram");
    layer.correlation = file.matrix(group + "/correlation");
    const auto take = [&](const char* name, Eigen::MatrixXd& matrix) {
      const auto path = fmt::format("{}/{}", group, name);
      if (file.holds(path)) matrix = file.matrix(path);
    };
    take("preactivation_deficit", layer.preactivation_deficit);
    take("deficit", layer.deficit);
    take("separating_fraction", layer.separating_fraction);
    if (file.holds(group + "/next_kernel")) layer.next_kernel = file.matrix(group + "/next_kernel");
    theory.layers.push_back(std::move(layer));
  }
  theory.fluctuation = read_fluctuation(file, theory.layers.size());
  return theory;
}

}  // namespace

std::string to_hdf5(const compare::GramResults& results, const std::vector<std::int64_t>& widths,
                    const RunRecord& record,
                    const std::optional<compare::Extrapolation>& extrapolation) {
  Hdf5Writer file;
  file.attribute("/", "schema", std::string(results_schema));
  write_record(file, record);
  write_theory(file, results.theory);
  write_fluctuation(file, results.theory.fluctuation);
  for (std::size_t l = 1; l <= results.prediction.size(); ++l) {
    const auto group = layer_group("/prediction", l);
    const auto& layer = results.prediction[l - 1];
    file.matrix(group + "/gram", layer.gram, "prediction that was compared", dimensionless);
    file.matrix(group + "/correlation", layer.correlation, "gram normalised to a unit diagonal",
                dimensionless);
    for (const auto& [name, member, description] : further_parts) {
      if ((layer.*member).size() == 0) continue;
      file.matrix(fmt::format("{}/{}", group, name), layer.*member, description, dimensionless);
    }
  }
  std::vector<Eigen::MatrixXd> grams;
  for (const auto& layer : results.prediction) grams.push_back(layer.gram);
  file.stack("/gram", grams, "prediction that was compared, all layers", dimensionless);
  Eigen::MatrixXd width_row(
      1, static_cast<Eigen::Index>(results.measurement.empty() ? 0 : widths.size()));
  for (Eigen::Index i = 0; i < width_row.cols(); ++i) {
    width_row(0, i) = static_cast<double>(widths[static_cast<std::size_t>(i)]);
  }
  if (width_row.size() > 0) {
    file.matrix("/measurement/widths", width_row, "widths", "neurons");
    write_series(file, results.series);
  }
  for (const auto& measured : results.measurement) {
    const auto group = layer_group(fmt::format("/measurement/width_{}", measured.width),
                                   static_cast<std::size_t>(measured.layer));
    file.attribute(group, "replicates", measured.replicates);
    file.attribute(group, "silent_networks", measured.silent_networks);
    file.attribute(group, "silent_kernels", measured.silent_kernels);
    file.attribute(group, "active_fraction_mean", measured.active_fraction_mean);
    file.attribute(group, "active_fraction_variance", measured.active_fraction_variance);
    write_moments(file, group + "/gram", measured.gram, "Gram matrix over gram_scale");
    write_moments(file, group + "/correlation", measured.correlation,
                  "each network's gram normalised to a unit diagonal");
    if (measured.plain_gram.mean.size() > 0) {
      write_moments(file, group + "/plain_gram", measured.plain_gram,
                    "Gram matrix over gram_scale, without control variates");
      write_moments(file, group + "/plain_correlation", measured.plain_correlation,
                    "correlation, without control variates");
    }
    if (measured.next_kernel.mean.size() > 0) {
      write_moments(file, group + "/next_kernel", measured.next_kernel,
                    "kernel the next layer sees, lateral filter included");
      write_moments(file, group + "/next_correlation", measured.next_correlation,
                    "each network's next_kernel normalised to a unit diagonal");
    }
  }
  if (extrapolation) write_extrapolation(file, *extrapolation);
  return file.bytes();
}

compare::GramResults read_results(const std::string& path) {
  const Hdf5Reader file("results", path);
  if (const auto found = file.text("/", "schema"); found != results_schema) {
    throw model::InputError(fmt::format("results = {}: has schema {}, this version reads {}", path,
                                        found, results_schema));
  }
  compare::GramResults results;
  results.theory = read_theory(file);
  for (std::size_t l = 1; l <= results.theory.layers.size(); ++l) {
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
  if (!file.holds("/measurement")) return results;
  const auto widths = file.numbers("/measurement/widths");
  results.series = read_series(file, widths);
  for (const double width : widths) {
    for (std::size_t l = 1; l <= results.theory.layers.size(); ++l) {
      const auto group =
          layer_group(fmt::format("/measurement/width_{}", static_cast<std::int64_t>(width)), l);
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
      results.measurement.push_back(std::move(measured));
    }
  }
  return results;
}

}  // namespace wideproof::app
