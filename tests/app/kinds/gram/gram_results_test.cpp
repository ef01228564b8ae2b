// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/gram_results.hpp>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <thread>

#include <H5Cpp.h>

#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/model/inputs/inputs.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

constexpr std::int64_t inputs = 3;

/// Every number another one, none of them round.
Eigen::MatrixXd next() {
  static double last = 0;
  Eigen::MatrixXd matrix(inputs, inputs);
  for (Eigen::Index i = 0; i < matrix.size(); ++i) matrix(i) = 1 / (last += 3);
  return matrix;
}

RunRecord record() {
  return {.experiment = "[study]\nname = 'x'\n",
          .inputs = {"csv:x.csv", 3, 2},
          .files = {{"inputs.file", "x.csv", "ab12"}, {"compare.prediction", "p.npy", "cd34"}},
          .made_by = {.version = "1", .commit = "2", .libtorch = "3", .compiler = "4"}};
}

compare::GramResults invented() {
  compare::GramResults results;
  for (int layer = 1; layer <= 2; ++layer) {
    const Eigen::MatrixXd next_kernel = layer == 1 ? next() : Eigen::MatrixXd();
    results.theory.layers.push_back({.preactivation = next(),
                                     .gram = next(),
                                     .correlation = next(),
                                     .preactivation_deficit = next(),
                                     .deficit = next(),
                                     .next_kernel = next_kernel,
                                     .separating_fraction = next(),
                                     .active_fraction = layer / 7.});
    results.prediction.push_back(
        {next(), next(), next(), next(), next(), next(), next(), next(), next(), next()});
  }
  results.theory.weight_variance = 1 / 3.;
  results.theory.gram_scale = 1 / 7.;
  results.theory.degree_of_correlation = 1 / 11.;
  results.theory.tau = 1 / 13.;
  for (const std::int64_t width : {32, 64}) {
    for (std::int64_t layer = 1; layer <= 2; ++layer) {
      const model::SampleMoments after =
          layer == 1 ? model::SampleMoments{next(), next()} : model::SampleMoments{};
      results.measurement.push_back(
          {width,
           layer,
           5,
           {next(), next()},
           {next(), next()},
           {next(), next()},
           {next(), next()},
           after,
           1 / 17.,
           1 / 19.,
           after.mean.size() > 0 ? model::SampleMoments{next(), next()} : model::SampleMoments{},
           layer,
           layer + 1});
    }
    results.series.widths.push_back({width, next(), next(), next(), next()});
  }
  results.series.classes = model::EntryClasses(model::circle_inputs(inputs).cosines());
  for (int layer = 1; layer <= 2; ++layer) {
    results.theory.fluctuation.layers.push_back({next(), next(), next(), next(), layer / 23.});
  }
  results.theory.fluctuation.not_derived = "why, in a sentence";
  return results;
}

using ResultsFile = model::InputFiles;

TEST_F(ResultsFile, ReadsBackSelectivity) {
  auto before = invented();
  auto& layer = before.predicted_sparsity.layers.emplace_back();
  layer.eta_squared = model::WideNumber{.2, .3, std::nullopt};
  layer.null_eta_squared = .1;
  layer.ccmas = model::DrawnNumber{.5, .001};
  layer.null_class_selectivity = model::DrawnNumber{.4, .002};
  before.selectivity = {{32, Eigen::MatrixXd::Random(4, 2 * model::selectivity_numbers)}};
  const auto after = read_results(write("results.h5", to_hdf5(before, {32, 64}, record())));
  ASSERT_EQ(after.selectivity.size(), 1U);
  EXPECT_EQ(after.selectivity[0].width, 32);
  EXPECT_EQ(after.selectivity[0].networks, before.selectivity[0].networks);
  const auto& read = after.predicted_sparsity.layers.at(0);
  EXPECT_EQ(read.eta_squared->value, .2);
  EXPECT_EQ(read.eta_squared->variance, .3);
  EXPECT_EQ(read.null_eta_squared, .1);
  EXPECT_EQ(read.ccmas->value, .5);
  EXPECT_EQ(read.ccmas->standard_error, .001);
  EXPECT_EQ(read.null_class_selectivity->value, .4);
  EXPECT_FALSE(read.class_selectivity);
}

