// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/model/nonlinearity/nonlinearity.hpp>
#include <wideproof/model/nonlinearity/smooth_pieces.hpp>

namespace wideproof::model {

/// A function that is known by its values alone. Its slopes are those of SmoothPieces.
class PiecewiseFunction final : public Nonlinearity {
 public:
  /// Throws as SmoothPieces does. `text` stands for the function in what it says.
  PiecewiseFunction(BulkFunction function, const std::string& text,
                    const std::optional<std::vector<double>>& kinks);

  void values(const double* x, std::int64_t count, double* out) const override {
    function_(x, count, out);
  }
  void slopes(const double* x, std::int64_t count, double* out) const override;
  const std::vector<Kink>& kinks() const override { return pieces_.kinks(); }
  std::vector<double> narrow_stretches() const override { return pieces_.narrow_stretches(); }

 private:
  BulkFunction function_;
  SmoothPieces pieces_;
};

/// Any callable as φ, such as a lambda that captures nothing that changes. `kinks`: where it is not
/// smooth; nullopt: to be found.
template <class Callable>
std::shared_ptr<const Nonlinearity> nonlinearity_of(
    Callable function, const std::optional<std::vector<double>>& kinks = std::nullopt) {
  return std::make_shared<PiecewiseFunction>(
      [function](const double* x, std::int64_t count, double* out) {
        for (std::int64_t i = 0; i < count; ++i) out[i] = function(x[i]);
      },
      "a callable", kinks);
}

/// An expression of x, such as "x > 0.3 ? (x-0.3)^2 : 0", as muParser reads it: + − * / ^,
/// comparisons,
/// && ||, ? :, min, max, abs, sign, rint, exp, ln, log2, log10, sqrt, trigonometric and hyperbolic
/// functions and their inverses, erf, erfc, expm1, log1p, _pi, _e. Throws InputError naming
/// network.expression for one that cannot be parsed, with the position, that does not depend on x,
/// or that assigns.
BulkFunction expression_values(const std::string& expression);

}  // namespace wideproof::model
