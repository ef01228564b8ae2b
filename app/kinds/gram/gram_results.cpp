// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/gram_results.hpp>

#include <utility>

#include <fmt/format.h>

#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/app/files/sparsity_archive.hpp>
#include <wideproof/app/kinds/gram/gram_results_layout.hpp>

namespace wideproof::app {
namespace {

constexpr const char* dimensionless = "1";

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
    if (!theory.layer_weight_variances.empty())
      file.attribute(group, "weight_variance", theory.layer_weight_variances[l - 1]);
    if (layer.preactivation.size() > 0)
      file.matrix(group + "/preactivation", layer.preactivation,
                  "K: covariance of h between inputs", dimensionless);
    file.matrix(group + "/gram", layer.gram, "infinite-width Gram matrix over gram_scale",
                dimensionless);
    file.matrix(group + "/correlation", layer.correlation, "gram normalised to a unit diagonal",
                dimensionless);
    if (layer.preactivation_deficit.size() > 0)
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

void write_moments(Hdf5Writer& file, const std::string& path, const model::SampleMoments& moments,
                   const std::string& what) {
  file.matrix(path + "_mean", moments.mean, what + ", mean over replicates", dimensionless);
  file.matrix(path + "_variance", moments.variance, what + ", variance of one network",
              dimensionless);
}

void write_series(Hdf5Writer& file, const std::string& parent, const model::ClassSeries& series) {
  file.matrix(parent + "/classes", series.classes.labels().cast<double>(),
              "class of each entry, by the inputs' cosine; the diagonal is class 0", dimensionless);
  for (const auto& width : series.widths) {
    const auto group = fmt::format("{}/width_{}", parent, width.width);
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

std::vector<std::int64_t> widths_of(const model::ClassSeries& series) {
  std::vector<std::int64_t> widths;
  for (const auto& at : series.widths) widths.push_back(at.width);
  return widths;
}

void write_measurement(Hdf5Writer& file, const std::string& parent,
                       const model::Measurement& measurement, const model::ClassSeries& series,
                       const std::vector<std::int64_t>& widths) {
  Eigen::MatrixXd width_row(1, static_cast<Eigen::Index>(widths.size()));
  for (Eigen::Index i = 0; i < width_row.cols(); ++i) {
    width_row(0, i) = static_cast<double>(widths[static_cast<std::size_t>(i)]);
  }
  file.matrix(parent + "/widths", width_row, "widths", "neurons");
  write_series(file, parent, series);
  for (const auto& measured : measurement) {
    const auto group = layer_group(fmt::format("{}/width_{}", parent, measured.width),
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
}

void write_extrapolation(Hdf5Writer& file, const compare::Extrapolation& extrapolation) {
  for (const auto& layer : extrapolation.layers) {
    const auto group = layer_group("/extrapolation", static_cast<std::size_t>(layer.layer));
    const auto write = [&](const std::string& name, const Eigen::MatrixXd& matrix,
                           const std::string& what) {
      if (matrix.size() == 0) return;
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

void write_sparsity(Hdf5Writer& file, const compare::GramResults& results) {
  write_predicted_sparsity(file, "/theory", results.predicted_sparsity);
  if (!results.sparsity.empty()) write_sparsity_numbers(file, "/measurement");
  for (const auto& width : results.sparsity) {
    file.matrix(sparsity_path(width.width), width.networks,
                "each network's hoyer, treves_rolls, lifetime, active_fraction, silent neurons, "
                "silent inputs and unit_hoyer; a column for each layer and number, layer by layer",
                dimensionless);
  }
  for (const auto& width : results.selectivity) {
    file.matrix(selectivity_path(width.width), width.networks,
                "each network's ccmas, class_selectivity and eta_squared, and the same of classes "
                "dealt out at random; a column for each layer and number, layer by layer",
                dimensionless);
  }
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
  if (results.rounding > 0) file.attribute("/prediction", "rounding", results.rounding);
  if (!results.measurement.empty())
    write_measurement(file, "/measurement", results.measurement, results.series, widths);
  if (!results.against.empty())
    write_measurement(file, "/against", results.against, results.against_series,
                      widths_of(results.against_series));
  write_sparsity(file, results);
  if (extrapolation) write_extrapolation(file, *extrapolation);
  return file.bytes();
}

}  // namespace wideproof::app