/// Runs of older versions have none, and are read all the same.
TEST_F(ResultsFile, ReadsBackSparsityOrNone) {
  auto before = invented();
  const auto without = read_results(write("old.h5", to_hdf5(before, {32, 64}, record())));
  EXPECT_TRUE(without.sparsity.empty());
  EXPECT_TRUE(without.predicted_sparsity.layers.empty());
  for (const double x : {1 / 3., 1 / 7.}) {
    model::LayerSparsity layer;
    layer.hoyer = {x, 2 * x, 3 * x};
    layer.hoyer_variance_of_one = 4 * x;
    layer.treves_rolls = {5 * x, std::nullopt, 6 * x};
    if (x < .2) layer.lifetime = model::WideNumber{7 * x, 8 * x, std::nullopt};
    layer.active_fraction = 9 * x;
    before.predicted_sparsity.layers.push_back(layer);
  }
  before.predicted_sparsity.not_derived = "why, in a sentence";
  for (const std::int64_t width : {32, 64})
    before.sparsity.push_back(
        {width, Eigen::MatrixXd::Random(inputs, 2 * model::sparsity_numbers)});
  before.sparsity[1].networks(1, 2) = std::numeric_limits<double>::quiet_NaN();
  const auto after = read_results(write("results.h5", to_hdf5(before, {32, 64}, record())));
  ASSERT_EQ(after.sparsity.size(), 2U);
  EXPECT_EQ(after.sparsity[0].width, 32);
  EXPECT_EQ(after.sparsity[0].networks, before.sparsity[0].networks);
  EXPECT_TRUE(std::isnan(after.sparsity[1].networks(1, 2)));
  EXPECT_EQ(after.predicted_sparsity.not_derived, "why, in a sentence");
  ASSERT_EQ(after.predicted_sparsity.layers.size(), 2U);
  for (std::size_t l = 0; l < 2; ++l) {
    const auto& read = after.predicted_sparsity.layers[l];
    const auto& written = before.predicted_sparsity.layers[l];
    EXPECT_EQ(read.hoyer.value, written.hoyer.value);
    EXPECT_EQ(read.hoyer.variance, written.hoyer.variance);
    EXPECT_EQ(read.hoyer.bias, written.hoyer.bias);
    EXPECT_EQ(read.hoyer_variance_of_one, written.hoyer_variance_of_one);
    EXPECT_EQ(read.treves_rolls.variance, std::nullopt);
    EXPECT_EQ(read.treves_rolls.bias, written.treves_rolls.bias);
    EXPECT_EQ(read.lifetime.has_value(), written.lifetime.has_value());
    EXPECT_EQ(read.active_fraction, written.active_fraction);
  }
  EXPECT_TRUE(after.selectivity.empty());
  // Of the version before this, which had no Hoyer's sparseness of neurons.
  constexpr Eigen::Index numbers = 6;
  const Eigen::MatrixXd old = Eigen::MatrixXd::Random(inputs, 2 * numbers);
  before.sparsity = {{32, old}};
  const auto path = write("before.h5", to_hdf5(before, {32, 64}, record()));
  H5::H5File(path, H5F_ACC_RDWR).openGroup("/measurement").removeAttr("sparsity_numbers");
  const auto of_old = read_results(path).sparsity.at(0);
  EXPECT_EQ(of_old.layers(), 2);
  for (const auto layer : {1, 2}) {
    EXPECT_EQ(of_old.of(layer, model::SparsityNumber::lifetime),
              old.col((layer - 1) * numbers + 2));
    EXPECT_TRUE(of_old.of(layer, model::SparsityNumber::unit_hoyer).array().isNaN().all());
  }
  EXPECT_EQ(after.predicted_sparsity.layers[1].lifetime->variance, 8 / 7.);
}

