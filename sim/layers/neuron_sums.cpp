// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/neuron_sums.hpp>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/zeros.h>

#include <wideproof/sim/numeric/matrix_product.hpp>

namespace wideproof::sim {

RunSums::RunSums(std::int64_t inputs, at::ScalarType dtype)
    : products_(at::zeros({inputs, inputs}, dtype)) {}

RunSums::RunSums(const NetworkCounts& counts, at::ScalarType dtype)
    : RunSums(counts.multiplicity.size(), dtype) {
  activity_.emplace(counts.multiplicity);
  if (counts.classes) classes_.emplace(*counts.classes);
}

void RunSums::add(const at::Tensor& z, std::int64_t active) {
  add_gram(z.to(products_.scalar_type()), products_);
  active_ += active;
  if (activity_) activity_->add(z);
  if (classes_) classes_->add(z);
}

NeuronSums RunSums::sums() const {
  const auto products = products_.to(at::kDouble);
  NeuronSums sums = NeuronSums::none(products.size(0));
  sums.products = Eigen::Map<const Eigen::MatrixXd>(products.data_ptr<double>(), products.size(0),
                                                    products.size(1));
  sums.active = active_;
  if (!activity_) return sums;
  sums.magnitudes = activity_->magnitudes();
  sums.silent = activity_->silent();
  sums.unit_hoyer = activity_->unit_hoyer();
  if (classes_) sums.selectivity = classes_->sums();
  return sums;
}

}  // namespace wideproof::sim
