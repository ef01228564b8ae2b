// SPDX-License-Identifier: MIT
#include <wideproof/compare/training/numbers.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>
#include <Eigen/Eigenvalues>

namespace wideproof::compare {
namespace {

using model::TrainedLaw;
using model::TrainedWidth;
using model::TrainingMeasurement;

/// Least effective replicates and largest skewness of an average that Student's t is used for.
constexpr double enough_replicates = 80.0;
constexpr double most_skewness = 0.08;

/// The i-th of `chosen` places spread evenly over `count`.
std::size_t spread_place(std::size_t i, std::size_t chosen, std::size_t count) {
  return chosen < 2 ? count - 1 : i * (count - 1) / (chosen - 1);
}

/// Points at which a variance is not negligible, and their covariance.
struct VaryingPoints {
  std::vector<Eigen::Index> points;
  Eigen::MatrixXd covariance;
};

VaryingPoints varying_points(const TrainedLaw& law, double largest_variance) {
  VaryingPoints varying;
  for (Eigen::Index a = 0; a < law.covariance.rows(); ++a)
    if (law.covariance(a, a) > least_variance * largest_variance) varying.points.push_back(a);
  varying.covariance = law.covariance(varying.points, varying.points);
  return varying;
}

/// (C × N') deviations of one network's outputs from the predicted means.
Eigen::MatrixXd deviations_of(const Eigen::MatrixXd& outputs, const TrainedLaw& law,
                              const VaryingPoints& varying) {
  return (outputs - law.mean)(Eigen::all, varying.points);
}

/// N' × k: u_j/√λ_j.
Eigen::MatrixXd whitener_of(const Eigen::MatrixXd& covariance) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(covariance);
  const Eigen::VectorXd values = eigen.eigenvalues().reverse();
  const Eigen::MatrixXd vectors = eigen.eigenvectors().rowwise().reverse();
  Eigen::Index directions = 1;
  while (directions < std::min(most_directions, values.size()) &&
         values[directions] > least_eigenvalue * values[0])
    ++directions;
  Eigen::MatrixXd whitener = vectors.leftCols(directions);
  for (Eigen::Index j = 0; j < directions; ++j)
    whitener.col(j) *= (whitener.col(j).sum() < 0.0 ? -1.0 : 1.0) / std::sqrt(values[j]);
  return whitener;
}

std::int64_t fewest_of(const TrainingMeasurement& measurement) {
  auto fewest = static_cast<std::int64_t>(measurement.widths.front().networks.size());
  for (const TrainedWidth& at : measurement.widths)
    fewest = std::min(fewest, static_cast<std::int64_t>(at.networks.size()));
  return fewest;
}

/// Whether an average over so many networks of a sum over C outputs of quadratic forms in normal
/// numbers, their matrix of the eigenvalues μ, is normal enough. The cumulants of one network are
/// κ_r = C 2^(r−1) (r − 1)! Σ μ^r.
bool is_normal_enough(const Eigen::VectorXd& eigenvalues, Eigen::Index outputs,
                      std::int64_t networks) {
  const auto count = static_cast<double>(outputs);
  const Eigen::ArrayXd mu = eigenvalues.array();
  const double second = mu.square().sum();
  const double skewness = std::sqrt(8.0 / count) * mu.cube().sum() / std::pow(second, 1.5);
  const double excess = 12.0 / count * mu.square().square().sum() / (second * second);
  const auto replicates = static_cast<double>(networks);
  return std::abs(skewness) / std::sqrt(replicates) < most_skewness &&
         2.0 * replicates / (2.0 + excess) > enough_replicates;
}

/// Of Σ_a z_a², z of this covariance, each scaled to a variance of 1.
Eigen::VectorXd spread_eigenvalues(const Eigen::MatrixXd& covariance) {
  const Eigen::VectorXd root = covariance.diagonal().cwiseSqrt().cwiseInverse();
  const Eigen::MatrixXd correlation = root.asDiagonal() * covariance * root.asDiagonal();
  return Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(correlation, Eigen::EigenvaluesOnly)
      .eigenvalues();
}

/// E (χ²_m/m)^{1/3}
double mean_cube_root(Eigen::Index m) {
  const double half = 0.5 * static_cast<double>(m);
  return std::exp(std::lgamma(half + 1.0 / 3.0) - std::lgamma(half) - std::log(half) / 3.0);
}

double largest_variance_of(const std::vector<TrainedLaw>& laws) {
  double largest = 0.0;
  for (const TrainedLaw& law : laws)
    if (law.covariance.size() > 0)
      largest = std::max(largest, law.covariance.diagonal().maxCoeff());
  return largest;
}

/// Of sgn(z z') with this correlation.
double mean_sign(double correlation) {
  return std::asin(correlation) / std::asin(1.0);
}

/// (1 ± margin)^power
Interval within(double margin, double power) {
  return {std::pow(1.0 - margin, power), std::pow(1.0 + margin, power)};
}

}  // namespace

