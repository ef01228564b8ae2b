// SPDX-License-Identifier: MIT
#include <wideproof/theory/sparsity/class_separation.hpp>

#include <cmath>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>

#include "printed.hpp"

namespace wideproof::theory {
namespace {

TEST(EtaSquared, HasThePrintedValuesOfManyClasses) {
  const double fractions_of_classes[] = {.5, .3, .1};
  const double separations[] = {.24408333, .21652247, .16492364};
  for (int i = 0; i < 3; ++i) {
    const double tau = tau_of(fractions_of_classes[i]);
    EXPECT_NEAR(eta_squared_of_classes(tau, .5, .3), separations[i], printed(8));
    // Ten classes are told from infinitely many.
    EXPECT_GT(separations[i] - eta_squared_of_classes(tau, .5, .3, 10), .01);
  }
}

/// K classes of `size` inputs each.
Eigen::MatrixXd gram_of_classes(double tau, double within, double between, Eigen::Index classes,
                                Eigen::Index size) {
  const ThresholdedReluKernel kernel(tau);
  Eigen::MatrixXd gram = Eigen::MatrixXd::Constant(classes * size, classes * size, kernel(between));
  for (Eigen::Index k = 0; k < classes; ++k) {
    gram.block(k * size, k * size, size, size).setConstant(kernel(within));
  }
  gram.diagonal().setConstant(kernel.at_one());
  return gram;
}

std::vector<std::int64_t> labels_of_classes(Eigen::Index classes, Eigen::Index size) {
  std::vector<std::int64_t> labels;
  for (Eigen::Index a = 0; a < classes * size; ++a) labels.push_back(7 + a / size);
  return labels;
}

TEST(EtaSquared, OfLargeClassesIsThatOfTheirLimit) {
  const double tau = tau_of(.3);
  const Eigen::Index size = 200;
  const auto gram = gram_of_classes(tau, .5, .3, 3, size);
  const InputClasses classes(labels_of_classes(3, size), 3 * size);
  const double limit = eta_squared_of_classes(tau, .5, .3, 3);
  const double finite = *pooled_eta_squared(gram, classes);
  // (between + within/P_k (1−1/K)) / (between + within (1−1/P))
  const double expected =
      (limit + (1 - limit) * 2. / (3 * 200)) / (limit + (1 - limit) * 599. / 600);
  // Rounding of sums of 600² terms.
  EXPECT_NEAR(finite, expected, 360000 * 2.2e-16);
  EXPECT_NEAR(eta_squared_ratio(classes).of(gram), finite, 360000 * 2.2e-16);
}

TEST(EtaSquared, IsTheAnalysisOfVarianceOfAnyNeurons) {
  Eigen::MatrixXd z(3, 5);  // neurons × inputs
  z << 0, 1, 2, 4, 1, .5, 0, 0, 3, -1, 3, 3, 1, 0, 2;
  const std::vector<std::int64_t> labels = {4, 0, 4, 0, 4};
  double between = 0;
  double total = 0;
  for (Eigen::Index i = 0; i < z.rows(); ++i) {
    const double mean = z.row(i).mean();
    const double first = (z(i, 0) + z(i, 2) + z(i, 4)) / 3;
    const double second = (z(i, 1) + z(i, 3)) / 2;
    between += 3 * std::pow(first - mean, 2) + 2 * std::pow(second - mean, 2);
    total += (z.row(i).array() - mean).square().sum();
  }
  const Eigen::MatrixXd gram = z.transpose() * z / 3;
  EXPECT_NEAR(*pooled_eta_squared(gram, InputClasses(labels, 5)), between / total, 1e-14);
}

TEST(EtaSquared, OfLabelsThatCarryNothingIsThatOfChance) {
  const auto gram = gram_of_classes(tau_of(.2), .4, .4, 4, 5);
  const InputClasses classes(labels_of_classes(4, 5), 20);
  EXPECT_NEAR(*pooled_eta_squared(gram, classes), 3. / 19, 1e-14);
}

TEST(EtaSquared, OfInputsThatDoNotDifferIsNone) {
  const InputClasses classes({0, 1, 1}, 3);
  EXPECT_FALSE(pooled_eta_squared(Eigen::MatrixXd::Constant(3, 3, .7), classes));
}

std::string refusal_of_labels(const std::vector<std::int64_t>& labels, Eigen::Index inputs) {
  try {
    const InputClasses classes(labels, inputs);
  } catch (const model::InputError& error) {
    return error.what();
  }
  return {};
}

TEST(EtaSquared, RefusesWhatAreNoClasses) {
  EXPECT_EQ(refusal_of_labels({1, 2}, 3), "labels = 2: there must be one for each of the 3 inputs");
  EXPECT_THAT(refusal_of_labels({1, 1, 1}, 3),
              testing::HasSubstr("labels = 1: classes are too few"));
  EXPECT_EQ(refusal_of_labels({1, 1, 2}, 3), "");
  EXPECT_THROW(eta_squared_of_classes(0, .3, .5), model::InputError);
  EXPECT_THROW(eta_squared_of_classes(0, 1, 1), model::InputError);
  EXPECT_THROW(eta_squared_of_classes(0, .5, .3, 1), model::InputError);
}

}  // namespace
}  // namespace wideproof::theory
