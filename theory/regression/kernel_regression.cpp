// SPDX-License-Identifier: MIT
#include <wideproof/theory/regression/kernel_regression.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/regression/lapack.hpp>

namespace wideproof::theory {
namespace {

using model::InputError;

/// Columns of K that are gathered at a time for the prediction.
constexpr Eigen::Index gathered = 64;

void require_shapes(const Eigen::MatrixXd& kernel, const Eigen::MatrixXd& targets, double ridge) {
  if (kernel.rows() != kernel.cols() || kernel.rows() == 0) {
    throw InputError("kernel", fmt::format("{} x {}", kernel.rows(), kernel.cols()),
                     "must be a square matrix with a row for each point");
  }
  if (targets.rows() != kernel.rows() || targets.cols() == 0 || !targets.allFinite()) {
    throw InputError(
        "targets", fmt::format("{} x {}", targets.rows(), targets.cols()),
        fmt::format("must be finite, with a row for each of {} points and a column for each output",
                    kernel.rows()));
  }
  if (!(ridge >= 0 && std::isfinite(ridge))) {
    throw InputError("generalization.ridge", ridge, "must be finite and at least 0");
  }
}

/// Which points train.
std::vector<bool> marked(const std::vector<Eigen::Index>& training, Eigen::Index count) {
  constexpr const char* key = "generalization.training_points";
  if (training.empty()) throw InputError(key, 0, "must be at least 1");
  std::vector<bool> trains(static_cast<std::size_t>(count), false);
  for (const auto row : training) {
    if (row < 0 || row >= count) {
      throw InputError(key, row, fmt::format("names no row of a pool of {} points", count));
    }
    if (trains[static_cast<std::size_t>(row)]) throw InputError(key, row, "is named twice");
    trains[static_cast<std::size_t>(row)] = true;
  }
  return trains;
}

Eigen::MatrixXd training_block(const Eigen::MatrixXd& kernel,
                               const std::vector<Eigen::Index>& training, double ridge) {
  Eigen::MatrixXd block = kernel(training, training);
  block.diagonal().array() += ridge;
  return block;
}

/// Share of a matrix's scale that rounding leaves uncertain.
double resolution(Eigen::Index order) {
  return static_cast<double>(order) * std::numeric_limits<double>::epsilon();
}

/// Factors `block` unless a pivot is lost in rounding: 1/pivot would then be a random number.
bool factor_resolved(Eigen::MatrixXd& block) {
  const double least = resolution(block.rows()) * block.diagonal().maxCoeff();
  return factor_cholesky(block) && block.diagonal().array().square().minCoeff() > least;
}

Eigen::MatrixXd pseudo_solved(Eigen::MatrixXd block, const Eigen::MatrixXd& right) {
  const Eigen::VectorXd eigenvalues = diagonalise(block);
  const double least = resolution(block.rows()) * eigenvalues.cwiseAbs().maxCoeff();
  const Eigen::VectorXd inverse =
      eigenvalues.unaryExpr([=](double value) { return value > least ? 1 / value : 0.0; });
  const Eigen::MatrixXd modes = block.transpose() * right;
  return block * (inverse.asDiagonal() * modes);
}

/// (K_TT + λ)⁻¹ Y_T, P × outputs
Eigen::MatrixXd coefficients(const Eigen::MatrixXd& kernel, const Eigen::MatrixXd& targets,
                             const std::vector<Eigen::Index>& training, double ridge) {
  Eigen::MatrixXd solution = targets(training, Eigen::all);
  Eigen::MatrixXd block = training_block(kernel, training, ridge);
  if (!factor_resolved(block)) {
    return pseudo_solved(training_block(kernel, training, ridge), solution);
  }
  solve_cholesky(block, solution);
  return solution;
}

}  // namespace

model::RegressionError kernel_regression(const Eigen::MatrixXd& kernel,
                                         const Eigen::MatrixXd& targets,
                                         const std::vector<Eigen::Index>& training, double ridge) {
  require_shapes(kernel, targets, ridge);
  const auto trains = marked(training, kernel.rows());
  const Eigen::MatrixXd solution = coefficients(kernel, targets, training, ridge);

  Eigen::MatrixXd residual = -targets;
  const auto count = static_cast<Eigen::Index>(training.size());
  for (Eigen::Index first = 0; first < count; first += gathered) {
    const Eigen::Index columns = std::min(gathered, count - first);
    const std::vector<Eigen::Index> rows(training.begin() + first,
                                         training.begin() + first + columns);
    const Eigen::MatrixXd seen = kernel(Eigen::all, rows);
    residual.noalias() += seen * solution.middleRows(first, columns);
  }

  double seen = 0;
  double unseen = 0;
  for (Eigen::Index row = 0; row < residual.rows(); ++row) {
    (trains[static_cast<std::size_t>(row)] ? seen : unseen) += residual.row(row).squaredNorm();
  }
  const auto outputs = static_cast<double>(targets.cols());
  const auto points = static_cast<double>(kernel.rows());
  const auto trained = static_cast<double>(count);
  return {.pool = (seen + unseen) / (points * outputs),
          .training = seen / (trained * outputs),
          .unseen = points > trained ? unseen / ((points - trained) * outputs)
                                     : std::numeric_limits<double>::quiet_NaN()};
}

}  // namespace wideproof::theory
