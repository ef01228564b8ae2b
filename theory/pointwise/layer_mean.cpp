// SPDX-License-Identifier: MIT
#include <wideproof/theory/pointwise/layer_mean.hpp>

#include <string>
#include <utility>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/theory/pointwise/panel_mean.hpp>
#include <wideproof/theory/pointwise/positive_fraction.hpp>
#include <wideproof/theory/pointwise/power_forms.hpp>
#include <wideproof/theory/pointwise/smooth_forms.hpp>

namespace wideproof::theory {
namespace {

/// One of the closed forms.
template <class Form>
class ClosedMean final : public PairMean {
 public:
  ClosedMean(const Form& form, LayerFunction function)
      : form_(form), function_(std::move(function)) {}

  double value(const GaussianPair& pair) const override { return form_.value(pair); }
  double slope(const GaussianPair& pair) const override {
    if constexpr (requires { form_.slope(pair); }) return form_.slope(pair);
    return 0;
  }
  bool has_slope(double /*variance*/) const override {
    return requires(const GaussianPair& pair) {
      form_.slope(pair);
    };
  }
  double drop(const GaussianPair& pair) const override {
    if constexpr (requires { form_.drop(pair); }) return form_.drop(pair);
    return PairMean::drop(pair);
  }
  double positive_fraction(double variance) const override {
    if constexpr (requires { form_.positive_fraction(variance); }) {
      return form_.positive_fraction(variance);
    }
    return theory::positive_fraction(function_, variance);
  }
  int worth_a_curve() const override { return 1024; }

 private:
  Form form_;
  LayerFunction function_;
};

template <class Form>
std::shared_ptr<const PairMean> closed(const Form& form, LayerFunction function) {
  return std::make_shared<ClosedMean<Form>>(form, std::move(function));
}

std::shared_ptr<const PairMean> closed_mean(const model::PointwiseOptions& options,
                                            const LayerFunction& function) {
  using model::Function;
  switch (options.function) {
    case Function::gelu:
      return closed(GeluForm{}, function);
    case Function::sin:
    case Function::cos:
      return closed(WaveForm{options.frequency, options.function == Function::sin}, function);
    case Function::leaky_relu:
      return closed(LeakyReluForm{options.slope}, function);
    case Function::abs:
      return closed(LeakyReluForm{-1}, function);
    case Function::sign:
      return closed(JumpForm{true}, function);
    case Function::exp:
      return closed(ExpForm{options.rate}, function);
    case Function::gauss:
      return closed(GaussForm{options.rate}, function);
    case Function::rbf:
      return closed(RbfForm{options.rate}, function);
    case Function::gabor:
      return closed(GaborForm{}, function);
    case Function::monomial:
    case Function::hermite:
      return closed(PolynomialForm{options.order, options.function == Function::hermite}, function);
    case Function::rectified_power:
      if (options.order == 0) return closed(JumpForm{false}, function);
      return closed(RectifiedPowerForm{options.order}, function);
    case Function::sigmoid_like:
      return closed(SigmoidLikeForm{}, function);
    default:
      return nullptr;
  }
}

}  // namespace

LayerFunction layer_function(const model::PointwiseOptions& options,
                             std::shared_ptr<const model::Nonlinearity> phi,
                             std::optional<double> tau) {
  const bool is_expression = options.function == model::Function::expression;
  const std::string name = (tau ? "thresholded-" : "") + std::string(name_of(options.function));
  return {std::move(phi), tau.value_or(0),
          is_expression ? "network.expression" : "network.activation",
          model::in_quotes(is_expression ? options.expression : name, 200)};
}

std::shared_ptr<const PairMean> make_pair_mean(const model::PointwiseOptions& options,
                                               std::shared_ptr<const model::Nonlinearity> phi,
                                               std::optional<double> tau) {
  LayerFunction function = layer_function(options, std::move(phi), tau);
  if (!tau) {
    if (auto mean = closed_mean(options, function)) return mean;
  }
  return std::make_shared<PanelMean>(std::move(function));
}

}  // namespace wideproof::theory
