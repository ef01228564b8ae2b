// SPDX-License-Identifier: MIT
#include <wideproof/model/nonlinearity/piecewise_function.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace wideproof::model {
namespace {

/// Central differences of sixth order.
double difference(const BulkFunction& function, double x) {
  const double h = 1e-3 * std::abs(x);
  const double at[6] = {x - 3 * h, x - 2 * h, x - h, x + h, x + 2 * h, x + 3 * h};
  double y[6];
  function(at, 6, y);
  return ((y[5] - y[0]) - 9 * (y[4] - y[1]) + 45 * (y[3] - y[2])) / (60 * h);
}

}  // namespace

PiecewiseFunction::PiecewiseFunction(BulkFunction function, const std::string& text,
                                     const std::optional<std::vector<double>>& kinks)
    : function_(std::move(function)), pieces_(function_, text, kinks) {}

void PiecewiseFunction::slopes(const double* x, std::int64_t count, double* out) const {
  for (std::int64_t i = 0; i < count; ++i)
    out[i] =
        std::abs(x[i]) <= SmoothPieces::reach ? pieces_.slope(x[i]) : difference(function_, x[i]);
}

}  // namespace wideproof::model