std::string place_of(const TrainedNumber& number, const TrainingMeasurement& measurement) {
  const std::string step = fmt::format("step {}", measurement.steps[number.step]);
  switch (number.quantity) {
    case TrainedQuantity::mean:
      break;
    case TrainedQuantity::spread:
      return step + ", spread";
    case TrainedQuantity::leading_spread:
      return step + ", spread along leading directions";
    case TrainedQuantity::leading_covariance:
      return step + ", covariance of leading directions";
  }
  const bool is_test = number.point >= measurement.training_points;
  return fmt::format("{}{}, {}input {}", step,
                     measurement.outputs > 1 ? fmt::format(", output {}", number.output + 1) : "",
                     is_test ? "test " : "",
                     number.point + 1 - (is_test ? measurement.training_points : 0));
}

TrainedNumbers::TrainedNumbers(const model::TrainingPrediction* prediction,
                               const TrainingMeasurement& measurement, double target_scale,
                               const TrainedOptions& options)
    : measurement_(measurement), columns_(measurement.widths.size()) {
  const bool is_predicted = prediction != nullptr && !prediction->descent.empty();
  const double largest = is_predicted ? largest_variance_of(prediction->descent) : 0.0;
  for (std::size_t step = 0; step < measurement.steps.size(); ++step) {
    if (options.is_centred && measurement.steps[step] == 0) continue;
    const TrainedLaw* law = is_predicted ? &prediction->descent[step] : nullptr;
    add_means(step, law, target_scale, options);
    if (law != nullptr && !options.is_centred && largest > 0.0)
      add_spreads(step, *law, largest, options);
  }
  for (std::size_t w = 0; w < columns_.size(); ++w) {
    const TrainedWidth& at = measurement.widths[w];
    Eigen::MatrixXd rows(static_cast<Eigen::Index>(at.networks.size()),
                         static_cast<Eigen::Index>(all_.size()));
    for (std::size_t k = 0; k < all_.size(); ++k)
      rows.col(static_cast<Eigen::Index>(k)) = columns_[w][k];
    measured_.push_back({at.width, std::move(rows)});
  }
  columns_.clear();
  choose_joint(static_cast<std::size_t>(measurement.outputs * measurement.points));
}

void TrainedNumbers::append(const TrainedNumber& number,
                            const std::vector<Eigen::VectorXd>& networks) {
  all_.push_back(number);
  for (std::size_t w = 0; w < networks.size(); ++w) columns_[w].push_back(networks[w]);
}

