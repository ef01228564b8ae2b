// SPDX-License-Identifier: MIT
#include <wideproof/compare/sparsity/sparsity_means.hpp>

#include <cmath>

namespace wideproof::compare {

SparsityMean sparsity_mean(const Eigen::VectorXd& networks) {
  SparsityMean result;
  double sum = 0.0;
  for (const double x : networks)
    if (!std::isnan(x)) {
      sum += x;
      ++result.networks;
    }
  const auto count = static_cast<double>(result.networks);
  if (result.networks == 0) return result;
  result.mean = sum / count;
  if (result.networks == 1) return result;
  double squares = 0.0;
  for (const double x : networks)
    if (!std::isnan(x)) squares += (x - result.mean) * (x - result.mean);
  result.variance = squares / (count - 1.0);
  result.standard_error = std::sqrt(result.variance / count);
  return result;
}

std::vector<LayerSparsityMeans> sparsity_means(const model::SparsitySeries& series) {
  std::vector<LayerSparsityMeans> all;
  for (const model::WidthSparsity& at : series)
    for (std::int64_t layer = 1; layer <= at.layers(); ++layer) {
      LayerSparsityMeans means{at.width, layer, at.networks.rows()};
      for (std::size_t k = 0; k < means.numbers.size(); ++k)
        means.numbers[k] = sparsity_mean(at.of(layer, static_cast<model::SparsityNumber>(k)));
      all.push_back(means);
    }
  return all;
}

}  // namespace wideproof::compare
