// SPDX-License-Identifier: MIT
#include <wideproof/sim/measure/trained_readout.hpp>

#include <cmath>
#include <cstdint>
#include <limits>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/cholesky_solve.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/linalg_cholesky_ex.h>
#include <ATen/ops/linalg_eigh.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros_like.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>

namespace wideproof::sim {
namespace {

using model::InputError;

void require_arguments(const Eigen::MatrixXd& gram, const Eigen::MatrixXd& targets,
                       const std::vector<Eigen::Index>& training, double ridge) {
  if (targets.rows() != gram.rows() || targets.cols() == 0 || !targets.allFinite()) {
    throw InputError("targets", fmt::format("{} x {}", targets.rows(), targets.cols()),
                     fmt::format("must be finite, with a row for each of {} points", gram.rows()));
  }
  if (!(ridge >= 0 && std::isfinite(ridge))) {
    throw InputError("generalization.ridge", ridge, "must be finite and at least 0");
  }
  constexpr const char* key = "generalization.training_points";
  if (training.empty()) throw InputError(key, 0, "must be at least 1");
  Eigen::ArrayXi times = Eigen::ArrayXi::Zero(gram.rows());
  for (const auto row : training) {
    if (row < 0 || row >= gram.rows()) {
      throw InputError(key, row, fmt::format("is no row of a pool of {} points", gram.rows()));
    }
    if (++times(row) > 1) throw InputError(key, row, "is named twice");
  }
}

/// (Ĝ_TT + λ)⁻¹ Y_T
at::Tensor dual_weights(const at::Tensor& block, const at::Tensor& right) {
  const double resolution =
      static_cast<double>(block.size(0)) * std::numeric_limits<double>::epsilon();
  const auto [factor, failed] = at::linalg_cholesky_ex(block);
  if (failed.item<int>() == 0) {
    const auto pivots = factor.diagonal().square();
    const double least = resolution * block.diagonal().max().item<double>();
    if (pivots.min().item<double>() > least) return at::cholesky_solve(right, factor);
  }
  const auto [values, vectors] = at::linalg_eigh(block);
  const auto kept = values > resolution * values.abs().max();
  const auto inverse = at::where(kept, values.reciprocal(), at::zeros_like(values));
  return vectors.mm(inverse.unsqueeze(1) * vectors.t().mm(right));
}

}  // namespace

model::RegressionError trained_readout(const Eigen::MatrixXd& gram, const Eigen::MatrixXd& targets,
                                       const std::vector<Eigen::Index>& training, double ridge) {
  require_arguments(gram, targets, training, ridge);
  const at::NoGradGuard no_grad;
  const std::int64_t points = gram.rows();
  // Symmetric, so that the order of storage does not matter.
  const auto whole = at::from_blob(const_cast<double*>(gram.data()), {points, points}, at::kDouble);
  const auto rows = at::tensor(std::vector<std::int64_t>(training.begin(), training.end()));
  const auto y = to_tensor(targets, at::kDouble);

  const auto seen_by = whole.index_select(0, rows);  // P × N
  auto block = seen_by.index_select(1, rows);
  block.diagonal().add_(ridge);
  const auto weights = dual_weights(block, y.index_select(0, rows));
  const auto squares = (seen_by.t().mm(weights) - y).square().mean(1);

  const double all = squares.sum().item<double>();
  const double trained = squares.index_select(0, rows).sum().item<double>();
  const auto count = static_cast<double>(training.size());
  const double others = static_cast<double>(points) - count;
  return {
      .pool = all / static_cast<double>(points),
      .training = trained / count,
      .unseen = others > 0 ? (all - trained) / others : std::numeric_limits<double>::quiet_NaN()};
}

}  // namespace wideproof::sim
