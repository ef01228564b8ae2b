// SPDX-License-Identifier: MIT
#include "invented.hpp"

#include <cmath>

#include <boost/random/chi_squared_distribution.hpp>
#include <boost/random/normal_distribution.hpp>

#include <wideproof/compare/matrix_comparison.hpp>

namespace wideproof::compare::testing {
namespace {

using model::LayerMeasurement;
using model::SampleMoments;

/// `disturb` alters the moments of one matrix, off-diagonal or not, given s_ab.
template <class Disturb>
model::Measurement build(const Invented& invented, const Disturb& disturb) {
  const PredictedLayer limit = truth(invented).front();
  model::Measurement measurement;
  for (const std::int64_t width : invented.widths) {
    const auto n = static_cast<double>(width);
    const double bias = invented.first / n + invented.second / (n * n);
    for (std::size_t layer = 1; layer <= invented.layers; ++layer) {
      const auto moments = [&](const Eigen::MatrixXd& matrix) {
        const Eigen::MatrixXd scale = norm_scale(matrix);
        SampleMoments result{matrix + bias * scale,
                             scale.cwiseAbs2() * (invented.spread * invented.spread / n)};
        disturb(result, scale, n);
        return result;
      };
      LayerMeasurement measured;
      measured.width = width;
      measured.layer = static_cast<std::int64_t>(layer);
      measured.replicates = invented.replicates;
      measured.gram = moments(limit.gram);
      measured.correlation = moments(limit.correlation);
      measured.correlation.mean.diagonal().setOnes();
      measured.correlation.variance.diagonal().setZero();
      measurement.push_back(measured);
    }
  }
  return measurement;
}

}  // namespace

Eigen::MatrixXd equicorrelated(Eigen::Index inputs, double correlation) {
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Constant(inputs, inputs, correlation);
  matrix.diagonal().setOnes();
  return matrix;
}

std::vector<PredictedLayer> truth(const Invented& invented) {
  return predicted_layers(std::vector<Eigen::MatrixXd>(invented.layers, invented.limit));
}

model::Measurement exact(const Invented& invented) {
  return build(invented, [](SampleMoments&, const Eigen::MatrixXd&, double) {});
}

model::Measurement draw(const Invented& invented, Rng& rng) {
  const auto replicates = static_cast<double>(invented.replicates);
  boost::random::normal_distribution<double> normal;
  boost::random::chi_squared_distribution<double> chi_squared(replicates - 1.0);
  return build(invented, [&](SampleMoments& moments, const Eigen::MatrixXd&, double) {
    const double shared = std::sqrt(invented.common) * normal(rng);
    for (Eigen::Index a = 0; a < moments.mean.rows(); ++a) {
      for (Eigen::Index b = a; b < moments.mean.cols(); ++b) {
        const double noise = shared + std::sqrt(1.0 - invented.common) * normal(rng);
        moments.mean(a, b) += noise * std::sqrt(moments.variance(a, b) / replicates);
        moments.variance(a, b) *= chi_squared(rng) / (replicates - 1.0);
        moments.mean(b, a) = moments.mean(a, b);
        moments.variance(b, a) = moments.variance(a, b);
      }
    }
  });
}

model::Measurement draw_log_normal(const Invented& invented, Rng& rng) {
  boost::random::normal_distribution<double> normal;
  return build(invented, [&](SampleMoments& moments, const Eigen::MatrixXd& scale, double n) {
    const double log_variance = std::log1p(invented.spread * invented.spread / n);
    double mean = 0.0;
    double squares = 0.0;
    for (std::int64_t replicate = 1; replicate <= invented.replicates; ++replicate) {
      const double noise = std::expm1(std::sqrt(log_variance) * normal(rng) - 0.5 * log_variance);
      const double step = noise - mean;
      mean += step / static_cast<double>(replicate);
      squares += step * (noise - mean);
    }
    moments.mean += mean * scale;
    moments.variance = scale.cwiseAbs2() * (squares / static_cast<double>(invented.replicates - 1));
  });
}

}  // namespace wideproof::compare::testing
