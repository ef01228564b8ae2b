// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/model/network.hpp>

namespace wideproof::train {

/// Classes of inputs, and the same dealt out at random.
struct InputClasses {
  std::vector<Eigen::Index> own;    ///< of each input, from 0; all 0 without classes
  std::vector<Eigen::Index> dealt;  ///< a permutation of them
  Eigen::Index count = 1;           ///< K; 1 without classes
};

/// The classes of rows of targets that are classes, inputs × outputs; without them one class.
/// `order`: a permutation of the rows, by which they are dealt out.
InputClasses input_classes(const Eigen::MatrixXd& targets, bool are_classes,
                           const std::vector<std::int64_t>& order);

/// What signs activities have.
struct ActivitySigns {
  bool are_both = false;  ///< some are negative
  /// A neuron is active where it is not 0, as those of projected layers; else where it is positive.
  bool count_both = false;
};

/// Those of a network's hidden layers.
ActivitySigns activity_signs(const model::Network& network);

/// What the neurons of one layer show of inputs that come in parts: how sparse they are
/// (model::SparsityNumber) and how they tell classes apart (model::SelectivityNumber).
class LayerActivity {
 public:
  /// `classes` must outlive it.
  LayerActivity(std::int64_t width, const InputClasses& classes, ActivitySigns signs);

  /// `z` of the inputs after those that came, B × n, contiguous.
  void add(const at::Tensor& z);

  /// In the order of model::SparsityNumber.
  Eigen::VectorXd sparsity() const;
  /// In the order of model::SelectivityNumber.
  Eigen::VectorXd selectivity() const;

 private:
  template <class Real>
  void add_row(const Real* z);
  double unit_hoyer() const;
  Eigen::ArrayXd inputs_of(const std::vector<Eigen::Index>& classes) const;

  const InputClasses& classes_;
  ActivitySigns signs_;
  std::size_t seen_ = 0;
  double active_inputs_ = 0;
  double ratio_ = 0;
  double square_ratio_ = 0;
  double active_ = 0;
  Eigen::ArrayXXd sums_, dealt_sums_;  ///< n × K
  Eigen::ArrayXd magnitudes_;          ///< n
  Eigen::ArrayXd squares_;             ///< n
};

}  // namespace wideproof::train
