// SPDX-License-Identifier: MIT
#include <wideproof/theory/fluctuations/fluctuation.hpp>

#include <algorithm>
#include <vector>

#include <wideproof/theory/fluctuations/pair_fluctuation.hpp>
#include <wideproof/theory/fluctuations/projection_fluctuation.hpp>

namespace wideproof::theory {
namespace {

struct Pair {
  Eigen::Index a, b;
  double deficit;
};

/// All pairs a ≤ b, by deficit.
std::vector<Pair> pairs_by_deficit(const Eigen::MatrixXd& deficits) {
  std::vector<Pair> pairs;
  for (Eigen::Index b = 0; b < deficits.cols(); ++b) {
    for (Eigen::Index a = 0; a <= b; ++a) pairs.push_back({a, b, a == b ? 0.0 : deficits(a, b)});
  }
  std::sort(pairs.begin(), pairs.end(),
            [](const Pair& x, const Pair& y) { return x.deficit < y.deficit; });
  return pairs;
}

/// Where each run of equal deficits starts, and the end.
std::vector<std::size_t> class_starts(const std::vector<Pair>& pairs) {
  constexpr double rounding = 1e-12;
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (i == 0 || pairs[i].deficit > (1 + rounding) * pairs[starts.back()].deficit) {
      starts.push_back(i);
    }
  }
  starts.push_back(pairs.size());
  return starts;
}

void set_entries(const Pair& pair, double value, Eigen::MatrixXd& matrix) {
  matrix(pair.a, pair.b) = matrix(pair.b, pair.a) = value;
}

/// Of networks whose layers are projected: correlations fluctuate, and norms do not.
model::Fluctuation of_projections(const model::Network& network,
                                  const model::Prediction& prediction) {
  model::Fluctuation fluctuation;
  fluctuation.not_derived = projection_fluctuation_not_derived(network);
  fluctuation.bias_not_derived = fluctuation.not_derived;
  if (!fluctuation.not_derived.empty()) return fluctuation;
  fluctuation.bias_not_derived = "The bias of projected layers is not derived.";
  const ProjectionFluctuation recursion(network, prediction);
  const auto pairs = pairs_by_deficit(prediction.layers.front().preactivation_deficit);
  const auto starts = class_starts(pairs);
  const auto inputs = prediction.layers.front().gram.rows();
  const Eigen::MatrixXd zero = Eigen::MatrixXd::Zero(inputs, inputs);
  for (std::size_t l = 0; l < prediction.layers.size(); ++l) {
    fluctuation.layers.push_back({zero, zero, {}, {}});
  }
  for (std::size_t i = 0; i + 1 < starts.size(); ++i) {
    const Pair& one = pairs[starts[i]];
    if (one.deficit == 0) continue;
    const auto variances = recursion(one.a, one.b);
    for (std::size_t l = 0; l < variances.size(); ++l) {
      for (std::size_t k = starts[i]; k < starts[i + 1]; ++k) {
        set_entries(pairs[k], variances[l], fluctuation.layers[l].gram_variance);
        set_entries(pairs[k], variances[l], fluctuation.layers[l].correlation_variance);
      }
    }
  }
  return fluctuation;
}

}  // namespace

model::Fluctuation predict_fluctuation(const model::Network& network,
                                       const model::Prediction& prediction) {
  if (!network.is_uniform() || !network.has_one_width()) {
    const std::string why = "Finite-width fluctuations are derived for layers that are all alike.";
    return {{}, why, why};
  }
  if (network.activation() == model::Activation::sparse_projection) {
    return of_projections(network, prediction);
  }
  model::Fluctuation fluctuation;
  fluctuation.not_derived = fluctuation_not_derived(network);
  fluctuation.bias_not_derived = fluctuation.not_derived;
  if (!fluctuation.not_derived.empty()) return fluctuation;

  const Eigen::MatrixXd& first = prediction.layers.front().preactivation_deficit;
  const auto pairs = pairs_by_deficit(first);
  const auto starts = class_starts(pairs);
  const PairRecursion recursion(network, prediction,
                                static_cast<std::ptrdiff_t>(starts.size()) - 1);
  const Eigen::MatrixXd zero = Eigen::MatrixXd::Zero(first.rows(), first.cols());
  for (std::size_t l = 0; l < prediction.layers.size(); ++l) {
    fluctuation.layers.push_back({zero, zero, zero, zero, recursion.effective_neurons(l)});
  }
  for (std::size_t i = 0; i + 1 < starts.size(); ++i) {
    const Pair& one = pairs[starts[i]];
    const auto moments = recursion(one.a, one.b);
    for (std::size_t l = 0; l < moments.size(); ++l) {
      auto& layer = fluctuation.layers[l];
      for (std::size_t k = starts[i]; k < starts[i + 1]; ++k) {
        const Pair& pair = pairs[k];
        set_entries(pair, moments[l].gram_covariance(entry_ab, entry_ab), layer.gram_variance);
        set_entries(pair, moments[l].gram_bias(entry_ab), layer.gram_bias);
        set_entries(pair, moments[l].correlation_variance, layer.correlation_variance);
        set_entries(pair, moments[l].correlation_bias, layer.correlation_bias);
      }
    }
  }
  return fluctuation;
}

}  // namespace wideproof::theory
