// SPDX-License-Identifier: MIT
#include <wideproof/model/nonlinearity/piecewise_function.hpp>

#include <cmath>
#include <utility>

namespace wideproof::model {
PiecewiseFunction::PiecewiseFunction(BulkFunction function, const std::string& text,
                                     const std::optional<std::vector<double>>& kinks)
    : function_(std::move(function)), pieces_(function_, text, kinks) {}

void PiecewiseFunction::slopes(const double* x, std::int64_t count, double* out) const {
  for (std::int64_t i = 0; i < count; ++i)
    out[i] = std::abs(x[i]) <= SmoothPieces::reach ? pieces_.slope(x[i])
                                                   : pieces_.slope_beyond(function_, x[i]);
}

}  // namespace wideproof::model
