// SPDX-License-Identifier: MIT
#include <wideproof/theory/persistence/independent_neurons.hpp>

#include <cmath>
#include <numbers>

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::theory {
namespace {

void require_samples(std::int64_t samples) {
  if (samples < 3) {
    throw model::InputError("samples", samples,
                            "must be at least 3: the correlation of fewer is always 1 or -1");
  }
}

}  // namespace

double independent_mean_correlation(std::int64_t samples) {
  require_samples(samples);
  const double half = 0.5 * static_cast<double>(samples);
  return boost::math::tgamma_delta_ratio(half - 0.5, 0.5) * std::numbers::inv_sqrtpi;
}

double independent_correlation_tail(double x, std::int64_t samples) {
  require_samples(samples);
  if (!(x > 0)) return 1;
  if (x >= 1) return 0;
  return boost::math::ibeta(0.5 * static_cast<double>(samples - 2), 0.5, (1 - x) * (1 + x));
}

}  // namespace wideproof::theory
