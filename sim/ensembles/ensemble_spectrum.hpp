// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <ATen/core/Tensor.h>
#include <Eigen/Core>

#include <wideproof/model/dimension/layer_spectrum.hpp>
#include <wideproof/sim/ensembles/ensemble_sampler.hpp>

namespace wideproof::sim {

/// Eigenvalues of a covariance over an ensemble of inputs, and the participation ratio N D̃.
struct EnsembleSpectrum {
  /// Of the samples' own covariance Ĉ, min(N, M) of them, falling. Those that rounding may have
  /// made are 0. All NaN where an activation is not finite.
  Eigen::VectorXd eigenvalues;
  double participation_ratio = 0.0;  ///< NaN where no activation varies
};

/// Of the ensemble that M ≥ 4 samples are drawn from, `activations` being N × M with contiguous
/// rows:
///
///   Ĉ = (1/(M−1)) Σ_a y_a y_aᵀ,   y_a = x_a − x̄,   N D̃ = (tr C)²/tr C²,
///
/// both parts of the ratio by their unbiased estimates of all samples at once, s = tr Ĉ, t = tr Ĉ²,
/// Q = Σ_a |y_a|⁴/(M−1) (Himeno & Yamada, J. Multivariate Anal. 130, 27 (2014)):
///
///   tr C²    ← k [(M−1)(M−2) t + s² − M Q],   k = (M−1)/(M(M−2)(M−3))
///   (tr C)²  ← k [2 t + (M² − 3M + 1) s² − M Q]
///
/// They are means of ((x_a − x_b)·(x_c − x_d))²/4 and |x_a − x_b|²|x_c − x_d|²/4 over four
/// different samples. Eigenvalues have no such cure: equal ones are spread from (1 − √(N/M))² to (1
/// + √(N/M))² times their value.
///
/// Eigenvalues are those of the smaller of Y Yᵀ and YᵀY, as accurate as its products, which are in
/// the activations' dtype. The same bits on any number of threads.
EnsembleSpectrum estimate_spectrum(const at::Tensor& activations, int threads);

/// Of the ensemble that is these samples and no others: Ĉ = C with the divisor M, M ≥ 2, and the
/// participation ratio (Σλ)²/Σλ².
EnsembleSpectrum whole_spectrum(const at::Tensor& activations, int threads);

/// Spectra of layers `layers`, rising, of one network: whole_spectrum() of an ensemble from a file,
/// else estimate_spectrum().
std::vector<model::LayerSpectrum> network_spectra(const EnsembleSampler& sampler,
                                                  std::uint64_t seed, std::int64_t replicate,
                                                  const std::vector<std::int64_t>& layers,
                                                  int threads);

/// Bytes that a spectrum takes beside the activations.
double spectrum_memory(std::int64_t width, std::int64_t samples, std::int64_t bytes_a_number);

}  // namespace wideproof::sim
