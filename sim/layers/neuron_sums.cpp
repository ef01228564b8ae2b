// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/neuron_sums.hpp>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/zeros.h>

#include <wideproof/sim/numeric/matrix_product.hpp>

namespace wideproof::sim {

RunSums::RunSums(std::int64_t inputs, at::ScalarType dtype)
    : products_(at::zeros({inputs, inputs}, dtype)) {}

void RunSums::add(const at::Tensor& z, std::int64_t active) {
  add_gram(z.to(products_.scalar_type()), products_);
  active_ += active;
}

NeuronSums RunSums::sums() const {
  const auto products = products_.to(at::kDouble);
  return {Eigen::Map<const Eigen::MatrixXd>(products.data_ptr<double>(), products.size(0),
                                            products.size(1)),
          active_};
}

}  // namespace wideproof::sim
