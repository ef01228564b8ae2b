// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/neuron_sums.hpp>

#include <torch/types.h>

#include <wideproof/sim/numeric/matrix_product.hpp>

namespace wideproof::sim {

RunSums::RunSums(std::int64_t inputs, torch::ScalarType dtype)
    : products_(torch::zeros({inputs, inputs}, dtype)) {}

void RunSums::add(const torch::Tensor& z, std::int64_t active) {
  add_gram(z.to(products_.scalar_type()), products_);
  active_ += active;
}

NeuronSums RunSums::sums() const {
  const auto products = products_.to(torch::kFloat64);
  return {Eigen::Map<const Eigen::MatrixXd>(products.data_ptr<double>(), products.size(0),
                                            products.size(1)),
          active_};
}

}  // namespace wideproof::sim
