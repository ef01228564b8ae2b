// SPDX-License-Identifier: MIT
// Numbers of MNIST's 10,000 test digits. They need the file, which is not part of the tree: in the
// folder that the environment variable WIDEPROOF_MNIST names, else in mnist/ of the source tree.
// Without it these tests are skipped.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <torch/types.h>

#include <wideproof/model/files/idx_file.hpp>
#include <wideproof/train/regularizers/activation_penalty.hpp>

#include "false_alarm.hpp"

namespace wideproof::train {
namespace {

using model::Regularizer;
using wideproof::testing::Estimate;

std::string digits_file() {
  const char* const folder = std::getenv("WIDEPROOF_MNIST");
  return std::string(folder != nullptr ? folder : WIDEPROOF_SOURCE "/mnist") +
         "/t10k-images-idx3-ubyte.gz";
}

class Digits : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(digits_file())) GTEST_SKIP() << digits_file() << " is not there";
    std::vector<std::int64_t> all(10000);
    std::iota(all.begin(), all.end(), 0);
    images = model::IdxFile("images", digits_file()).rows(all);
  }

  Eigen::MatrixXd images;  ///< 10,000 × 784
};

TEST_F(Digits, HaveThePrintedSparseness) {
  const Eigen::ArrayXd ratios =
      images.rowwise().lpNorm<1>().array() / images.rowwise().norm().array();
  const Eigen::ArrayXd hoyer = (28 - ratios) / 27;
  EXPECT_EQ((hoyer < .75).count(), 9591);
  EXPECT_NEAR(hoyer.mean(), .634317, 5e-7);
  EXPECT_NEAR(std::sqrt((hoyer - hoyer.mean()).square().mean()), .062002, 5e-7);
}

TEST_F(Digits, HaveThePrintedDimension) {
  const Eigen::MatrixXd centred = images.rowwise() - images.colwise().mean();
  const Eigen::MatrixXd covariance = centred.transpose() * centred;
  EXPECT_NEAR(std::pow(covariance.trace(), 2) / covariance.squaredNorm(), 29.387118, 5e-7);
}

// Classes are not of one size, so that the others' means and the mean of all others differ.
TEST_F(Digits, HaveThePrintedNumbersOfEachClass) {
  auto file = digits_file();
  file.replace(file.find("images-idx3"), 11, "labels-idx1");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is not there";
  std::array<int, 10> counts = {};
  for (const auto label : model::IdxFile("labels", file).labels())
    ++counts.at(static_cast<std::size_t>(label));
  const auto [least, most] = std::minmax_element(counts.begin(), counts.end());
  EXPECT_EQ(*least, 892);
  EXPECT_EQ(*most, 1135);
}

constexpr int networks_of_digits = 24;

/// What untrained networks show, over networks: the regularisers, and how many hidden neurons are 0
/// for all inputs.
struct AtTheStart {
  std::array<Estimate, 3> penalties;
  Estimate silent;
};

/// Of ReLU networks with Glorot's uniform weights, without biases, on the first 256 of the images:
/// over all hidden neurons, regularisers over 10 outputs too.
AtTheStart networks_at_start(const Eigen::MatrixXd& images,
                             const std::vector<Eigen::Index>& hidden) {
  std::mt19937_64 words(20240108);
  Eigen::ArrayXXd values = Eigen::ArrayXXd::Zero(networks_of_digits, 4);
  for (int draw = 0; draw < networks_of_digits; ++draw) {
    Eigen::MatrixXd z = images.topRows(std::min<Eigen::Index>(256, images.rows()));
    std::vector<at::Tensor> layers;
    for (std::size_t l = 0; l <= hidden.size(); ++l) {
      const Eigen::Index width = l < hidden.size() ? hidden[l] : 10;
      const double bound = std::sqrt(6.0 / static_cast<double>(z.cols() + width));
      const auto uniform = [&] { return bound * (std::ldexp(double(words() >> 11U), -52) - 1); };
      const Eigen::MatrixXd weights = Eigen::MatrixXd::NullaryExpr(z.cols(), width, uniform);
      z = z * weights;
      if (l < hidden.size()) {
        z = z.cwiseMax(0);
        values(draw, 3) += static_cast<double>((z.array() == 0).colwise().all().count());
      }
      auto transposed = torch::from_blob(z.data(), {width, z.rows()}, torch::kDouble);
      layers.push_back(transposed.t().contiguous());
    }
    int column = 0;
    for (const auto kind : {Regularizer::t1, Regularizer::t2, Regularizer::mean_correlation})
      values(draw, column++) = ActivationPenalty({.kind = kind}).value(layers);
  }
  using wideproof::testing::mean_of;
  return {{mean_of(values.col(0)), mean_of(values.col(1)), mean_of(values.col(2))},
          mean_of(values.col(3))};
}

/// Printed means of twelve draws with their standard errors.
struct PrintedPenalties {
  std::vector<Eigen::Index> hidden;
  std::array<Estimate, 3> means;
};

/// Whether both means agree at 4 of their difference's standard errors: six comparisons, whose
/// errors have 11 and 23 degrees of freedom, fail by chance once in some 200 times.
bool agree(const Estimate& a, const Estimate& b) {
  return std::abs(a.value - b.value) < 4 * std::hypot(a.standard_error, b.standard_error);
}

TEST_F(Digits, HaveThePrintedPenaltiesAtTheStart) {
  const std::vector<PrintedPenalties> printed = {
      {{450, 350, 200}, {{{-552.1, 1.6, 12}, {-.2299, .0011, 12}, {.1027, .0005, 12}}}},
      {{300, 250, 200, 150, 100}, {{{-544.0, 1.8, 12}, {-.2160, .0020, 12}, {.1043, .0006, 12}}}}};
  for (const auto& [hidden, means] : printed) {
    const auto start = networks_at_start(images, hidden);
    const auto& penalties = start.penalties;
    // The twin: a tenth of the neurons less.
    auto fewer = hidden;
    for (auto& width : fewer) width -= width / 10;
    const auto others = networks_at_start(images, fewer).penalties;
    for (std::size_t i = 0; i < means.size(); ++i) {
      EXPECT_TRUE(agree(penalties[i], means[i]))
          << i << ": " << penalties[i].value << " ± " << penalties[i].standard_error;
    }
    EXPECT_FALSE(agree(others[0], means[0])) << others[0].value;
  }
}

// Printed without an error: that of a count, over twelve draws. The twin: fewer digits, for which
// more neurons are 0.
TEST_F(Digits, LeaveThePrintedNumberOfNeuronsSilentAtTheStart) {
  const Estimate printed{6.8, std::sqrt(6.8 / 12), 12};
  const auto silent = networks_at_start(images, {450, 350, 200}).silent;
  EXPECT_TRUE(agree(silent, printed)) << silent.value << " ± " << silent.standard_error;
  const auto of_fewer = networks_at_start(images.topRows(64), {450, 350, 200}).silent;
  EXPECT_FALSE(agree(of_fewer, printed)) << of_fewer.value;
}

}  // namespace
}  // namespace wideproof::train
