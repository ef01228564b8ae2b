// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>

#include <torch/types.h>
#include <torch/utils.h>
#include <Eigen/Core>

#include <wideproof/sim/networks/direct_sampler.hpp>
#include <wideproof/sim/numeric/single_threaded_blas.hpp>

namespace wideproof::testing {

/// Two unit vectors of cosine c, 2 × 2.
inline torch::Tensor input_pair(double c) {
  return torch::tensor({{1.0, 0.0}, {c, std::sqrt(1 - c * c)}}, torch::kFloat64);
}

/// ⟨x_a, x_b⟩ of input_pair.
inline Eigen::MatrixXd cosines_of_pair(double c) {
  Eigen::MatrixXd cosines(2, 2);
  cosines << 1, c, c, 1;
  return cosines;
}

/// (1/n) Σ_i z_i(x_a) z_i(x_b)
inline double gram(const torch::Tensor& z, std::int64_t a, std::int64_t b) {
  return torch::dot(z[a], z[b]).item<double>() / static_cast<double>(z.size(1));
}

/// One row a network, for replicates 0, 1, …: what `observe(outputs)` makes of the layers that
/// `sampler` draws, an Eigen::ArrayXd of `columns` entries.
template <class Sampler, class Observe>
Eigen::ArrayXXd sampled_by(const Sampler& sampler, std::int64_t replicates, Eigen::Index columns,
                           const Observe& observe) {
  constexpr std::uint64_t seed = 20240108;
  const sim::SingleThreadedBlas single_threaded_blas;
  torch::set_num_threads(1);
  const torch::NoGradGuard no_grad;
  Eigen::ArrayXXd rows(replicates, columns);
  for (std::int64_t replicate = 0; replicate < replicates; ++replicate) {
    rows.row(replicate) = observe(sampler.outputs(seed, replicate)).transpose();
  }
  return rows;
}

/// sampled_by() every weight of the networks on input_pair(c), in double precision.
template <class Observe>
Eigen::ArrayXXd sampled(const sim::SampledLaw& law, std::int64_t width, double c,
                        std::int64_t replicates, Eigen::Index columns, const Observe& observe) {
  return sampled_by(sim::DirectSampler(law, width, input_pair(c)), replicates, columns, observe);
}

}  // namespace wideproof::testing
