// SPDX-License-Identifier: MIT
#include "invented.hpp"

#include <algorithm>
#include <cmath>

#include <Eigen/Cholesky>
#include <boost/random/normal_distribution.hpp>

#include <wideproof/compare/matrices/entry.hpp>
#include <wideproof/compare/matrices/matrix_comparison.hpp>

namespace wideproof::compare::testing {
namespace {

using model::LayerMeasurement;
using model::SampleMoments;

constexpr Eigen::Index block = 4;

SampleMoments moments_of(const std::vector<std::vector<Eigen::MatrixXd>>& matrices,
                         std::size_t layer) {
  const auto count = static_cast<double>(matrices.size());
  const auto& first = matrices.front()[layer];
  SampleMoments moments{Eigen::MatrixXd::Zero(first.rows(), first.cols()),
                        Eigen::MatrixXd::Zero(first.rows(), first.cols())};
  for (const auto& network : matrices) moments.mean += network[layer] / count;
  for (const auto& network : matrices)
    moments.variance += (network[layer] - moments.mean).cwiseAbs2() / (count - 1.0);
  return moments;
}

Eigen::MatrixXd block_variances(const model::EntryClasses& classes,
                                const std::vector<std::vector<Eigen::MatrixXd>>& matrices) {
  const auto networks = static_cast<Eigen::Index>(matrices.size());
  const Eigen::Index blocks = networks / block + (networks % block >= 2 ? 1 : 0);
  const std::size_t layers = matrices.front().size();
  Eigen::MatrixXd variances(blocks, static_cast<Eigen::Index>(layers) * classes.count());
  for (Eigen::Index i = 0; i < blocks; ++i) {
    const auto from = matrices.begin() + i * block;
    const std::vector<std::vector<Eigen::MatrixXd>> networks_of_block(
        from, from + std::min(block, networks - i * block));
    for (std::size_t layer = 0; layer < layers; ++layer)
      variances.row(i).segment(static_cast<Eigen::Index>(layer) * classes.count(),
                               classes.count()) =
          classes.means(moments_of(networks_of_block, layer).variance).transpose();
  }
  return variances;
}

/// Standard normal variables, networks × (layers · entries), with the covariance of Invented.
Eigen::MatrixXd noise(const Invented& invented, Eigen::Index entries, Rng& rng) {
  boost::random::normal_distribution<double> normal;
  const auto layers = static_cast<Eigen::Index>(invented.layers);
  Eigen::MatrixXd z(invented.replicates, layers * entries);
  for (Eigen::Index network = 0; network < z.rows(); ++network) {
    const double of_all = std::sqrt(invented.across) * normal(rng);
    for (Eigen::Index layer = 0; layer < layers; ++layer) {
      const double of_layer = of_all + std::sqrt(1.0 - invented.across) * normal(rng);
      for (Eigen::Index entry = 0; entry < entries; ++entry)
        z(network, layer * entries + entry) =
            std::sqrt(invented.common) * of_layer + std::sqrt(1.0 - invented.common) * normal(rng);
    }
  }
  return z;
}

/// `z` moved and mixed so that its sample mean is 0 and its sample covariance that of the law.
Eigen::MatrixXd made_exact(const Invented& invented, Eigen::MatrixXd z, Eigen::Index entries) {
  z.rowwise() -= z.colwise().mean().eval();
  const Eigen::MatrixXd sampled = z.transpose() * z / static_cast<double>(z.rows() - 1);
  Eigen::MatrixXd law =
      Eigen::MatrixXd::Constant(z.cols(), z.cols(), invented.common * invented.across);
  for (Eigen::Index i = 0; i < z.cols(); ++i)
    for (Eigen::Index j = 0; j < z.cols(); ++j)
      if (i / entries == j / entries) law(i, j) = i == j ? 1.0 : invented.common;
  const Eigen::MatrixXd from = sampled.llt().matrixL();
  const Eigen::MatrixXd to = law.llt().matrixL();
  return from.triangularView<Eigen::Lower>().solve(z.transpose()).transpose() * to.transpose();
}

enum class Law { exact, normal, log_normal };

Sample build(const Invented& invented, Law law, Rng& rng) {
  const PredictedLayer limit = truth(invented).front();
  const Eigen::Index inputs = limit.gram.rows();
  const Eigen::MatrixXd ones = Eigen::MatrixXd::Ones(inputs, inputs);
  const std::vector<Entry> gram_entries = distinct_entries(Quantity::gram, inputs);
  const std::vector<Entry> correlation_entries = distinct_entries(Quantity::correlation, inputs);
  const auto entries = static_cast<Eigen::Index>(gram_entries.size() + correlation_entries.size());
  Sample sample;
  sample.series.classes = model::EntryClasses(limit.correlation);
  for (const std::int64_t width : invented.widths) {
    const auto n = static_cast<double>(width);
    const auto narrowest = static_cast<double>(invented.widths.front());
    const double ratio = n / narrowest;
    const double bias = invented.first / narrowest * std::pow(ratio, invented.bias_exponent) +
                        invented.second / (n * n);
    const double variance = invented.spread * invented.spread / narrowest *
                            std::pow(ratio, 2.0 * invented.spread_exponent) *
                            (1.0 + invented.variance_first / n);
    Eigen::MatrixXd z = noise(invented, entries, rng);
    if (law == Law::exact) z = made_exact(invented, std::move(z), entries);
    z *= std::sqrt(law == Law::log_normal ? std::log1p(variance) : variance);
    if (law == Law::log_normal) z = (z.array() - 0.5 * std::log1p(variance)).exp() - 1.0;

    std::vector<std::vector<Eigen::MatrixXd>> grams, correlations;
    for (Eigen::Index network = 0; network < z.rows(); ++network) {
      grams.emplace_back();
      correlations.emplace_back();
      Eigen::Index next = 0;
      const auto with_noise = [&](const Eigen::MatrixXd& matrix, const std::vector<Entry>& at) {
        const Eigen::MatrixXd scale = norm_scale(matrix);
        Eigen::MatrixXd shown = matrix;
        for (const auto& [kind, a, b] : at)
          shown(a, b) = shown(b, a) = matrix(a, b) + scale(a, b) * (bias + z(network, next++));
        return shown;
      };
      for (std::size_t layer = 0; layer < invented.layers; ++layer) {
        grams.back().push_back(with_noise(limit.gram, gram_entries));
        correlations.back().push_back(with_noise(limit.correlation, correlation_entries));
      }
    }
    append_width(sample, width, grams, correlations);
    if (law != Law::exact) continue;
    model::WidthSeries& at = sample.series.widths.back();
    const Eigen::VectorXd of_gram =
        variance * sample.series.classes.means(norm_scale(limit.gram).cwiseAbs2());
    for (Eigen::Index column = 0; column < at.means.cols(); ++column) {
      const Eigen::Index label = column % sample.series.classes.count();
      if (variance == 0.0) continue;
      at.gram_variances.col(column) *= of_gram[label] / at.gram_variances.col(column).mean();
      if (label > 0)
        at.correlation_variances.col(column) *=
            variance / at.correlation_variances.col(column).mean();
    }
  }
  return sample;
}

}  // namespace

void append_width(Sample& sample, std::int64_t width,
                  const std::vector<std::vector<Eigen::MatrixXd>>& grams,
                  const std::vector<std::vector<Eigen::MatrixXd>>& correlations) {
  const model::EntryClasses& classes = sample.series.classes;
  const std::size_t layers = grams.front().size();
  for (std::size_t layer = 0; layer < layers; ++layer) {
    LayerMeasurement measured;
    measured.width = width;
    measured.layer = static_cast<std::int64_t>(layer) + 1;
    measured.replicates = static_cast<std::int64_t>(grams.size());
    measured.gram = moments_of(grams, layer);
    measured.correlation = moments_of(correlations, layer);
    sample.measurement.push_back(measured);
  }
  model::WidthSeries at;
  at.width = width;
  at.means.resize(static_cast<Eigen::Index>(grams.size()),
                  static_cast<Eigen::Index>(layers) * classes.count());
  for (std::size_t network = 0; network < grams.size(); ++network)
    for (std::size_t layer = 0; layer < layers; ++layer)
      at.means.row(static_cast<Eigen::Index>(network))
          .segment(static_cast<Eigen::Index>(layer) * classes.count(), classes.count()) =
          classes.means(grams[network][layer]).transpose();
  at.gram_variances = block_variances(classes, grams);
  at.correlation_variances = block_variances(classes, correlations);
  sample.series.widths.push_back(std::move(at));
}

Eigen::MatrixXd equicorrelated(Eigen::Index inputs, double correlation) {
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Constant(inputs, inputs, correlation);
  matrix.diagonal().setOnes();
  return matrix;
}

Invented pair_of_inputs() {
  Invented invented;
  invented.layers = 2;
  invented.limit = equicorrelated(2, 0.5);
  invented.spread = 0.5;
  return invented;
}

std::vector<PredictedLayer> truth(const Invented& invented) {
  auto layers = predicted_layers(std::vector<Eigen::MatrixXd>(invented.layers, invented.limit));
  for (PredictedLayer& layer : layers) {
    const double variance = invented.spread * invented.spread;
    layer.gram_variance = variance * norm_scale(layer.gram).cwiseAbs2();
    layer.correlation_variance = variance * norm_scale(layer.correlation).cwiseAbs2();
    layer.correlation_variance.diagonal().setZero();
  }
  return layers;
}

Sample exact(const Invented& invented) {
  Rng rng(1);
  return build(invented, Law::exact, rng);
}

Sample draw(const Invented& invented, Rng& rng) {
  return build(invented, Law::normal, rng);
}

Sample draw_log_normal(const Invented& invented, Rng& rng) {
  return build(invented, Law::log_normal, rng);
}

Assessment assess(const std::vector<PredictedLayer>& predicted, const Sample& sample,
                  const Options& options) {
  return compare::assess(predicted, sample.measurement, sample.series, options);
}

}  // namespace wideproof::compare::testing
