// SPDX-License-Identifier: MIT
#include <wideproof/theory/tangent/trained_limit.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/tangent/tangent_recursion.hpp>

#include "printed.hpp"

namespace wideproof::theory {
namespace {

using model::LateralFilter;
using model::Trained;

constexpr double forever = std::numeric_limits<double>::infinity();
constexpr double rate = 0.1;

/// Four points of a circle that train, and two that do not.
const std::vector<Eigen::Index> trained_rows = {0, 1, 2, 3};

Eigen::MatrixXd circle_targets() {
  return Eigen::Vector4d(1, -.5, .8, -1);
}

model::TangentPrediction circle_theory(double active_fraction, std::int64_t taps,
                                       std::int64_t depth, Trained trained) {
  const std::vector<double> angles = {0, 1.2, 2.9, 4.6, .5, 3.7};
  Eigen::MatrixXd cosines(6, 6);
  for (Eigen::Index a = 0; a < 6; ++a) {
    for (Eigen::Index b = 0; b < 6; ++b) {
      cosines(a, b) =
          std::cos(angles[static_cast<std::size_t>(a)] - angles[static_cast<std::size_t>(b)]);
    }
  }
  return predict_tangent(
      model::Network({.depth = depth,
                      .active_fraction = active_fraction,
                      .presynaptic = taps > 1 ? LateralFilter::box(taps) : LateralFilter()}),
      cosines, {.trained = trained});
}

TrainedLimit trained_circle(const model::TangentPrediction& theory, bool readout_only = false) {
  return {readout_only ? theory.output_kernel : theory.output_tangent, theory.output_kernel,
          trained_rows, circle_targets()};
}

struct PrintedRow {
  double active_fraction;
  std::int64_t taps, depth;
  Trained trained;
  bool readout_only;
  double time;
  std::vector<double> mean, deviation;
};

std::vector<PrintedRow> printed_rows() {
  return {{.3,
           1,
           1,
           Trained::weights,
           false,
           5,
           {0.3114833562, -0.0235757672},
           {0.3949960513, 0.6383634238}},
          {.3,
           1,
           1,
           Trained::weights,
           false,
           20,
           {0.4312568859, -0.0320416191},
           {0.3130852420, 0.5681095881}},
          {.3,
           1,
           1,
           Trained::weights,
           false,
           forever,
           {0.4360540379, -0.0320719980},
           {0.3126478614, 0.5672000668}},
          {.3,
           1,
           1,
           Trained::weights,
           true,
           5,
           {0.1781714442, -0.0256184656},
           {0.5737088447, 0.7310558647}},
          {.3,
           1,
           1,
           Trained::weights,
           true,
           20,
           {0.3809358390, -0.0563217405},
           {0.3154006688, 0.5601797923}},
          {.3,
           1,
           1,
           Trained::weights,
           true,
           forever,
           {0.4657546131, -0.0581127146},
           {0.3062307795, 0.5523512578}},
          {.3,
           5,
           2,
           Trained::weights,
           false,
           5,
           {0.2991053450, -0.0008548725},
           {0.3835826507, 0.5771027840}},
          {.3,
           5,
           2,
           Trained::weights,
           false,
           20,
           {0.3902790636, -0.0102114745},
           {0.3390195044, 0.5383547271}},
          {.3,
           5,
           2,
           Trained::weights,
           false,
           forever,
           {0.3926749001, -0.0102259039},
           {0.3387635254, 0.5380883382}},
          {.3,
           5,
           2,
           Trained::weights,
           true,
           5,
           {0.1401371707, 0.0180332305},
           {0.5305902599, 0.6415890479}},
          {.3,
           5,
           2,
           Trained::weights,
           true,
           20,
           {0.3112359246, -0.0152851941},
           {0.3512599993, 0.5250780419}},
          {.3,
           5,
           2,
           Trained::weights,
           true,
           forever,
           {0.4551040333, -0.0385647849},
           {0.3233136840, 0.5097777638}},
          {.3,
           5,
           2,
           Trained::field,
           false,
           5,
           {0.3122064525, -0.0000194717},
           {0.3687004824, 0.5573268657}},
          {.3,
           5,
           2,
           Trained::field,
           false,
           20,
           {0.3893501376, -0.0097034577},
           {0.3386342524, 0.5332552141}},
          {.3,
           5,
           2,
           Trained::field,
           false,
           forever,
           {0.3907857785, -0.0096767828},
           {0.3384947937, 0.5331399027}},
          {.3,
           5,
           2,
           Trained::field,
           true,
           5,
           {0.1401371707, 0.0180332305},
           {0.5305902599, 0.6415890479}},
          {.3,
           5,
           2,
           Trained::field,
           true,
           20,
           {0.3112359246, -0.0152851941},
           {0.3512599993, 0.5250780419}},
          {.3,
           5,
           2,
           Trained::field,
           true,
           forever,
           {0.4551040333, -0.0385647849},
           {0.3233136840, 0.5097777638}},
          {.1,
           13,
           2,
           Trained::weights,
           false,
           5,
           {0.2832763612, 0.0166384926},
           {0.6404138382, 0.8397149364}},
          {.1,
           13,
           2,
           Trained::weights,
           false,
           20,
           {0.2964961243, 0.0168654946},
           {0.6336414911, 0.8358484837}},
          {.1,
           13,
           2,
           Trained::weights,
           false,
           forever,
           {0.2964977639, 0.0168654966},
           {0.6336412103, 0.8358482871}},
          {.1,
           13,
           2,
           Trained::weights,
           true,
           5,
           {0.1494763137, 0.0207615409},
           {0.7125303334, 0.8393673191}},
          {.1,
           13,
           2,
           Trained::weights,
           true,
           20,
           {0.3329814339, 0.0214948348},
           {0.5925139510, 0.7845068456}},
          {.1,
           13,
           2,
           Trained::weights,
           true,
           forever,
           {0.4140930418, 0.0147715852},
           {0.5851221053, 0.7817311531}}};
}

TEST(TrainedLimit, HasThePrintedValues) {
  ASSERT_EQ(printed_rows().size(), 24u);
  for (const auto& row : printed_rows()) {
    const auto theory = circle_theory(row.active_fraction, row.taps, row.depth, row.trained);
    const auto outputs = trained_circle(theory, row.readout_only).after_flow(rate * row.time);
    for (Eigen::Index i = 0; i < 2; ++i) {
      const auto here = "f = " + std::to_string(row.active_fraction) + ", depth " +
                        std::to_string(row.depth) + ", t = " + std::to_string(row.time);
      const auto at = static_cast<std::size_t>(i);
      EXPECT_NEAR(outputs.mean(4 + i, 0), row.mean[at], printed(10)) << here;
      EXPECT_NEAR(std::sqrt(outputs.covariance(4 + i, 4 + i)), row.deviation[at], printed(10))
          << here;
    }
  }
}

TEST(TrainedLimit, AfterFiveStepsHasThePrintedValues) {
  const auto theory = circle_theory(.3, 1, 1, Trained::weights);
  const auto outputs = trained_circle(theory).after_steps(rate, 5);
  EXPECT_NEAR(outputs.mean(4, 0), .3325407654, printed(10));
  EXPECT_NEAR(outputs.mean(5, 0), -.0252624341, printed(10));
  EXPECT_NEAR(std::sqrt(outputs.covariance(4, 4)), .3663006010, printed(10));
  EXPECT_NEAR(std::sqrt(outputs.covariance(5, 5)), .6214951366, printed(10));
}

/// f ← f − rate Θ_{·d} (f_d − y) step by step, for the mean and the covariance of all points, rows
/// `training` first.
TrainedLimit::Outputs step_by_step(const Eigen::MatrixXd& tangent, const Eigen::MatrixXd& kernel,
                                   const Eigen::MatrixXd& targets, double step_size, int steps) {
  const auto points = tangent.rows();
  const auto count = targets.rows();
  Eigen::MatrixXd passes = Eigen::MatrixXd::Identity(points, points);
  passes.leftCols(count) -= step_size * tangent.leftCols(count);
  TrainedLimit::Outputs outputs{Eigen::MatrixXd::Zero(points, targets.cols()), kernel};
  for (int i = 0; i < steps; ++i) {
    outputs.mean = passes * outputs.mean + step_size * tangent.leftCols(count) * targets;
    outputs.covariance = passes * outputs.covariance * passes.transpose();
  }
  return outputs;
}

TEST(TrainedLimit, AfterStepsIsTheirRecursion) {
  const auto theory = circle_theory(.3, 5, 2, Trained::field);
  const Eigen::MatrixXd targets =
      (Eigen::MatrixXd(4, 2) << 1, 0, -.5, 2, .8, -1, -1, .3).finished();
  const TrainedLimit limit(theory.output_tangent, theory.output_kernel, trained_rows, targets);
  for (const double step_size : {0.01, 0.3, 0.9 * limit.critical_step_size()}) {
    for (const int steps : {0, 1, 7, 40}) {
      const auto expected =
          step_by_step(theory.output_tangent, theory.output_kernel, targets, step_size, steps);
      const auto outputs = limit.after_steps(step_size, steps);
      EXPECT_LT((outputs.mean - expected.mean).norm(), 1e-12) << step_size << " " << steps;
      EXPECT_LT((outputs.covariance - expected.covariance).norm(), 1e-12)
          << step_size << " " << steps;
    }
  }
}

TEST(TrainedLimit, WithARidgeIsTheDescentOfWhatIsPulledBack) {
  const auto theory = circle_theory(.3, 5, 2, Trained::weights);
  const Eigen::MatrixXd& tangent = theory.output_tangent;
  const Eigen::Vector4d targets = circle_targets();
  constexpr double ridge = 0.4;
  constexpr double size = 0.2;
  const TrainedLimit limit(tangent, theory.output_kernel, trained_rows, targets, ridge);
  // f = f_0 + Θ_xd u, u moved by the residual and pulled back: as maps of f_0 and of y.
  const Eigen::MatrixXd seen = tangent(Eigen::all, trained_rows);
  Eigen::MatrixXd of_start = Eigen::MatrixXd::Zero(4, 6);
  Eigen::VectorXd of_targets = Eigen::Vector4d::Zero();
  const Eigen::MatrixXd all = Eigen::MatrixXd::Identity(6, 6);
  for (int step = 0; step < 9; ++step) {
    const auto outputs = limit.after_steps(size, step);
    const Eigen::MatrixXd passes = all + seen * of_start;
    EXPECT_LT((outputs.mean - seen * of_targets).norm(), 1e-12) << step;
    EXPECT_LT((outputs.covariance - passes * theory.output_kernel * passes.transpose()).norm(),
              1e-12)
        << step;
    const Eigen::MatrixXd among = seen.topRows(4);
    of_start -= size * (all.topRows(4) + among * of_start + ridge * of_start);
    of_targets -= size * (among * of_targets - targets + ridge * of_targets);
  }
  Eigen::MatrixXd pulled = seen.topRows(4);
  pulled.diagonal().array() += ridge;
  const Eigen::VectorXd end = seen * pulled.lu().solve(targets);
  EXPECT_LT((limit.after_flow(forever).mean - end).norm(), 1e-12);
  EXPECT_LT((limit.after_steps(size, 100000).mean - end).norm(), 1e-12);
  EXPECT_EQ(limit.critical_step_size(), 2 / (limit.eigenvalues()(3) + ridge));
  EXPECT_THROW(TrainedLimit(tangent, tangent, trained_rows, targets, -1), model::InputError);
}

TEST(TrainedLimit, OfSmallStepsIsThatOfGradientFlow) {
  const auto limit = trained_circle(circle_theory(.3, 5, 2, Trained::weights));
  const auto flow = limit.after_flow(0.5);
  const auto far = limit.after_steps(0.5 / 1000, 1000);
  const auto near = limit.after_steps(0.5 / 2000, 2000);
  // The error is of first order in the step: half the step, half the error.
  EXPECT_LT((far.mean - flow.mean).norm(), 1e-2);
  EXPECT_NEAR((near.mean - flow.mean).norm() / (far.mean - flow.mean).norm(), 0.5, 1e-2);
}

TEST(TrainedLimit, IsTheNetworkBeforeTrainingAndFitsTheTargetsAfterIt) {
  const auto theory = circle_theory(.3, 1, 2, Trained::weights);
  const auto limit = trained_circle(theory);
  const auto start = limit.after_flow(0);
  EXPECT_EQ(start.mean, Eigen::MatrixXd::Zero(6, 1));
  EXPECT_LT((start.covariance - theory.output_kernel).norm(), 1e-13);
  const auto end = limit.after_flow(forever);
  EXPECT_LT((end.mean.topRows(4) - circle_targets()).norm(), 1e-13);
  EXPECT_EQ(end.covariance.topLeftCorner(4, 4), Eigen::MatrixXd::Zero(4, 4));
}

// K_xx − K_xd K_dd⁻¹ K_dx: regression with the covariance of the outputs as prior.
TEST(TrainedLimit, OfReadoutsEndsAsTheGaussianProcessPosterior) {
  const auto theory = circle_theory(.3, 1, 2, Trained::weights);
  const Eigen::MatrixXd& k = theory.output_kernel;
  const Eigen::MatrixXd solved = k.topLeftCorner(4, 4).partialPivLu().solve(k.topRightCorner(4, 2));
  const auto end = trained_circle(theory, true).after_flow(forever);
  EXPECT_LT((end.mean.bottomRows(2) - solved.transpose() * circle_targets()).norm(), 1e-12);
  EXPECT_LT((end.covariance.bottomRightCorner(2, 2) - k.bottomRightCorner(2, 2) +
             k.bottomLeftCorner(2, 4) * solved)
                .norm(),
            1e-12);
}

TEST(TrainedLimit, OfCentredNetworksHasTheSameMeanAndNoCovariance) {
  const auto theory = circle_theory(.3, 5, 2, Trained::weights);
  const TrainedLimit centred(theory.output_tangent, Eigen::MatrixXd::Zero(6, 6), trained_rows,
                             circle_targets());
  const auto outputs = centred.after_flow(0.7);
  EXPECT_EQ(outputs.mean, trained_circle(theory).after_flow(0.7).mean);
  EXPECT_EQ(outputs.covariance, Eigen::MatrixXd::Zero(6, 6));
}

TEST(TrainedLimit, TakesTrainingPointsInAnyRows) {
  const auto theory = circle_theory(.3, 5, 2, Trained::weights);
  const std::vector<Eigen::Index> order = {4, 2, 0, 5, 3, 1};  // row i is what was order[i]
  const TrainedLimit limit(theory.output_tangent(order, order), theory.output_kernel(order, order),
                           {2, 5, 1, 4}, circle_targets());
  const auto outputs = limit.after_flow(0.7);
  const auto expected = trained_circle(theory).after_flow(0.7);
  EXPECT_LT((outputs.mean - expected.mean(order, Eigen::all)).norm(), 1e-13);
  EXPECT_LT((outputs.covariance - expected.covariance(order, order)).norm(), 1e-13);
}

TEST(TrainedLimit, OfPointsThatCoincideLearnsTheMeanOfTheirTargets) {
  Eigen::MatrixXd kernel = Eigen::MatrixXd::Ones(3, 3);
  kernel(2, 2) = 2;
  const TrainedLimit limit(kernel, kernel, {0, 1, 2}, Eigen::Vector3d(1, 3, 7));
  const auto end = limit.after_flow(forever);
  EXPECT_LT((end.mean - Eigen::Vector3d(2, 2, 7)).norm(), 1e-13);
  EXPECT_LT(end.covariance.norm(), 1e-13);
}

TEST(TrainedLimit, DivergesAboveTheCriticalStepSize) {
  const auto theory = circle_theory(.3, 5, 2, Trained::weights);
  const auto limit = trained_circle(theory);
  const Eigen::VectorXd values =
      theory.output_tangent.topLeftCorner(4, 4).selfadjointView<Eigen::Lower>().eigenvalues();
  EXPECT_NEAR(limit.critical_step_size(), 2 / values.maxCoeff(), 1e-13);
  EXPECT_LT(limit.after_steps(0.99 * limit.critical_step_size(), 4000).covariance.norm(), 3);
  EXPECT_GT(limit.after_steps(1.01 * limit.critical_step_size(), 4000).covariance.norm(), 1e30);
}

/// What the error says of `key`, or "nothing".
template <class Action>
std::string refused(const Action& action) {
  try {
    action();
  } catch (const model::InputError& error) {
    return error.what();
  }
  return "nothing";
}

TEST(TrainedLimit, RefusesWhatDoesNotFit) {
  const Eigen::MatrixXd k = Eigen::MatrixXd::Identity(3, 3);
  const Eigen::MatrixXd y = Eigen::MatrixXd::Ones(2, 1);
  const auto message = [&](const Eigen::MatrixXd& tangent, const Eigen::MatrixXd& kernel,
                           const std::vector<Eigen::Index>& training,
                           const Eigen::MatrixXd& targets) {
    return refused([&] { TrainedLimit(tangent, kernel, training, targets); });
  };
  EXPECT_EQ(message(k, k, {0, 1}, y), "nothing");
  EXPECT_EQ(message(k.topRows(2), k, {0, 1}, y).rfind("tangent = 2 x 3", 0), 0u);
  EXPECT_EQ(message(k, k.topRows(2), {0, 1}, y).rfind("kernel = 2 x 3", 0), 0u);
  EXPECT_EQ(message(k, std::nan("") * k, {0, 1}, y).rfind("kernel = 3 x 3", 0), 0u);
  EXPECT_EQ(message(k, k, {}, y).rfind("training = none", 0), 0u);
  EXPECT_EQ(message(k, k, {0, 3}, y).rfind("training = 3", 0), 0u);
  EXPECT_EQ(message(k, k, {1, 1}, y).rfind("training = 1", 0), 0u);
  EXPECT_EQ(message(k, k, {0}, y).rfind("targets = 2 x 1", 0), 0u);
  const TrainedLimit limit(k, k, {0, 1}, y);
  EXPECT_EQ(refused([&] { limit.after_flow(-1); }).rfind("time = -1", 0), 0u);
  EXPECT_EQ(refused([&] { limit.after_steps(0, 1); }).rfind("rate = 0", 0), 0u);
  EXPECT_EQ(refused([&] { limit.after_steps(1, -1); }).rfind("steps = -1", 0), 0u);
}

}  // namespace
}  // namespace wideproof::theory