TEST_F(ResultsFile, ReadsBackTheSameBits) {
  const auto before = invented();
  const auto after = read_results(write("results.h5", to_hdf5(before, {32, 64}, record())));
  ASSERT_EQ(after.theory.layers.size(), 2U);
  ASSERT_EQ(after.prediction.size(), 2U);
  ASSERT_EQ(after.measurement.size(), 4U);
  EXPECT_EQ(after.theory.weight_variance, before.theory.weight_variance);
  EXPECT_EQ(after.theory.gram_scale, before.theory.gram_scale);
  EXPECT_EQ(after.theory.degree_of_correlation, before.theory.degree_of_correlation);
  EXPECT_EQ(after.theory.tau, before.theory.tau);
  EXPECT_EQ(after.theory.critical_degree_of_correlation, std::nullopt);
  for (std::size_t l = 0; l < 2; ++l) {
    EXPECT_EQ(after.theory.layers[l].preactivation, before.theory.layers[l].preactivation);
    EXPECT_EQ(after.theory.layers[l].gram, before.theory.layers[l].gram);
    EXPECT_EQ(after.theory.layers[l].correlation, before.theory.layers[l].correlation);
    EXPECT_EQ(after.theory.layers[l].preactivation_deficit,
              before.theory.layers[l].preactivation_deficit);
    EXPECT_EQ(after.theory.layers[l].deficit, before.theory.layers[l].deficit);
    EXPECT_EQ(after.theory.layers[l].separating_fraction,
              before.theory.layers[l].separating_fraction);
    EXPECT_EQ(after.theory.layers[l].next_kernel, before.theory.layers[l].next_kernel);
    EXPECT_EQ(after.theory.layers[l].active_fraction, before.theory.layers[l].active_fraction);
    EXPECT_EQ(after.prediction[l].gram, before.prediction[l].gram);
    EXPECT_EQ(after.prediction[l].correlation, before.prediction[l].correlation);
    EXPECT_EQ(after.prediction[l].preactivation_deficit,
              before.prediction[l].preactivation_deficit);
    EXPECT_EQ(after.prediction[l].deficit, before.prediction[l].deficit);
    EXPECT_EQ(after.prediction[l].separating_fraction, before.prediction[l].separating_fraction);
    EXPECT_EQ(after.prediction[l].gram_variance, before.prediction[l].gram_variance);
    EXPECT_EQ(after.prediction[l].correlation_variance, before.prediction[l].correlation_variance);
    EXPECT_EQ(after.prediction[l].gram_bias, before.prediction[l].gram_bias);
    EXPECT_EQ(after.prediction[l].correlation_bias, before.prediction[l].correlation_bias);
  }
  for (std::size_t i = 0; i < 4; ++i) {
    const auto& is = after.measurement[i];
    const auto& was = before.measurement[i];
    EXPECT_EQ(is.width, was.width);
    EXPECT_EQ(is.layer, was.layer);
    EXPECT_EQ(is.replicates, was.replicates);
    EXPECT_EQ(is.silent_networks, was.silent_networks);
    EXPECT_EQ(is.silent_kernels, was.silent_kernels);
    EXPECT_EQ(is.gram.mean, was.gram.mean);
    EXPECT_EQ(is.gram.variance, was.gram.variance);
    EXPECT_EQ(is.correlation.mean, was.correlation.mean);
    EXPECT_EQ(is.correlation.variance, was.correlation.variance);
    EXPECT_EQ(is.plain_gram.mean, was.plain_gram.mean);
    EXPECT_EQ(is.plain_gram.variance, was.plain_gram.variance);
    EXPECT_EQ(is.plain_correlation.mean, was.plain_correlation.mean);
    EXPECT_EQ(is.plain_correlation.variance, was.plain_correlation.variance);
    EXPECT_EQ(is.next_kernel.mean, was.next_kernel.mean);
    EXPECT_EQ(is.next_kernel.variance, was.next_kernel.variance);
    EXPECT_EQ(is.next_correlation.mean, was.next_correlation.mean);
    EXPECT_EQ(is.next_correlation.variance, was.next_correlation.variance);
    EXPECT_EQ(is.active_fraction_mean, was.active_fraction_mean);
    EXPECT_EQ(is.active_fraction_variance, was.active_fraction_variance);
  }
}

