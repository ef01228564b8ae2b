// SPDX-License-Identifier: MIT
#include <wideproof/theory/recursion/grams_of_kernels.hpp>

#include <cstdint>

#include <wideproof/theory/kernels/dual_kernel.hpp>
#include <wideproof/theory/kernels/lateral_sum.hpp>

namespace wideproof::theory {
namespace {

/// Its correlations within [−1, 1], which rounding may leave.
Eigen::MatrixXd covariance_of(const Eigen::MatrixXd& kernel) {
  const Eigen::VectorXd deviation = kernel.diagonal().cwiseSqrt();
  const Eigen::MatrixXd most = deviation * deviation.transpose();
  return kernel.cwiseMin(most).cwiseMax(-most);
}

}  // namespace

std::vector<Eigen::MatrixXd> grams_of_kernels(const model::Network& network,
                                              const model::Prediction& theory,
                                              const std::vector<Eigen::MatrixXd>& kernels) {
  std::vector<Eigen::MatrixXd> grams;
  Eigen::MatrixXd seen = theory.layers.front().preactivation;
  for (const Eigen::MatrixXd& kernel : kernels) {
    const auto layer = static_cast<std::int64_t>(grams.size()) + 1;
    const auto& like = network.like_layer(layer);
    Eigen::MatrixXd raw =
        (kernel.array() - like.bias_variance()) / theory.weight_variance_from(layer);
    const LateralSum sum(like.presynaptic(), like.postsynaptic());
    if (!sum.others().empty()) raw -= make_dual_kernel(like)->lateral_gram(seen, sum);
    grams.emplace_back(raw / theory.gram_scale);
    seen = covariance_of(kernel);
  }
  return grams;
}

std::vector<Eigen::MatrixXd> kernels_of_grams(const model::Network& network,
                                              const model::Prediction& theory,
                                              const std::vector<Eigen::MatrixXd>& grams) {
  std::vector<Eigen::MatrixXd> kernels;
  Eigen::MatrixXd seen = theory.layers.front().preactivation;
  for (const Eigen::MatrixXd& gram : grams) {
    const auto layer = static_cast<std::int64_t>(kernels.size()) + 1;
    const auto& like = network.like_layer(layer);
    Eigen::MatrixXd raw = theory.gram_scale * gram;
    const LateralSum sum(like.presynaptic(), like.postsynaptic());
    if (!sum.others().empty()) raw += make_dual_kernel(like)->lateral_gram(seen, sum);
    kernels.emplace_back((theory.weight_variance_from(layer) * raw).array() + like.bias_variance());
    seen = covariance_of(kernels.back());
  }
  return kernels;
}

}  // namespace wideproof::theory
