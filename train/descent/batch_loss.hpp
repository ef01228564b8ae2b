// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/model/training/training_options.hpp>

namespace wideproof::train {

/// The loss of a batch (model::Loss), and what it makes of outputs:
///
///   squared        ∂loss/∂f = f − y
///   cross_entropy  ∂loss/∂f = (s Σ_c y_c − y)/B,   s = softmax(f)
///
/// f is what the network puts out, less its outputs at the start where networks are centred.
class BatchLoss {
 public:
  /// Of the inputs of a batch.
  struct Outcome {
    double loss = 0;
    /// The share whose class is found; NaN where targets are no classes.
    double accuracy = std::numeric_limits<double>::quiet_NaN();
  };

  /// `targets`: N × C. `at_start`: f_0, N × C, or empty.
  BatchLoss(model::Loss loss, const Eigen::MatrixXd& targets, bool are_classes,
            const Eigen::MatrixXd& at_start);

  /// Writes ∂loss/∂f of the batch of these rows to `errors`, B × C like `outputs`, and returns the
  /// outcome; in double.
  Outcome operator()(const std::vector<std::int64_t>& rows, const at::Tensor& outputs,
                     at::Tensor& errors) const;

 private:
  double squared(std::int64_t row, double* f) const;
  double cross_entropy(std::int64_t row, double batch, double* f) const;

  using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

  model::Loss loss_;
  Rows targets_;
  bool are_classes_;
  Rows at_start_;
};

}  // namespace wideproof::train
