// SPDX-License-Identifier: MIT
#include <wideproof/sim/ensembles/ensemble_spectrum.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <Eigen/Eigenvalues>

#include <wideproof/sim/ensembles/sample_gram.hpp>
#include <wideproof/sim/numeric/ordered_blocks.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>

namespace wideproof::sim {
namespace {

/// Eigenvalues that are so much smaller than the largest may be rounding of products.
constexpr double float_rounding = 1e-6;
constexpr double double_rounding = 1e-13;

/// Of Y, N × M: sums over samples of |y_a|² and |y_a|⁴, and the smaller of Y Yᵀ and YᵀY.
struct CentredProducts {
  double squares = 0.0;
  double fourth_powers = 0.0;
  Eigen::MatrixXd gram;
};

CentredProducts centred_products(const at::Tensor& activations, int threads) {
  const auto centred = activations - activations.mean(1, /*keepdim=*/true);
  CentredProducts products;
  const auto norms = (centred * centred).sum(0).to(at::kDouble);
  products.squares = norms.sum().item<double>();
  products.fourth_powers = norms.square().sum().item<double>();
  products.gram = to_matrix(activations.size(1) > activations.size(0)
                                ? sample_gram(centred.t().contiguous(), threads)
                                : sample_gram(centred, threads));
  return products;
}

Eigen::VectorXd falling_eigenvalues(const Eigen::MatrixXd& gram, at::ScalarType dtype) {
  if (!gram.allFinite())
    return Eigen::VectorXd::Constant(gram.rows(), std::numeric_limits<double>::quiet_NaN());
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(gram, Eigen::EigenvaluesOnly);
  const Eigen::ArrayXd values = solver.eigenvalues().reverse().array();
  const double rounding = dtype == at::kFloat ? float_rounding : double_rounding;
  return (values > rounding * values(0)).select(values, 0.0);
}

}  // namespace

EnsembleSpectrum estimate_spectrum(const at::Tensor& activations, int threads) {
  const auto products = centred_products(activations, threads);
  const auto m = static_cast<double>(activations.size(1));
  const double trace = products.squares / (m - 1);
  const double square = products.gram.squaredNorm() / ((m - 1) * (m - 1));
  const double fourth = m * products.fourth_powers / (m - 1);
  const double square_trace = (m - 1) * (m - 2) * square + trace * trace - fourth;
  const double trace_squared = 2 * square + (m * m - 3 * m + 1) * trace * trace - fourth;
  return {falling_eigenvalues(products.gram, activations.scalar_type()) / (m - 1),
          trace_squared / square_trace};
}

EnsembleSpectrum whole_spectrum(const at::Tensor& activations, int threads) {
  const auto products = centred_products(activations, threads);
  const auto m = static_cast<double>(activations.size(1));
  return {falling_eigenvalues(products.gram, activations.scalar_type()) / m,
          products.squares * products.squares / products.gram.squaredNorm()};
}

std::vector<model::LayerSpectrum> network_spectra(const EnsembleSampler& sampler,
                                                  std::uint64_t seed, std::int64_t replicate,
                                                  const std::vector<std::int64_t>& layers,
                                                  int threads) {
  const auto& spectrum_of =
      sampler.options().ensemble.is_data() ? whole_spectrum : estimate_spectrum;
  const auto compute = [&](std::int64_t) {
    std::vector<model::LayerSpectrum> spectra;
    sampler.pass(seed, replicate, threads,
                 [&](std::int64_t layer, const LayerUnit& unit, const at::Tensor& z) {
                   if (!std::binary_search(layers.begin(), layers.end(), layer)) return;
                   auto spectrum = spectrum_of(z, threads);
                   spectrum.eigenvalues *= unit.of_activations() * unit.of_activations();
                   spectra.push_back({.width = z.size(0),
                                      .layer = layer,
                                      .samples = z.size(1),
                                      .participation_ratio = spectrum.participation_ratio,
                                      .eigenvalues = std::move(spectrum.eigenvalues)});
                 });
    return spectra;
  };
  // On a worker, where LibTorch and BLAS have no threads of their own.
  std::vector<model::LayerSpectrum> found;
  run_ordered_blocks(1, 1, compute, [&](const std::vector<model::LayerSpectrum>& spectra) {
    found = spectra;
    return true;
  });
  return found;
}

double spectrum_memory(std::int64_t width, std::int64_t samples, std::int64_t bytes_a_number) {
  const auto n = static_cast<double>(width);
  const auto m = static_cast<double>(samples);
  // Centred activations, and once more turned or squared; products, their copies and the solver's.
  return 2 * n * m * static_cast<double>(bytes_a_number) + 32 * std::pow(std::min(n, m), 2);
}

}  // namespace wideproof::sim
