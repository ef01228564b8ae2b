// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include <wideproof/model/nonlinearity/pointwise.hpp>
#include <wideproof/theory/pointwise/layer_mean.hpp>
#include <wideproof/theory/pointwise/panel_mean.hpp>

namespace wideproof::theory {

/// A function of the tests' own.
class TestFunction final : public model::Nonlinearity {
 public:
  using Function = std::function<double(double)>;
  TestFunction(Function value, Function slope, std::vector<model::Kink> kinks = {})
      : value_(std::move(value)), slope_(std::move(slope)), kinks_(std::move(kinks)) {}

  void values(const double* x, std::int64_t count, double* out) const override {
    for (std::int64_t i = 0; i < count; ++i) out[i] = value_(x[i]);
  }
  void slopes(const double* x, std::int64_t count, double* out) const override {
    for (std::int64_t i = 0; i < count; ++i) out[i] = slope_(x[i]);
  }
  const std::vector<model::Kink>& kinks() const override { return kinks_; }

 private:
  Function value_, slope_;
  std::vector<model::Kink> kinks_;
};

/// The quadrature of a function that may have a closed form.
inline std::shared_ptr<const PanelMean> panels_of(const model::PointwiseOptions& options,
                                                  std::optional<double> tau = std::nullopt) {
  return std::make_shared<const PanelMean>(
      layer_function(options, model::make_nonlinearity(options), tau));
}

inline std::shared_ptr<const PanelMean> panels_of(TestFunction::Function value,
                                                  std::vector<model::Kink> kinks = {}) {
  const auto none = [](double) { return 0.0; };
  return std::make_shared<const PanelMean>(
      LayerFunction{std::make_shared<TestFunction>(std::move(value), none, std::move(kinks)), 0.0,
                    "network.expression", "\"f\""});
}

/// e^{−x} above ½, which jumps.
inline std::shared_ptr<const model::Nonlinearity> cut_exponential() {
  const double height = std::exp(-0.5);
  return std::make_shared<TestFunction>([](double x) { return x > 0.5 ? std::exp(-x) : 0; },
                                        [](double x) { return x > 0.5 ? -std::exp(-x) : 0; },
                                        std::vector<model::Kink>{{0.5, height, -height}});
}

/// √(E φ(u)² E φ(v)²), or that of φ'.
inline double scale_of(const PairMean& mean, double qa, double qb, bool is_slope = false) {
  const auto square = [&](double q) {
    const auto pair = GaussianPair::of_deficit(q, 0);
    return is_slope ? mean.slope(pair) : mean.value(pair);
  };
  return std::sqrt(square(qa) * square(qb));
}

}  // namespace wideproof::theory
