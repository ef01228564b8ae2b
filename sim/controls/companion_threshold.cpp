// SPDX-License-Identifier: MIT
#include <wideproof/sim/controls/companion_threshold.hpp>

#include <ATen/Dispatch.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>

#include <wideproof/sim/numeric/row_kernels.hpp>

namespace wideproof::sim {

CompanionThreshold::CompanionThreshold(double tau, const Eigen::VectorXd& variances)
    : thresholds_(tau * variances.array().max(0).sqrt()) {}

Eigen::ArrayXd CompanionThreshold::apply_in_place(at::Tensor& h) const {
  Eigen::ArrayXd above(h.size(0));
  AT_DISPATCH_FLOATING_TYPES(h.scalar_type(), "CompanionThreshold", [&] {
    auto* x = h.data_ptr<scalar_t>();
    for (Eigen::Index a = 0; a < above.size(); ++a, x += h.size(1)) {
      above(a) =
          static_cast<double>(rectify_above(x, h.size(1), static_cast<scalar_t>(thresholds_(a))));
    }
  });
  return above;
}

}  // namespace wideproof::sim
