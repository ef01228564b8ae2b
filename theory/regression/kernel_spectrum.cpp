// SPDX-License-Identifier: MIT
#include <wideproof/theory/regression/kernel_spectrum.hpp>

#include <cmath>
#include <limits>

#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/regression/lapack.hpp>

namespace wideproof::theory {
namespace {

using model::InputError;

void require_pool(const Eigen::MatrixXd& kernel, const Eigen::MatrixXd& targets) {
  if (kernel.rows() != kernel.cols() || kernel.rows() == 0) {
    throw InputError("kernel", fmt::format("{} x {}", kernel.rows(), kernel.cols()),
                     "must be a square matrix with a row for each point");
  }
  // Outside the triangle that is read, anything may stand.
  for (Eigen::Index column = 0; column < kernel.cols(); ++column) {
    if (!kernel.col(column).tail(kernel.rows() - column).allFinite()) {
      throw InputError("kernel", fmt::format("column {}", column), "must be finite");
    }
  }
  if (targets.rows() != kernel.rows() || targets.cols() == 0 || !targets.allFinite()) {
    throw InputError(
        "targets", fmt::format("{} x {}", targets.rows(), targets.cols()),
        fmt::format("must be finite, with a row for each of {} points and a column for each output",
                    kernel.rows()));
  }
}

}  // namespace

KernelSpectrum::KernelSpectrum(Eigen::MatrixXd kernel, const Eigen::MatrixXd& targets)
    : rotated_targets_(targets) {
  require_pool(kernel, targets);
  const auto points = static_cast<double>(kernel.rows());
  const double mean_diagonal = kernel.diagonal().mean();
  band_ = reduce_to_band(kernel, rotated_targets_) / points;
  eigenvalues_ = band_eigenvalues(band_).reverse();
  if (!(eigenvalues_.minCoeff() >= -1e-8 * mean_diagonal)) {
    throw InputError("kernel", eigenvalues_.minCoeff(),
                     "is an eigenvalue of K/N: a kernel has none below 0");
  }
  resolution_ =
      points * std::numeric_limits<double>::epsilon() * eigenvalues_.cwiseAbs().maxCoeff();
  eigenvalues_ =
      eigenvalues_.unaryExpr([this](double value) { return value > resolution_ ? value : 0.0; });
  rank_ = (eigenvalues_.array() > 0).count();
  target_power_ = rotated_targets_.squaredNorm() / static_cast<double>(rotated_targets_.size());
}

double KernelSpectrum::unexplained(double s) const {
  // A kernel of zeros explains nothing.
  if (rank_ == 0) return target_power_;
  double shift = s > resolution_ ? s : std::sqrt(resolution_ * eigenvalues_(rank_ - 1));
  Eigen::MatrixXd solution = rotated_targets_;
  const auto shifted = [&] {
    Eigen::MatrixXd band = band_;
    band.row(0).array() += shift;
    return band;
  };
  // Eigenvalues below 0, which count as 0, may exceed a small shift.
  while (!solve_band(shifted(), solution)) {
    shift *= 2;
    solution = rotated_targets_;
  }
  return shift * shift * solution.squaredNorm() / static_cast<double>(solution.size());
}

double participation_ratio(const Eigen::VectorXd& values) {
  const double largest = values.size() > 0 ? values.cwiseAbs().maxCoeff() : 0.0;
  if (!(largest > 0)) return 0;
  const Eigen::ArrayXd scaled = values.array() / largest;
  return scaled.sum() * scaled.sum() / scaled.square().sum();
}

}  // namespace wideproof::theory
