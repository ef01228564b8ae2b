// SPDX-License-Identifier: MIT
#include <wideproof/theory/regression/generalization_error.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/regression/kernel_regression.hpp>

#include "known_pool.hpp"

namespace wideproof::theory {
namespace {

constexpr TrainingDraw draws[] = {TrainingDraw::population, TrainingDraw::pool};

KernelSpectrum spectrum_of(const KnownPool& pool) {
  return {pool.kernel, pool.targets};
}

TEST(PredictedError, SolvesItsEquations) {
  const auto pool = KnownPool::power_law(60, 1);
  const auto eta = pool.eta.array();
  for (const double points : {1.0, 10.0, 30.0, 59.0}) {
    for (const double ridge : {0.0, 1e-6, 0.1, 10.0}) {
      const auto error = predict_error(spectrum_of(pool), static_cast<int>(points), ridge);
      const Eigen::ArrayXd sum = error.kappa + points * eta;
      EXPECT_NEAR(error.kappa, ridge + (error.kappa * eta / sum).sum(), 1e-10 * error.kappa);
      EXPECT_NEAR(error.gamma, points * (eta / sum).square().sum(), 1e-10);
      const Eigen::ArrayXd modes = (error.kappa / sum).square() / (1 - error.gamma);
      const double expected = modes.matrix().dot(pool.v.rowwise().squaredNorm()) / 2;
      EXPECT_NEAR(error.error, expected, 1e-9 * expected);
      EXPECT_NEAR(error.error_dimension, modes.sum() * modes.sum() / modes.square().sum(), 1e-8);
      EXPECT_NEAR(error.spectrum_dimension, eta.sum() * eta.sum() / eta.square().sum(), 1e-10);
      EXPECT_LE((mode_errors(spectrum_of(pool), static_cast<int>(points), ridge).array() - modes)
                    .abs()
                    .maxCoeff(),
                1e-9 * modes.maxCoeff());
    }
  }
}

TEST(PredictedError, OfAPoolSolvesItsEquations) {
  const auto pool = KnownPool::power_law(60, 1);
  const auto eta = pool.eta.array();
  for (const double points : {1.0, 10.0, 30.0, 60.0}) {
    for (const double ridge : {1e-6, 0.1, 10.0}) {
      const auto error =
          predict_error(spectrum_of(pool), static_cast<int>(points), ridge, TrainingDraw::pool);
      const Eigen::ArrayXd sum = error.kappa + points * eta;
      const double p = points / 60;
      EXPECT_NEAR(error.kappa, p * ridge + (1 - p) / (1 / sum).mean(), 1e-10 * error.kappa);
      const Eigen::ArrayXd u = error.kappa / sum;
      const double mean = u.mean();
      EXPECT_NEAR(
          1 / (1 - error.gamma),
          (mean * mean + (1 - p) * (1 - 2 * mean)) / (mean * mean - (1 - p) * u.square().mean()),
          1e-8);
    }
  }
}

TEST(PredictedError, OfAPoolIsRidgeRegressionWhereAllPointsTrain) {
  const auto pool = KnownPool::power_law(60, 2);
  std::vector<Eigen::Index> all(60);
  std::iota(all.begin(), all.end(), 0);
  const auto predicted = predict_error(spectrum_of(pool), 60, 0.3, TrainingDraw::pool);
  const double expected = kernel_regression(pool.kernel, pool.targets, all, 0.3).pool;
  EXPECT_NEAR(predicted.error, expected, 1e-10 * expected);
}

TEST(PredictedError, IsTheTargetsPowerBeforeAnyTraining) {
  const auto pool = KnownPool::power_law(60, 1);
  for (const auto draw : draws) {
    for (const double ridge : {0.0, 0.5}) {
      const auto error = predict_error(spectrum_of(pool), 0, ridge, draw);
      EXPECT_NEAR(error.kappa, ridge + pool.eta.sum(), 1e-12 * error.kappa);
      EXPECT_EQ(error.gamma, 0);
      EXPECT_NEAR(error.error, pool.v.squaredNorm() / 2, 1e-12);
    }
  }
}

TEST(PredictedError, IsTheTargetsPowerAtALargeRidge) {
  const auto pool = KnownPool::power_law(60, 1);
  const double power = pool.v.squaredNorm() / 2;
  for (const auto draw : draws) {
    // ŷ is of the order Pη/λ.
    EXPECT_NEAR(predict_error(spectrum_of(pool), 30, 1e9, draw).error, power, 1e-6 * power);
  }
}

TEST(PredictedError, OfBothDrawsIsTheSameWithoutARidge) {
  const auto spectrum = spectrum_of(KnownPool::power_law(60, 1));
  for (const int points : {1, 10, 30, 55}) {
    const auto population = predict_error(spectrum, points, 0.0);
    const auto pool = predict_error(spectrum, points, 0.0, TrainingDraw::pool);
    EXPECT_NEAR(population.kappa, pool.kappa, 1e-9 * pool.kappa);
    EXPECT_NEAR(population.error, pool.error, 1e-7 * pool.error);
  }
}

TEST(PredictedError, TakesModesThatTheKernelLacksForNoise) {
  const Eigen::Index count = 60;
  Eigen::VectorXd eta = Eigen::VectorXd::Zero(count);
  eta.head(10).setConstant(0.1);
  Eigen::MatrixXd v = Eigen::MatrixXd::Zero(count, 1);
  v(0) = 1;
  v(20) = 2;
  const KernelSpectrum spectrum = spectrum_of(KnownPool(eta, v, 1));
  const auto error = predict_error(spectrum, 40, 0.0);
  EXPECT_EQ(error.kappa, 0);
  EXPECT_NEAR(error.error, 4 / (1 - 10.0 / 40), 1e-9);
  const auto modes = mode_errors(spectrum, 40, 0.0);
  EXPECT_TRUE((modes.head(10).array() == 0).all());
  EXPECT_NEAR(modes(30), 4.0 / 3, 1e-12);
  EXPECT_NEAR(error.error_dimension, 50, 1e-9);
  // As κ → 0 at a ridge that vanishes.
  EXPECT_NEAR(predict_error(spectrum, 40, 1e-9).error, error.error, 1e-6);
  EXPECT_EQ(predict_error(spectrum, 10, 0.0).error, std::numeric_limits<double>::infinity());
}

TEST(PredictedError, IsNothingWhereAKernelOfFullRankSeesAllPoints) {
  const auto spectrum = spectrum_of(KnownPool::power_law(20, 1));
  for (const auto draw : draws) {
    EXPECT_EQ(predict_error(spectrum, 20, 0.0, draw).error, 0);
    EXPECT_EQ(mode_errors(spectrum, 20, 0.0, draw), Eigen::VectorXd::Zero(20));
  }
}

TEST(PredictedError, NamesWhatItCannotUse) {
  const auto spectrum = spectrum_of(KnownPool::power_law(5, 1));
  EXPECT_THROW(predict_error(spectrum, -1, 0.0), model::InputError);
  EXPECT_THROW(predict_error(spectrum, 2, -1.0), model::InputError);
  EXPECT_THROW(predict_error(spectrum, 2, std::nan("")), model::InputError);
  EXPECT_THROW(mode_errors(spectrum, 6, 0.0, TrainingDraw::pool), model::InputError);
  EXPECT_NO_THROW(predict_error(spectrum, 6, 0.0));
}

// Held against draws. P = 64 of N = 128 modes, 400 draws. The theory is a limit: its next order is
// allowed for with E_g/P. Beyond that a mean may miss by z standard errors; each of four tests
// raises a false alarm with a chance of 1e-6.
constexpr int points = 64;
constexpr int repeats = 400;
constexpr double z = 4.89;

struct Sample {
  double mean = 0.0;
  double standard_error = 0.0;

