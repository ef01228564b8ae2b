// SPDX-License-Identifier: MIT
#include <wideproof/theory/fluctuations/needed_width.hpp>

#include <cmath>
#include <numbers>
#include <vector>

#include <wideproof/model/input_error.hpp>

namespace wideproof::theory {
namespace {

using model::InputError;

constexpr std::int64_t largest_width = std::int64_t{1} << 53;

struct Slab {
  double bias;
  double deviation;  ///< √v
  std::int64_t layer;
  Eigen::Index a, b;

  /// How many standard deviations fit between the bias and the margin; −∞ or ∞ without spread.
  double room(double margin, std::int64_t width) const {
    const auto n = static_cast<double>(width);
    const double left = margin - std::abs(bias) / n;
    return left <= 0 ? -HUGE_VAL : deviation == 0 ? HUGE_VAL : left * std::sqrt(n) / deviation;
  }
};

std::vector<Slab> slabs_of(const model::Fluctuation& fluctuation) {
  std::vector<Slab> slabs;
  std::int64_t number = 0;
  for (const auto& layer : fluctuation.layers) {
    ++number;
    const bool has_bias = layer.correlation_bias.size() > 0;
    for (Eigen::Index b = 0; b < layer.correlation_variance.cols(); ++b) {
      for (Eigen::Index a = 0; a <= b; ++a) {
        if (a == b && layer.correlation_variance(a, b) == 0) continue;
        slabs.push_back({has_bias ? layer.correlation_bias(a, b) : 0.0,
                         std::sqrt(layer.correlation_variance(a, b)), number, a, b});
      }
    }
  }
  return slabs;
}

/// Whether log Π P(|N(0, v/n)| ≤ r) ≥ `wanted`.
bool assures(const std::vector<Slab>& slabs, double margin, std::int64_t width, double wanted) {
  double sum = 0;
  for (const auto& slab : slabs) {
    const double room = slab.room(margin, width);
    if (room < 0) return false;
    sum += std::log1p(-std::erfc(room / std::numbers::sqrt2));
    if (sum < wanted) return false;
  }
  return true;
}

}  // namespace

std::optional<NeededWidth> needed_width(const model::Fluctuation& fluctuation, double margin,
                                        double confidence) {
  if (!(margin > 0 && std::isfinite(margin))) {
    throw InputError("margin", margin, "must be positive and finite");
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw InputError("confidence", confidence, "must lie in (0, 1)");
  }
  const auto slabs = slabs_of(fluctuation);
  if (slabs.empty()) return std::nullopt;
  const auto suffices = [&, wanted = std::log(confidence)](std::int64_t width) {
    return assures(slabs, margin, width, wanted);
  };
  std::int64_t enough = 1;
  while (!suffices(enough)) {
    enough *= 2;
    if (enough > largest_width) {
      throw InputError("margin", margin, "asks for more than 2^53 neurons");
    }
  }
  std::int64_t short_of = enough / 2;  // 0, or known not to suffice
  while (enough - short_of > 1) {
    const std::int64_t middle = short_of + (enough - short_of) / 2;
    (suffices(middle) ? enough : short_of) = middle;
  }
  const Slab* binding = &slabs.front();
  for (const auto& slab : slabs) {
    if (slab.room(margin, enough) < binding->room(margin, enough)) binding = &slab;
  }
  return NeededWidth{enough, binding->layer, binding->a, binding->b,
                     fluctuation.bias_not_derived.empty()};
}

}  // namespace wideproof::theory