TEST_F(ResultsFile, ReadsBackTheSeriesOfNetworks) {
  const auto before = invented();
  const auto after = read_results(write("results.h5", to_hdf5(before, {32, 64}, record())));
  EXPECT_EQ(after.series.classes.labels(), before.series.classes.labels());
  ASSERT_EQ(after.series.widths.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(after.series.widths[i].width, before.series.widths[i].width);
    EXPECT_EQ(after.series.widths[i].means, before.series.widths[i].means);
    EXPECT_EQ(after.series.widths[i].reduced, before.series.widths[i].reduced);
    EXPECT_EQ(after.series.widths[i].gram_variances, before.series.widths[i].gram_variances);
    EXPECT_EQ(after.series.widths[i].correlation_variances,
              before.series.widths[i].correlation_variances);
  }
}

TEST_F(ResultsFile, ReadsBackWhatIsPredictedOfFiniteNetworks) {
  const auto before = invented().theory.fluctuation;
  const auto after =
      read_results(write("results.h5", to_hdf5(invented(), {32, 64}, record()))).theory.fluctuation;
  EXPECT_EQ(after.not_derived, before.not_derived);
  EXPECT_EQ(after.bias_not_derived, "");
  ASSERT_EQ(after.layers.size(), 2U);
  EXPECT_EQ(after.layers[1].effective_neurons, before.layers[1].effective_neurons);
  EXPECT_GT(after.layers[1].gram_variance.minCoeff(), 0);
  EXPECT_GT(after.layers[1].correlation_variance.minCoeff(), 0);
  EXPECT_GT(after.layers[1].gram_bias.minCoeff(), 0);
  EXPECT_GT(after.layers[1].correlation_bias.minCoeff(), 0);
}

TEST_F(ResultsFile, HasTheSameBytesWheneverItIsWritten) {
  const auto results = invented();
  const auto file = write("results.h5", to_hdf5(results, {32, 64}, record()));
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // HDF5 stamps in whole seconds
  EXPECT_EQ(to_hdf5(read_results(file), {32, 64}, record()), contents(file));
}

TEST_F(ResultsFile, SaysWhatMadeIt) {
  const auto file = write("results.h5", to_hdf5(invented(), {32, 64}, record()));
  const auto back = read_record(Hdf5Reader("results", file));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->experiment, record().experiment);
  EXPECT_EQ(back->inputs.source, "csv:x.csv");
  EXPECT_EQ(back->inputs.count, 3);
  EXPECT_EQ(back->inputs.dimension, 2);
  EXPECT_EQ(back->files, record().files);
  EXPECT_EQ(back->made_by.compiler, "4");
  EXPECT_EQ(back->made_by.threads, 0);
}

TEST_F(ResultsFile, OfAnOlderVersionHasNoSilentNetworks) {
  const auto file = write("results.h5", to_hdf5(invented(), {32, 64}, record()));
  {
    const H5::H5File old(file, H5F_ACC_RDWR);
    for (const auto* const group :
         {"/measurement/width_32/layer_1", "/measurement/width_32/layer_2",
          "/measurement/width_64/layer_1", "/measurement/width_64/layer_2"}) {
      old.openGroup(group).removeAttr("silent_networks");
      old.openGroup(group).removeAttr("silent_kernels");
    }
  }
  for (const auto& measured : read_results(file).measurement) {
    EXPECT_EQ(measured.silent_networks, 0);
    EXPECT_EQ(measured.silent_kernels, 0);
  }
}

TEST_F(ResultsFile, OfAnotherSchemaIsRefused) {
  Hdf5Writer other;
  other.attribute("/", "schema", std::string("wideproof.results/0"));
  const auto file = write("results.h5", other.bytes());
  EXPECT_THAT(model::refusal([&] { read_results(file); }),
              testing::AllOf(testing::HasSubstr(file), testing::HasSubstr("wideproof.results/0"),
                             testing::HasSubstr("wideproof.results/2")));
}

}  // namespace
}  // namespace wideproof::app