  template <class Draw>
  explicit Sample(const Draw& draw) {
    double square = 0;
    for (int repeat = 0; repeat < repeats; ++repeat) {
      const double error = draw(static_cast<std::uint64_t>(repeat));
      mean += error / repeats;
      square += error * error / repeats;
    }
    standard_error = std::sqrt((square - mean * mean) / (repeats - 1));
  }

  bool agrees_with(double prediction) const {
    return std::abs(mean - prediction) <= z * standard_error + prediction / points;
  }
};

/// The error over the population of modes that are independent Gaussian variables.
Sample gaussian_population(const KnownPool& pool, double ridge) {
  return Sample([&](std::uint64_t seed) {
    std::mt19937_64 engine(seed);
    std::normal_distribution<double> normal;
    Eigen::MatrixXd psi(points, pool.eta.size());
    for (double& entry : psi.reshaped()) entry = normal(engine);
    const Eigen::MatrixXd weighted = pool.eta.asDiagonal() * psi.transpose();
    Eigen::MatrixXd gram = psi * weighted;
    gram.diagonal().array() += ridge;
    const Eigen::MatrixXd fit = weighted * gram.llt().solve(psi * pool.v);
    return (fit - pool.v).squaredNorm() / static_cast<double>(pool.v.cols());
  });
}

/// The error over a pool of 2P points, P of them drawn without replacement.
Sample drawn_from_pool(double ridge) {
  return Sample([&](std::uint64_t seed) {
    // The rotation is random: its first rows are as good as any.
    const auto pool = KnownPool::power_law(2 * points, seed);
    std::vector<Eigen::Index> training(points);
    std::iota(training.begin(), training.end(), 0);
    return kernel_regression(pool.kernel, pool.targets, training, ridge).pool;
  });
}

TEST(PredictedError, IsThatOfGaussianModes) {
  const auto pool = KnownPool::power_law(2 * points, 1);
  for (const double ridge : {0.0, 0.5}) {
    const auto predicted = predict_error(spectrum_of(pool), points, ridge);
    const auto sample = gaussian_population(pool, ridge);
    EXPECT_TRUE(sample.agrees_with(predicted.error)) << sample.mean << " " << predicted.error;
    // Twins: the noise that training adds forgotten; κ not renormalised.
    EXPECT_FALSE(sample.agrees_with(predicted.error * (1 - predicted.gamma)));
    EXPECT_FALSE(sample.agrees_with(spectrum_of(pool).unexplained(ridge / points)));
  }
}

TEST(PredictedError, OfAPoolIsThatOfDrawsWithoutReplacement) {
  const auto pool = KnownPool::power_law(2 * points, 1);
  for (const double ridge : {0.0, 0.5}) {
    const auto predicted = predict_error(spectrum_of(pool), points, ridge, TrainingDraw::pool);
    const auto sample = drawn_from_pool(ridge);
    EXPECT_TRUE(sample.agrees_with(predicted.error)) << sample.mean << " " << predicted.error;
    EXPECT_FALSE(sample.agrees_with(predicted.error * (1 - predicted.gamma)));
    // Twin: the formula of a population, which is another one at a ridge alone.
    const double population = predict_error(spectrum_of(pool), points, ridge).error;
    EXPECT_EQ(sample.agrees_with(population), ridge == 0) << population;
  }
}

}  // namespace
}  // namespace wideproof::theory
