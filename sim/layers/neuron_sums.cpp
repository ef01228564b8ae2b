// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/neuron_sums.hpp>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/zeros.h>

#include <wideproof/sim/numeric/matrix_product.hpp>

namespace wideproof::sim {

RunSums::RunSums(std::int64_t inputs, at::ScalarType dtype, bool sums_activity)
    : products_(at::zeros({inputs, inputs}, dtype)),
      activity_(inputs),
      sums_activity_(sums_activity) {}

void RunSums::add(const at::Tensor& z, std::int64_t active) {
  add_gram(z.to(products_.scalar_type()), products_);
  active_ += active;
  if (sums_activity_) activity_.add(z);
}

NeuronSums RunSums::sums() const {
  const auto products = products_.to(at::kDouble);
  return {Eigen::Map<const Eigen::MatrixXd>(products.data_ptr<double>(), products.size(0),
                                            products.size(1)),
          active_, activity_.magnitudes(), activity_.silent()};
}

}  // namespace wideproof::sim
