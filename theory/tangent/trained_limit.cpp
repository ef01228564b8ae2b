// SPDX-License-Identifier: MIT
#include <wideproof/theory/tangent/trained_limit.hpp>

#include <cmath>
#include <limits>
#include <string_view>

#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/regression/lapack.hpp>

namespace wideproof::theory {
namespace {

using model::InputError;

void require_kernel(std::string_view key, const Eigen::MatrixXd& kernel, Eigen::Index points) {
  const bool is_square = kernel.rows() == points && kernel.cols() == points && points > 0;
  if (is_square && kernel.allFinite()) return;
  throw InputError(key, fmt::format("{} x {}", kernel.rows(), kernel.cols()),
                   "must be finite and square, with a row for each point");
}

void require_targets(const Eigen::MatrixXd& targets, std::size_t training) {
  const bool fits = static_cast<std::size_t>(targets.rows()) == training && targets.cols() > 0;
  if (fits && targets.allFinite()) return;
  throw InputError("targets", fmt::format("{} x {}", targets.rows(), targets.cols()),
                   fmt::format("must be finite, with a row for each of {} training points and a "
                               "column for each output",
                               training));
}

/// The rows that do not train.
std::vector<Eigen::Index> other_rows(const std::vector<Eigen::Index>& training,
                                     Eigen::Index points) {
  if (training.empty()) throw InputError("training", "none", "must name at least one point");
  std::vector<bool> trains(static_cast<std::size_t>(points), false);
  for (const auto row : training) {
    if (row < 0 || row >= points) {
      throw InputError("training", row, fmt::format("names none of {} points", points));
    }
    if (trains[static_cast<std::size_t>(row)]) throw InputError("training", row, "is named twice");
    trains[static_cast<std::size_t>(row)] = true;
  }
  std::vector<Eigen::Index> others;
  for (Eigen::Index row = 0; row < points; ++row) {
    if (!trains[static_cast<std::size_t>(row)]) others.push_back(row);
  }
  return others;
}

}  // namespace

TrainedLimit::TrainedLimit(const Eigen::MatrixXd& tangent, const Eigen::MatrixXd& kernel,
                           const std::vector<Eigen::Index>& training,
                           const Eigen::MatrixXd& targets, double ridge)
    : ridge_(ridge), is_centred_(kernel.isZero(0)), training_(training) {
  if (!(ridge >= 0 && std::isfinite(ridge)))
    throw InputError("ridge", ridge, "must be finite and at least 0");
  require_kernel("tangent", tangent, tangent.rows());
  require_kernel("kernel", kernel, tangent.rows());
  others_ = other_rows(training, tangent.rows());
  require_targets(targets, training.size());
  modes_ = tangent(training_, training_);
  eigenvalues_ = diagonalise(modes_).cwiseMax(0.0);
  of_training_ = tangent(others_, training_);
  targets_ = modes_.transpose() * targets;
  if (is_centred_) return;
  of_modes_ = modes_.transpose() * kernel(training_, training_) * modes_;
  modes_by_others_ = modes_.transpose() * kernel(training_, others_);
  of_others_ = kernel(others_, others_);
}

double TrainedLimit::critical_step_size() const {
  return 2 / (eigenvalues_(eigenvalues_.size() - 1) + ridge_);
}

TrainedLimit::Outputs TrainedLimit::after_flow(double time) const {
  if (!(time >= 0)) throw InputError("time", time, "must be at least 0");
  const auto count = eigenvalues_.size();
  const double least = static_cast<double>(count) * std::numeric_limits<double>::epsilon() *
                       (eigenvalues_(count - 1) + ridge_);
  Decay decay{Eigen::VectorXd(count), Eigen::VectorXd(count)};
  for (Eigen::Index i = 0; i < count; ++i) {
    const double value = eigenvalues_(i) + ridge_;
    double left;
    if (std::isinf(time)) {
      const bool is_learnt = value > least;
      left = is_learnt ? 0.0 : 1.0;
      decay.learnt(i) = is_learnt ? 1 / value : 0.0;
    } else {
      left = std::exp(-value * time);
      decay.learnt(i) = value > 0 ? -std::expm1(-value * time) / value : time;
    }
    decay.left(i) = left + ridge_ * decay.learnt(i);
  }
  return outputs(decay);
}

TrainedLimit::Outputs TrainedLimit::after_steps(double rate, std::int64_t steps) const {
  if (!(rate > 0 && std::isfinite(rate))) {
    throw InputError("rate", rate, "must be positive and finite");
  }
  if (steps < 0) throw InputError("steps", steps, "must be at least 0");
  const auto count = eigenvalues_.size();
  const auto power = static_cast<double>(steps);
  Decay decay{Eigen::VectorXd(count), Eigen::VectorXd(count)};
  for (Eigen::Index i = 0; i < count; ++i) {
    const double value = eigenvalues_(i) + ridge_;
    const double move = rate * value;
    const double left = std::pow(1 - move, power);
    const double learnt = move < 0.5 ? -std::expm1(power * std::log1p(-move)) : 1 - left;
    decay.learnt(i) = move > 0 ? learnt / value : rate * power;
    decay.left(i) = left + ridge_ * decay.learnt(i);
  }
  return outputs(decay);
}

TrainedLimit::Outputs TrainedLimit::outputs(const Decay& decay) const {
  const auto points = static_cast<Eigen::Index>(training_.size() + others_.size());
  const Eigen::MatrixXd learnt = decay.learnt.asDiagonal() * targets_;
  Outputs outputs{Eigen::MatrixXd(points, targets_.cols()), Eigen::MatrixXd()};
  outputs.mean(training_, Eigen::all) = modes_ * (eigenvalues_.asDiagonal() * learnt);
  outputs.mean(others_, Eigen::all) = of_training_ * (modes_ * learnt);
  outputs.covariance =
      is_centred_ ? Eigen::MatrixXd::Zero(points, points).eval() : covariance(decay);
  return outputs;
}

Eigen::MatrixXd TrainedLimit::covariance(const Decay& decay) const {
  const auto points = static_cast<Eigen::Index>(training_.size() + others_.size());
  const Eigen::MatrixXd passed = of_training_ * modes_ * decay.learnt.asDiagonal();
  const Eigen::MatrixXd kept = modes_ * decay.left.asDiagonal();
  const Eigen::MatrixXd moved = passed * of_modes_;
  const Eigen::MatrixXd lost = passed * modes_by_others_;
  const Eigen::MatrixXd between = (modes_by_others_.transpose() - moved) * kept.transpose();
  Eigen::MatrixXd covariance(points, points);
  covariance(training_, training_) = kept * of_modes_ * kept.transpose();
  covariance(others_, others_) = of_others_ - lost - lost.transpose() + moved * passed.transpose();
  covariance(others_, training_) = between;
  covariance(training_, others_) = between.transpose();
  return covariance;
}

}  // namespace wideproof::theory