void TrainedNumbers::add_means(std::size_t step, const TrainedLaw* law, double target_scale,
                               const TrainedOptions& options) {
  for (Eigen::Index c = 0; c < measurement_.outputs; ++c) {
    for (Eigen::Index a = 0; a < measurement_.points; ++a) {
      std::vector<Eigen::VectorXd> networks;
      for (const TrainedWidth& at : measurement_.widths) {
        Eigen::VectorXd column(static_cast<Eigen::Index>(at.networks.size()));
        for (Eigen::Index r = 0; r < column.size(); ++r)
          column[r] = at.networks[static_cast<std::size_t>(r)][step].outputs(c, a);
        networks.push_back(std::move(column));
      }
      const double predicted =
          law != nullptr ? law->mean(c, a) : std::numeric_limits<double>::quiet_NaN();
      const double reach = options.equivalence_margin * target_scale;
      append({{predicted,
               target_scale,
               {predicted - reach, predicted + reach},
               std::isfinite(predicted)},
              TrainedQuantity::mean,
              step,
              c,
              a},
             networks);
    }
  }
}

void TrainedNumbers::add_spreads(std::size_t step, const TrainedLaw& law, double largest_variance,
                                 const TrainedOptions& options) {
  const VaryingPoints varying = varying_points(law, largest_variance);
  if (varying.points.empty()) return;
  const Eigen::MatrixXd whitener = whitener_of(varying.covariance);
  const Eigen::Index pairs = whitener.cols() - 1;
  const Eigen::VectorXd inverse_deviation =
      varying.covariance.diagonal().cwiseSqrt().cwiseInverse();
  std::vector<Eigen::VectorXd> spreads, leading_spreads, leading_covariances;
  for (const TrainedWidth& at : measurement_.widths) {
    Eigen::VectorXd spread(static_cast<Eigen::Index>(at.networks.size()));
    Eigen::VectorXd leading(spread.size());
    Eigen::VectorXd products(spread.size());
    for (Eigen::Index r = 0; r < spread.size(); ++r) {
      const Eigen::MatrixXd deviations =
          deviations_of(at.networks[static_cast<std::size_t>(r)][step].outputs, law, varying);
      const Eigen::MatrixXd z = deviations * whitener;
      spread[r] = (deviations * inverse_deviation.asDiagonal()).array().square().mean();
      leading[r] = std::cbrt(z.array().square().mean()) / mean_cube_root(z.size());
      if (pairs > 0)
        products[r] = z.leftCols(pairs).cwiseProduct(z.rightCols(pairs)).cwiseSign().mean();
    }
    spreads.push_back(std::move(spread));
    leading_spreads.push_back(std::move(leading));
    leading_covariances.push_back(std::move(products));
  }
  const double margin = options.equivalence_margin;
  const bool is_judged = is_normal_enough(spread_eigenvalues(varying.covariance),
                                          measurement_.outputs, fewest_of(measurement_));
  append({{1.0, 1.0, within(margin, 2.0), is_judged}, TrainedQuantity::spread, step}, spreads);
  append({{1.0, 1.0, within(margin, 2.0 / 3.0), true}, TrainedQuantity::leading_spread, step},
         leading_spreads);
  if (pairs == 0) return;
  const double signs = mean_sign(std::min(1.0, 2.0 * margin));
  append({{0.0, 1.0, {-signs, signs}, true}, TrainedQuantity::leading_covariance, step},
         leading_covariances);
}

void TrainedNumbers::choose_joint(std::size_t means_of_a_step) {
  std::vector<std::size_t> first_of_steps;
  for (std::size_t k = 0; k < all_.size(); ++k)
    if (k == 0 || all_[k].step != all_[k - 1].step) first_of_steps.push_back(k);
  const std::size_t steps = std::min(most_joint_steps, first_of_steps.size());
  const std::size_t points = std::min(most_joint_points, means_of_a_step);
  for (std::size_t i = 0; i < steps; ++i) {
    const std::size_t first = first_of_steps[spread_place(i, steps, first_of_steps.size())];
    for (std::size_t j = 0; j < points; ++j)
      joint_.push_back(first + spread_place(j, points, means_of_a_step));
    for (std::size_t k = first + means_of_a_step;
         k < all_.size() && all_[k].step == all_[first].step; ++k)
      if (all_[k].is_judged) joint_.push_back(k);
  }
}

}  // namespace wideproof::compare
