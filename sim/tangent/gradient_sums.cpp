// SPDX-License-Identifier: MIT
#include <wideproof/sim/tangent/gradient_sums.hpp>

#include <cstddef>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/zeros.h>

#include <wideproof/sim/numeric/matrix_product.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>

namespace wideproof::sim {

GradientSums& GradientSums::operator+=(const GradientSums& other) {
  beside += other.beside;
  gram += other.gram;
  for (std::size_t probe = 0; probe < own.size(); ++probe) own[probe] += other.own[probe];
  return *this;
}

GradientSums GradientSumShape::none() const {
  const auto whole = cross ? rows.count() : 0;
  return {Eigen::MatrixXd::Zero(beside, rows.count()), Eigen::MatrixXd::Zero(whole, whole),
          std::vector<Eigen::MatrixXd>(static_cast<std::size_t>(rows.full),
                                       Eigen::MatrixXd::Zero(rows.inputs, rows.inputs))};
}

GradientRun::GradientRun(const GradientSumShape& shape, at::ScalarType dtype) : shape_(shape) {
  const auto& rows = shape_.rows;
  if (shape_.cross) {
    products_ = at::zeros({shape_.beside + rows.count(), rows.count()}, dtype);
    return;
  }
  beside_ = at::zeros({shape_.beside, rows.count()}, dtype);
  for (std::int64_t probe = 0; probe < rows.full; ++probe) {
    own_.push_back(at::zeros({rows.inputs, rows.inputs}, dtype));
  }
}

void GradientRun::add(const at::Tensor& rows) {
  const auto& layout = shape_.rows;
  const auto dtype = shape_.cross ? products_.scalar_type() : beside_.scalar_type();
  const auto all = rows.to(dtype);
  const auto gradients = all.narrow(0, shape_.beside, layout.count());
  if (shape_.cross) {
    add_product_transposed(all, gradients, products_);
    return;
  }
  if (shape_.beside > 0) {
    add_product_transposed(all.narrow(0, 0, shape_.beside), gradients, beside_);
  }
  for (std::int64_t probe = 0; probe < layout.full; ++probe) {
    add_gram(gradients.narrow(0, layout.first(probe), layout.inputs),
             own_[static_cast<std::size_t>(probe)]);
  }
}

GradientSums GradientRun::sums() const {
  const auto& layout = shape_.rows;
  GradientSums sums = shape_.none();
  if (!shape_.cross) {
    if (shape_.beside > 0) sums.beside = to_matrix(beside_.to(at::kDouble));
    for (std::size_t probe = 0; probe < own_.size(); ++probe) {
      sums.own[probe] = to_matrix(own_[probe].to(at::kDouble));
    }
    return sums;
  }
  const auto products = to_matrix(products_.to(at::kDouble));
  sums.beside = products.topRows(shape_.beside);
  sums.gram = products.bottomRows(layout.count());
  for (std::int64_t probe = 0; probe < layout.full; ++probe) {
    sums.own[static_cast<std::size_t>(probe)] =
        sums.gram.block(layout.first(probe), layout.first(probe), layout.inputs, layout.inputs);
  }
  return sums;
}

}  // namespace wideproof::sim
