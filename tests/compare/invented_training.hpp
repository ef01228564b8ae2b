// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <Eigen/LU>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>

#include <wideproof/model/training/training_measurement.hpp>
#include <wideproof/model/training/training_prediction.hpp>

namespace wideproof::compare::testing {

/// Trained networks that nobody trained, their outputs of a known law. At step t of T, with
/// q = e^(−rate t/T) at the training inputs, and what they say of the others through the kernel
/// K_ab = exp(−(a − b)²/(2 length²)),
///
///   mean m_t = A_t y,   A_t = K_{·X} K_XX⁻¹ (1 − q)
///   f_t = m_t + (first/n) y' + √(1 + widening/n) (f_0 − A_t f_0X),   f_0 ~ N(0, prior² K)
///
/// y' the targets continued to all inputs. Centred networks have f_0 = 0 in place of it and vary by
/// `fluctuation`/√n times a vector of the law K.
struct InventedTraining {
  std::vector<std::int64_t> widths = {64, 128, 256, 512, 1024};
  std::vector<std::int64_t> steps = {0, 10, 30, 100};
  std::int64_t networks = 60;
  Eigen::Index training_points = 6;
  Eigen::Index test_points = 4;
  Eigen::Index outputs = 2;
  double rate = 3.0;
  double length = 1.5;
  double prior = 0.5;
  double first = 4.0;
  double widening = 4.0;
  bool is_centred = false;
  double fluctuation = 1.0;

  Eigen::Index points() const { return training_points + test_points; }
};

/// Of the inputs in their order, training inputs first: test inputs lie between them.
inline Eigen::MatrixXd invented_kernel(const InventedTraining& law) {
  Eigen::VectorXd place(law.points());
  for (Eigen::Index a = 0; a < law.points(); ++a)
    place[a] = a < law.training_points ? static_cast<double>(a)
                                       : static_cast<double>(a - law.training_points) + 0.5;
  Eigen::MatrixXd kernel(law.points(), law.points());
  for (Eigen::Index a = 0; a < law.points(); ++a)
    for (Eigen::Index b = 0; b < law.points(); ++b)
      kernel(a, b) =
          std::exp(-0.5 * std::pow((place[a] - place[b]) / law.length, 2)) + (a == b ? 0.05 : 0.0);
  return kernel;
}

/// C × N, of the training inputs alone the targets.
inline Eigen::MatrixXd invented_targets(const InventedTraining& law) {
  Eigen::MatrixXd targets(law.outputs, law.points());
  for (Eigen::Index c = 0; c < law.outputs; ++c)
    for (Eigen::Index a = 0; a < law.points(); ++a)
      targets(c, a) = std::sin(1.3 * static_cast<double>(a) + static_cast<double>(c));
  return targets;
}

/// N × training inputs.
inline Eigen::MatrixXd invented_response(const InventedTraining& law, std::size_t step) {
  const Eigen::MatrixXd kernel = invented_kernel(law);
  const Eigen::Index n = law.training_points;
  const double learnt = 1.0 - std::exp(-law.rate * static_cast<double>(law.steps[step]) /
                                       static_cast<double>(law.steps.back()));
  return learnt * kernel.leftCols(n) * kernel.topLeftCorner(n, n).inverse();
}

/// What is true of them.
inline model::TrainingPrediction truth_of(const InventedTraining& law) {
  model::TrainingPrediction prediction;
  const Eigen::MatrixXd kernel = invented_kernel(law);
  const Eigen::MatrixXd targets = invented_targets(law).leftCols(law.training_points);
  for (std::size_t step = 0; step < law.steps.size(); ++step) {
    const Eigen::MatrixXd response = invented_response(law, step);
    Eigen::MatrixXd residual = Eigen::MatrixXd::Identity(law.points(), law.points());
    residual.leftCols(law.training_points) -= response;
    const double scale = law.is_centred ? 0.0 : law.prior * law.prior;
    prediction.descent.push_back(
        {targets * response.transpose(), scale * residual * kernel * residual.transpose()});
  }
  prediction.flow = prediction.descent;
  const Eigen::MatrixXd full =
      kernel.leftCols(law.training_points) *
      kernel.topLeftCorner(law.training_points, law.training_points).inverse();
  prediction.kernel_regression = prediction.tangent_regression = targets * full.transpose();
  return prediction;
}

inline model::TrainingMeasurement draw_training(const InventedTraining& law, std::uint64_t seed) {
  boost::random::mt19937_64 rng(seed);
  boost::random::normal_distribution<double> normal;
  const Eigen::MatrixXd root = invented_kernel(law).llt().matrixL();
  const Eigen::MatrixXd targets = invented_targets(law);
  std::vector<Eigen::MatrixXd> responses;
  for (std::size_t step = 0; step < law.steps.size(); ++step)
    responses.push_back(invented_response(law, step));
  model::TrainingMeasurement measurement{
      law.steps, law.training_points, law.points(), law.outputs, {}};
  const auto draw = [&](double scale) {
    Eigen::MatrixXd noise(law.outputs, law.points());
    for (double& at : noise.reshaped()) at = scale * normal(rng);
    return Eigen::MatrixXd(noise * root.transpose());
  };
  for (const std::int64_t width : law.widths) {
    const double x = 1.0 / static_cast<double>(width);
    model::TrainedWidth at{width, {}};
    for (std::int64_t r = 0; r < law.networks; ++r) {
      const Eigen::MatrixXd start = draw(law.prior * std::sqrt(1.0 + law.widening * x));
      const Eigen::MatrixXd wandered = draw(law.fluctuation * std::sqrt(x));
      model::TrainedNetwork network;
      for (std::size_t step = 0; step < law.steps.size(); ++step) {
        const double learnt =
            static_cast<double>(law.steps[step]) / static_cast<double>(law.steps.back());
        model::TrainedState state;
        state.outputs = targets.leftCols(law.training_points) * responses[step].transpose() +
                        learnt * law.first * x * targets;
        if (law.is_centred)
          state.outputs += learnt * wandered;
        else
          state.outputs +=
              start - start.leftCols(law.training_points) * responses[step].transpose();
        state.loss = 0.5 * (state.outputs - targets).leftCols(law.training_points).squaredNorm();
        state.test_loss = 0.5 * (state.outputs - targets).rightCols(law.test_points).squaredNorm();
        state.accuracy = 0.5 + 0.5 * learnt;
        state.test_accuracy = 0.5 + 0.25 * learnt;
        state.tangent_drift = learnt * std::sqrt(x) * std::exp(0.2 * normal(rng));
        state.effective_dimension = 3.0 - learnt + 0.1 * normal(rng);
        state.active_fractions = Eigen::Vector2d(0.3, 0.25);
        network.push_back(std::move(state));
      }
      at.networks.push_back(std::move(network));
    }
    measurement.widths.push_back(std::move(at));
  }
  return measurement;
}

}  // namespace wideproof::compare::testing
