// SPDX-License-Identifier: MIT
#include <wideproof/theory/regression/kernel_spectrum.hpp>

#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>

#include "known_pool.hpp"

namespace wideproof::theory {
namespace {

double spectrum_rounding(const KernelSpectrum& spectrum) {
  return 10 * spectrum.resolution();
}

TEST(KernelSpectrum, HasTheEigenvaluesThatThePoolWasMadeOf) {
  for (const Eigen::Index count : {1, 2, 60, 140}) {
    const auto pool = KnownPool::power_law(count, 1);
    const KernelSpectrum spectrum(pool.kernel, pool.targets);
    EXPECT_LE((spectrum.eigenvalues() - pool.eta).cwiseAbs().maxCoeff(),
              spectrum_rounding(spectrum));
    EXPECT_EQ(spectrum.rank(), count);
    EXPECT_EQ(spectrum.points(), count);
    EXPECT_NEAR(spectrum.target_power(), pool.v.squaredNorm() / 2, 1e-12);
  }
}

TEST(KernelSpectrum, KnowsTheTargetsModesWithoutEigenvectors) {
  for (const Eigen::Index count : {1, 2, 60, 140}) {
    const auto pool = KnownPool::power_law(count, 2);
    const KernelSpectrum spectrum(pool.kernel, pool.targets);
    for (const double s : {1e-3, 0.1, 2.0}) {
      const Eigen::VectorXd share = s / (s + pool.eta.array());
      const double expected = (share.asDiagonal() * pool.v).squaredNorm() / 2;
      EXPECT_NEAR(spectrum.unexplained(s), expected, 1e-10 * expected);
    }
  }
}

TEST(KernelSpectrum, SeparatesTheModesThatTheKernelLacks) {
  auto pool = KnownPool::power_law(100, 3);
  pool.eta.tail(30).setZero();
  const KernelSpectrum spectrum(100 * pool.modes * pool.eta.asDiagonal() * pool.modes.transpose(),
                                pool.targets);
  EXPECT_EQ(spectrum.rank(), 70);
  EXPECT_TRUE((spectrum.eigenvalues().tail(30).array() == 0).all());
  const double outside = pool.v.bottomRows(30).squaredNorm() / 2;
  EXPECT_NEAR(spectrum.unexplained(0), outside, 1e-6 * outside);
}

TEST(KernelSpectrum, OfNoKernelExplainsNothing) {
  const KernelSpectrum spectrum(Eigen::MatrixXd::Zero(5, 5), Eigen::MatrixXd::Ones(5, 1));
  EXPECT_EQ(spectrum.rank(), 0);
  EXPECT_EQ(spectrum.unexplained(0), 1);
  EXPECT_EQ(participation_ratio(spectrum.eigenvalues()), 0);
}

TEST(KernelSpectrum, ReadsTheLowerTriangleAlone) {
  const auto pool = KnownPool::power_law(80, 4);
  Eigen::MatrixXd lower = pool.kernel;
  lower.triangularView<Eigen::StrictlyUpper>().setConstant(std::nan(""));
  EXPECT_EQ(KernelSpectrum(lower, pool.targets).eigenvalues(),
            KernelSpectrum(pool.kernel, pool.targets).eigenvalues());
}

TEST(KernelSpectrum, RefusesWhatIsNoKernel) {
  const Eigen::MatrixXd ones = Eigen::MatrixXd::Ones(3, 1);
  const Eigen::MatrixXd unit = Eigen::MatrixXd::Identity(3, 3);
  EXPECT_THROW(KernelSpectrum(-unit, ones), model::InputError);
  EXPECT_THROW(KernelSpectrum(unit.topRows(2), ones), model::InputError);
  EXPECT_THROW(KernelSpectrum(Eigen::MatrixXd(0, 0), Eigen::MatrixXd(0, 1)), model::InputError);
  EXPECT_THROW(KernelSpectrum(unit * std::nan(""), ones), model::InputError);
  EXPECT_THROW(KernelSpectrum(unit, ones.topRows(2)), model::InputError);
  EXPECT_THROW(KernelSpectrum(unit, ones * std::nan("")), model::InputError);
}

TEST(ParticipationRatio, CountsEntriesThatCarryTheSum) {
  EXPECT_DOUBLE_EQ(participation_ratio(Eigen::Vector4d(2, 2, 2, 0)), 3);
  EXPECT_DOUBLE_EQ(participation_ratio(Eigen::Vector2d(3, 1)), 1.6);
  EXPECT_DOUBLE_EQ(participation_ratio(Eigen::Vector2d(3e-200, 1e-200)), 1.6);
  EXPECT_EQ(participation_ratio(Eigen::VectorXd()), 0);
}

}  // namespace
}  // namespace wideproof::theory
