// SPDX-License-Identifier: MIT
#include <wideproof/theory/recursion/grams_of_kernels.hpp>

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
  const LateralSum sum(network.presynaptic(), network.postsynaptic());
  const auto dual = make_dual_kernel(network);
  std::vector<Eigen::MatrixXd> grams;
  Eigen::MatrixXd seen = theory.layers.front().preactivation;
  for (const Eigen::MatrixXd& kernel : kernels) {
    Eigen::MatrixXd raw = (kernel.array() - network.bias_variance()) / theory.weight_variance;
    if (!sum.others().empty()) raw -= dual->lateral_gram(seen, sum);
    grams.emplace_back(raw / theory.gram_scale);
    seen = covariance_of(kernel);
  }
  return grams;
}

std::vector<Eigen::MatrixXd> kernels_of_grams(const model::Network& network,
                                              const model::Prediction& theory,
                                              const std::vector<Eigen::MatrixXd>& grams) {
  const LateralSum sum(network.presynaptic(), network.postsynaptic());
  const auto dual = make_dual_kernel(network);
  std::vector<Eigen::MatrixXd> kernels;
  Eigen::MatrixXd seen = theory.layers.front().preactivation;
  for (const Eigen::MatrixXd& gram : grams) {
    Eigen::MatrixXd raw = theory.gram_scale * gram;
    if (!sum.others().empty()) raw += dual->lateral_gram(seen, sum);
    kernels.emplace_back((theory.weight_variance * raw).array() + network.bias_variance());
    seen = covariance_of(kernels.back());
  }
  return kernels;
}

}  // namespace wideproof::theory
