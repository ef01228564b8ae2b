// SPDX-License-Identifier: MIT
#include <wideproof/theory/fluctuation.hpp>

#include <algorithm>
#include <vector>

#include <wideproof/theory/pair_fluctuation.hpp>

namespace wideproof::theory {
namespace {

struct Pair {
  Eigen::Index a, b;
  double cosine;
};

/// All pairs a ≤ b, by cosine; the last ones have cosine 1 to rounding and count as equal.
std::vector<Pair> pairs_by_cosine(const Eigen::MatrixXd& first_kernel) {
  constexpr double rounding = 1e-12;
  std::vector<Pair> pairs;
  for (Eigen::Index b = 0; b < first_kernel.cols(); ++b) {
    for (Eigen::Index a = 0; a <= b; ++a) {
      const double cosine = first_kernel(a, b);
      pairs.push_back({a, b, a == b || cosine >= 1 - rounding ? 1.0 : cosine});
    }
  }
  std::sort(pairs.begin(), pairs.end(),
            [](const Pair& x, const Pair& y) { return x.cosine < y.cosine; });
  return pairs;
}

/// Where each run of equal cosines starts, and the end.
std::vector<std::size_t> class_starts(const std::vector<Pair>& pairs) {
  constexpr double rounding = 1e-14;
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (i == 0 || pairs[i].cosine - pairs[i - 1].cosine > rounding) starts.push_back(i);
  }
  starts.push_back(pairs.size());
  return starts;
}

void set_entries(const Pair& pair, double value, Eigen::MatrixXd& matrix) {
  matrix(pair.a, pair.b) = matrix(pair.b, pair.a) = value;
}

}  // namespace

model::Fluctuation predict_fluctuation(const model::Network& network,
                                       const model::Prediction& prediction) {
  model::Fluctuation fluctuation;
  fluctuation.not_derived = fluctuation_not_derived(network);
  fluctuation.bias_not_derived = fluctuation.not_derived;
  if (!fluctuation.not_derived.empty()) return fluctuation;

  const Eigen::MatrixXd& first = prediction.layers.front().preactivation;
  const auto pairs = pairs_by_cosine(first);
  const auto starts = class_starts(pairs);
  const PairRecursion recursion(network, prediction,
                                static_cast<std::ptrdiff_t>(starts.size()) - 1);
  const Eigen::MatrixXd zero = Eigen::MatrixXd::Zero(first.rows(), first.cols());
  for (std::size_t l = 0; l < prediction.layers.size(); ++l) {
    fluctuation.layers.push_back({zero, zero, zero, zero, recursion.effective_neurons(l)});
  }
  for (std::size_t i = 0; i + 1 < starts.size(); ++i) {
    const Pair& one = pairs[starts[i]];
    const bool is_one_direction = one.cosine == 1;
    const auto moments = is_one_direction ? recursion(one.a, one.a) : recursion(one.a, one.b);
    // Of one direction all three entries are the same, but for rounding, which (ab) blows up layer
    // by layer where c = 1 is unstable.
    const auto entry = is_one_direction ? entry_aa : entry_ab;
    for (std::size_t l = 0; l < moments.size(); ++l) {
      auto& layer = fluctuation.layers[l];
      for (std::size_t k = starts[i]; k < starts[i + 1]; ++k) {
        const Pair& pair = pairs[k];
        set_entries(pair, moments[l].gram_covariance(entry, entry), layer.gram_variance);
        set_entries(pair, moments[l].gram_bias(entry), layer.gram_bias);
        if (is_one_direction) continue;  // whose correlation is 1 in every network
        set_entries(pair, moments[l].correlation_variance, layer.correlation_variance);
        set_entries(pair, moments[l].correlation_bias, layer.correlation_bias);
      }
    }
  }
  return fluctuation;
}

}  // namespace wideproof::theory
