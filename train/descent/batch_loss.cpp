// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/batch_loss.hpp>

#include <cmath>

#include <ATen/Dispatch.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>

#include <wideproof/train/training_outcome.hpp>

namespace wideproof::train {

BatchLoss::BatchLoss(model::Loss loss, const Eigen::MatrixXd& targets, bool are_classes,
                     const Eigen::MatrixXd& at_start)
    : loss_(loss), targets_(targets), are_classes_(are_classes), at_start_(at_start) {}

double BatchLoss::squared(std::int64_t row, double* f) const {
  Eigen::Map<Eigen::RowVectorXd> errors(f, targets_.cols());
  errors -= targets_.row(row);
  return 0.5 * errors.squaredNorm();
}

double BatchLoss::cross_entropy(std::int64_t row, double batch, double* f) const {
  Eigen::Map<Eigen::RowVectorXd> outputs(f, targets_.cols());
  const auto y = targets_.row(row);
  const double of_targets = y.dot(outputs);
  const double largest = outputs.maxCoeff();
  outputs = (outputs.array() - largest).exp().matrix();
  const double sum = outputs.sum();
  const double loss = y.sum() * (largest + std::log(sum)) - of_targets;
  outputs = (outputs * (y.sum() / sum) - y) / batch;
  return loss / batch;
}

BatchLoss::Outcome BatchLoss::operator()(const std::vector<std::int64_t>& rows,
                                         const at::Tensor& outputs, at::Tensor& errors) const {
  const auto batch = static_cast<double>(rows.size());
  std::vector<double> f(static_cast<std::size_t>(targets_.cols()));
  Outcome outcome;
  double found = 0;
  AT_DISPATCH_FLOATING_TYPES(errors.scalar_type(), "BatchLoss", [&] {
    const auto* output = outputs.data_ptr<scalar_t>();
    auto* error = errors.data_ptr<scalar_t>();
    for (const auto row : rows) {
      for (std::size_t c = 0; c < f.size(); ++c) f[c] = static_cast<double>(*output++);
      if (at_start_.size() > 0) {
        Eigen::Map<Eigen::RowVectorXd>(f.data(), targets_.cols()) -= at_start_.row(row);
      }
      const Eigen::Map<const Eigen::RowVectorXd> shown(f.data(), targets_.cols());
      if (are_classes_ && class_of(shown) == class_of(targets_.row(row))) ++found;
      outcome.loss += loss_ == model::Loss::squared ? squared(row, f.data())
                                                    : cross_entropy(row, batch, f.data());
      for (const double value : f) *error++ = static_cast<scalar_t>(value);
    }
  });
  if (are_classes_) outcome.accuracy = found / batch;
  return outcome;
}

}  // namespace wideproof::train
