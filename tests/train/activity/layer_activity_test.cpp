// SPDX-License-Identifier: MIT
#include <wideproof/train/activity/layer_activity.hpp>

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>
#include <torch/types.h>

#include <wideproof/model/sparsity/selectivity_numbers.hpp>
#include <wideproof/model/sparsity/sparsity_series.hpp>
#include <wideproof/sim/measure/layer_sparsity.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>
#include <wideproof/sim/random/random_order.hpp>

#include "some_training.hpp"

namespace wideproof::train {
namespace {

using model::SelectivityNumber;

double at(const Eigen::VectorXd& numbers, SelectivityNumber which) {
  return numbers(static_cast<Eigen::Index>(which));
}

TEST(InputClasses, AreLargestOutputsOrSigns) {
  Eigen::MatrixXd targets(3, 3);
  targets << 0, 1, 0, 1, 0, 0, 0, 0, 1;
  const auto several = input_classes(targets, true, {2, 0, 1});
  EXPECT_EQ(several.count, 3);
  EXPECT_EQ(several.own, (std::vector<Eigen::Index>{1, 0, 2}));
  EXPECT_EQ(several.dealt, (std::vector<Eigen::Index>{2, 1, 0}));
  const auto signs = input_classes(Eigen::Vector3d(-1, 1, 1), true, {0, 1, 2});
  EXPECT_EQ(signs.count, 2);
  EXPECT_EQ(signs.own, (std::vector<Eigen::Index>{0, 1, 1}));
  const auto none = input_classes(Eigen::Vector3d(.1, .2, .3), false, {0, 1, 2});
  EXPECT_EQ(none.count, 1);
  EXPECT_EQ(none.own, (std::vector<Eigen::Index>{0, 0, 0}));
}

/// In parts and in either dtype; the other way to the same numbers goes by the layer's Gram.
TEST(LayerActivity, IsThatOfTheLayersGram) {
  Eigen::MatrixXd z = testing::some_field(11, 70).cwiseMax(0);
  z.row(3).setZero();
  z.leftCols(5).setZero();
  InputClasses classes;
  classes.own.assign(11, 0);
  classes.dealt = classes.own;
  sim::LayerSummary summary;
  summary.gram = z * z.transpose() / 70;
  summary.mean_magnitude = z.cwiseAbs().rowwise().mean();
  summary.active_fraction = (z.array() > 0).cast<double>().mean();
  summary.silent_share = (z.array() == 0).colwise().all().cast<double>().mean();
  const Eigen::MatrixXd heard = z.rightCols(65);
  const Eigen::ArrayXd ratios =
      heard.cwiseAbs().colwise().sum().array() / heard.colwise().norm().array();
  summary.unit_hoyer = (std::sqrt(11.) - ratios.mean()) / (std::sqrt(11.) - 1);
  const auto expected = sim::layer_sparsity(summary, Eigen::VectorXd::Ones(11));
  for (const auto dtype : {at::kFloat, at::kDouble}) {
    LayerActivity activity(70, classes, {});
    const auto all = sim::to_tensor(z, dtype);
    activity.add(all.slice(0, 0, 7).contiguous());
    activity.add(all.slice(0, 7, 11).contiguous());
    const double rounding = dtype == at::kFloat ? 1e-6 : 1e-13;
    EXPECT_LT((activity.sparsity() - expected).cwiseAbs().maxCoeff(), rounding);
    EXPECT_TRUE(std::isnan(at(activity.selectivity(), SelectivityNumber::ccmas)));
  }
}

/// Where neurons have either sign those that are not 0 are active in projected layers, in others
/// those that are positive.
TEST(LayerActivity, CountsNeuronsOfBothSignsWhereLayersAreProjected) {
  InputClasses classes;
  classes.own = classes.dealt = {0, 0};
  const Eigen::MatrixXd z{{-1, 0, 2, -3}, {0, 0, 0, 4}};
  const auto active = [&](model::Activation activation) {
    const model::Network network({.activation = activation, .weight_variance = 1.0});
    LayerActivity activity(4, classes, activity_signs(network));
    activity.add(sim::to_tensor(z, at::kDouble));
    return activity.sparsity()(static_cast<Eigen::Index>(model::SparsityNumber::active_fraction));
  };
  EXPECT_DOUBLE_EQ(active(model::Activation::sparse_projection), .5);
  EXPECT_DOUBLE_EQ(active(model::Activation::tanh), .25);
}

/// Neuron i fires for class i alone, the rest for all alike: dealt out at random the classes say
/// less.
TEST(LayerActivity, TellsClassesFromThoseThatWereDealtOut) {
  constexpr std::int64_t inputs = 300;
  constexpr std::int64_t classes_count = 3;
  Eigen::MatrixXd targets = Eigen::MatrixXd::Zero(inputs, classes_count);
  Eigen::MatrixXd z = testing::some_field(inputs, 6).cwiseAbs();
  for (Eigen::Index a = 0; a < inputs; ++a) {
    targets(a, a % classes_count) = 1;
    for (Eigen::Index i = 0; i < classes_count; ++i) {
      if (i != a % classes_count) z(a, i) = 0;
    }
  }
  const auto order = sim::random_order({.seed = 1, .purpose = sim::Purpose::labels}, 0, inputs);
  const auto classes = input_classes(targets, true, order);
  LayerActivity activity(6, classes, {});
  activity.add(sim::to_tensor(z, at::kDouble));
  const auto of = activity.selectivity();
  EXPECT_GT(at(of, SelectivityNumber::ccmas), .5);
  EXPECT_DOUBLE_EQ(at(of, SelectivityNumber::ccmas), at(of, SelectivityNumber::class_selectivity));
  EXPECT_LT(at(of, SelectivityNumber::null_ccmas), .5 * at(of, SelectivityNumber::ccmas));
  EXPECT_GT(at(of, SelectivityNumber::null_ccmas), 0);
  EXPECT_GT(at(of, SelectivityNumber::eta_squared),
            5 * at(of, SelectivityNumber::null_eta_squared));
}

}  // namespace
}  // namespace wideproof::train
