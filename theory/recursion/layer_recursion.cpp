// SPDX-License-Identifier: MIT
#include <wideproof/theory/recursion/layer_recursion.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/derivative_interpolant.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/rectifier_dual_kernel.hpp>
#include <wideproof/theory/kernels/term_sum.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>
#include <wideproof/theory/recursion/correlation_map.hpp>

namespace wideproof::theory {
namespace {

using model::Activation;
using model::InputError;

/// Sampled Gram matrices are as small; their variances, and rounding's, have to be normal doubles.
constexpr double smallest_variance = 1 / DualKernel::largest_in_double;

double resolved_weight_variance(const model::Network& network, const DualKernel& kernel,
                                const LateralSum& sum) {
  if (network.weight_variance()) return *network.weight_variance();
  const double gain = kernel.unit_sum(sum);
  const double own = kernel(1.0, 1.0, 1.0);
  if (!(own >= smallest_variance))
    throw InputError("network.activation", model::in_quotes(network.activation_name()),
                     fmt::format("puts out next to nothing where the variance of h is 1 (the mean "
                                 "of its square is {:.3g}), so no weight variance is critical; "
                                 "give network.weight_variance",
                                 own));
  // The terms carry errors of 1e-14 or so, which a smaller sum would show in its leading digits.
  const bool vanishes = !(gain > 1e-8 * own);
  if (vanishes) {
    throw InputError("network.presynaptic.filter", name_of(network.presynaptic().kind()),
                     fmt::format("cancels the layer's output (the sum over offsets is {}), so no "
                                 "weight variance is critical; weaken the surround or give "
                                 "network.weight_variance",
                                 gain));
  }
  return (1 - network.bias_variance()) / gain;
}

/// What `work` gives; what it refuses names the layer where layers differ.
template <class Work>
auto at_layer(const model::Network& network, std::int64_t layer, const Work& work) {
  if (network.is_uniform()) return work();
  try {
    return work();
  } catch (const InputError& error) {
    throw InputError(fmt::format("{} (network.layers: from layer {} on)", error.what(), layer));
  }
}

/// Entries that are mapped together.
constexpr Eigen::Index run_length = 1024;

/// Calls visit(column b, first row, covariance, deficit) for runs of the upper triangle.
template <class Visit>
void for_each_run(const EqualVarianceKernel& kernel, const Visit& visit) {
  for (Eigen::Index b = 0; b < kernel.covariance.cols(); ++b) {
    for (Eigen::Index first = 0; first < b; first += run_length) {
      const Eigen::Index length = std::min(run_length, b - first);
      visit(b, first, kernel.covariance.col(b).segment(first, length).array(),
            kernel.deficit.col(b).segment(first, length).array());
    }
  }
}

TermSum own_term(const DualKernel& dual, const EqualVarianceKernel& kernel) {
  return {dual, kernel.variance, {{1.0, 1.0}}, kernel.pairs()};
}

}  // namespace

std::vector<std::shared_ptr<const LayerRecursion>> layer_recursions(const model::Network& network) {
  std::vector<std::shared_ptr<const LayerRecursion>> recursions;
  std::map<const model::Network*, std::shared_ptr<const LayerRecursion>> made;
  for (std::int64_t layer = 1; layer <= network.depth(); ++layer) {
    const auto& like = network.like_layer(layer);
    auto& recursion = made[&like];
    if (recursion == nullptr)
      recursion = at_layer(network, layer, [&] { return std::make_shared<LayerRecursion>(like); });
    recursions.push_back(recursion);
  }
  return recursions;
}

LayerRecursion::LayerRecursion(const model::Network& network)
    : sum_(network.presynaptic(), network.postsynaptic()),
      kernel_(make_dual_kernel(network)),
      bias_variance_(network.bias_variance()),
      weight_variance_(resolved_weight_variance(network, *kernel_, sum_)) {}

EqualVarianceKernel LayerRecursion::gram(const EqualVarianceKernel& kernel) const {
  const auto own = own_term(*kernel_, kernel);
  EqualVarianceKernel gram(kernel.covariance.rows(), own.of_one());
  for_each_run(kernel, [&](auto b, auto first, const auto& covariance, const auto& deficit) {
    const auto run = own(covariance, deficit);
    for (Eigen::Index i = 0; i < deficit.size(); ++i) {
      gram.set_pair(first + i, b, run.values(i), run.drops(i));
    }
  });
  return gram;
}

LayerRecursion::Step LayerRecursion::step(const EqualVarianceKernel& kernel) const {
  const auto own = own_term(*kernel_, kernel);
  std::optional<TermSum> others;
  if (!sum_.others().empty()) {
    others.emplace(*kernel_, kernel.variance, sum_.others(), kernel.pairs());
  }
  const Eigen::Index count = kernel.covariance.rows();
  Step step{{count, own.of_one()}, {count, next_variance(kernel.variance)}};
  for_each_run(kernel, [&](auto b, auto first, const auto& covariance, const auto& deficit) {
    auto run = own(covariance, deficit);
    for (Eigen::Index i = 0; i < deficit.size(); ++i) {
      step.gram.set_pair(first + i, b, run.values(i), run.drops(i));
    }
    if (others) {
      const auto lateral = (*others)(covariance, deficit);
      run.values += lateral.values;
      run.drops += lateral.drops;
    }
    for (Eigen::Index i = 0; i < deficit.size(); ++i) {
      step.next.set_pair(first + i, b, weight_variance_ * run.values(i) + bias_variance_,
                         weight_variance_ * run.drops(i));
    }
  });
  return step;
}

Eigen::MatrixXd LayerRecursion::next(const Eigen::MatrixXd& kernel,
                                     const Eigen::MatrixXd& gram) const {
  Eigen::MatrixXd sum = gram;
  if (!sum_.others().empty()) sum += kernel_->lateral_gram(kernel, sum_);
  for (Eigen::Index a = 0; a < kernel.rows(); ++a)
    require_in_range(kernel(a, a), weight_variance_ * sum(a, a));
  return (weight_variance_ * sum).array() + bias_variance_;
}

double LayerRecursion::next_variance(double variance) const {
  double sum = (*kernel_)(variance, variance, variance);
  if (!sum_.others().empty()) {
    Eigen::ArrayXd lateral = Eigen::ArrayXd::Constant(1, variance);
    kernel_->entry_map(variance, sum_.others(), 1)(lateral);
    sum += lateral(0);
  }
  const double of_weights = weight_variance_ * sum;
  require_in_range(variance, of_weights);
  return of_weights + bias_variance_;
}

void LayerRecursion::require_in_range(double from, double of_weights) const {
  const double to = of_weights + bias_variance_;
  const double most = kernel_->largest_variance();
  if (to >= smallest_variance && to <= most) return;
  const bool by_bias = bias_variance_ > of_weights;
  const std::string bound =
      most < DualKernel::largest_in_double
          ? fmt::format(
                "the kernel of this activation is computed up to {}, where its series in "
                "Hermite polynomials ends; that of \"erf\", as saturated, is for any",
                most)
          : fmt::format(
                "it must lie in [{:.2g}, {:.2g}], where doubles hold its square and the "
                "errors of that",
                smallest_variance, most);
  throw InputError(by_bias ? "network.bias_variance" : "network.weight_variance",
                   by_bias ? bias_variance_ : weight_variance_,
                   fmt::format("takes the variance of h out of range, from {:.6g} to {:.6g} in one "
                               "layer: {}{}",
                               from, to, bound,
                               by_bias ? ""
                                       : "; choose it nearer to the critical one, or lower the "
                                         "depth"));
}

void LayerRecursion::require_norm(double norm) const {
  if (norm >= smallest_variance && norm <= DualKernel::largest_in_double) return;
  throw InputError("network.weight_variance", weight_variance_,
                   fmt::format("takes the norm of a layer to {:.6g}: it must lie in [{:.2g}, "
                               "{:.2g}], where doubles hold its square and the errors of that; "
                               "choose it nearer to the critical one, or lower the depth",
                               norm, smallest_variance, DualKernel::largest_in_double));
}

void require_cosines(const Eigen::MatrixXd& cosines) {
  constexpr double rounding = 1e-12;
  if (cosines.rows() != cosines.cols() || cosines.rows() == 0) {
    throw InputError("input_cosines", fmt::format("{} x {}", cosines.rows(), cosines.cols()),
                     "must be a square matrix with a row for each input");
  }
  for (Eigen::Index b = 0; b < cosines.cols(); ++b) {
    for (Eigen::Index a = 0; a <= b; ++a) {
      const double c = cosines(a, b);
      const auto here = [&] { return fmt::format("input_cosines({}, {})", a, b); };
      if (!(std::abs(c) <= 1 + rounding)) throw InputError(here(), c, "must lie in [-1, 1]");
      if (a == b && !(c >= 1 - rounding))
        throw InputError(here(), c, "must be 1: inputs have unit norm");
    }
  }
}

namespace {

void require_deficits(const model::Deficits& deficits) {
  const Eigen::MatrixXd& delta = deficits.values();
  if (delta.rows() != delta.cols() || delta.rows() == 0) {
    throw InputError("input_deficits", fmt::format("{} x {}", delta.rows(), delta.cols()),
                     "must be a square matrix with a row for each input");
  }
  for (Eigen::Index b = 0; b < delta.cols(); ++b) {
    for (Eigen::Index a = 0; a <= b; ++a) {
      const auto here = [&] { return fmt::format("input_deficits({}, {})", a, b); };
      if (!(delta(a, b) >= 0 && delta(a, b) <= 2)) {
        throw InputError(here(), delta(a, b), "must lie in [0, 2]");
      }
      if (a == b && delta(a, b) != 0) {
        throw InputError(here(), delta(a, b), "must be 0: inputs have unit norm");
      }
    }
  }
}

/// P((u>τ) ≠ (v>τ)) = 2 (f − L) of pairs.
class Separation {
 public:
  Separation(double tau, Eigen::Index pairs) : kernel_(tau) {
    if (pairs > RectifierDualKernel::exact_evaluations) interpolant_.emplace(kernel_);
  }

  Eigen::MatrixXd operator()(const Eigen::MatrixXd& deficits) const {
    return deficits.unaryExpr([this](double deficit) {
      if (!interpolant_) return 2 * kernel_.derivative_drop(1.0, deficit);
      return 2 * (deficit <= 1 ? interpolant_->drop(deficit)
                               : kernel_.active_fraction() - interpolant_->of_deficit(deficit));
    });
  }

 private:
  ThresholdedReluKernel kernel_;
  std::optional<DerivativeInterpolant> interpolant_;
};

/// LayerPrediction::separating_fraction of layers, whose thresholds may differ.
class Separations {
 public:
  explicit Separations(Eigen::Index pairs) : pairs_(pairs) {}

  /// 0 × 0 where a threshold is no order statistic. `network`: Network::like_layer().
  Eigen::MatrixXd operator()(const model::Network& network, const Eigen::MatrixXd& deficits) {
    const bool has_order_statistics = is_thresholded(network.activation()) &&
                                      network.threshold() == model::ThresholdRule::quantile;
    if (!has_order_statistics) return {};
    const double tau = tau_of(network.active_fraction());
    return made_.try_emplace(tau, tau, pairs_).first->second(deficits);
  }

 private:
  Eigen::Index pairs_;
  std::map<double, Separation> made_;
};

/// K¹ of inputs of unit norm.
EqualVarianceKernel first_kernel(const model::Network& network, EqualVarianceKernel inputs) {
  if (network.has_plain_inputs()) return inputs;
  const double weights = network.input_weight_variance();
  const double bias = network.input_bias_variance();
  EqualVarianceKernel kernel(inputs.covariance.rows(), weights + bias);
  for (Eigen::Index b = 0; b < inputs.covariance.cols(); ++b)
    for (Eigen::Index a = 0; a < b; ++a)
      kernel.set_pair(a, b, weights * inputs.covariance(a, b) + bias,
                      weights * inputs.deficit(a, b));
  return kernel;
}

using Recursions = std::vector<std::shared_ptr<const LayerRecursion>>;

/// What does not depend on inputs. Layers that differ have no one τ, and Grams that are raw.
model::Prediction constants_of(const model::Network& network, const Recursions& recursions) {
  model::Prediction prediction;
  const LayerRecursion& recursion = *recursions.front();
  prediction.weight_variance = recursion.weight_variance();
  prediction.degree_of_correlation = recursion.lateral_sum().degree();
  if (!network.is_uniform()) {
    for (const auto& one : recursions)
      prediction.layer_weight_variances.push_back(one->weight_variance());
    return prediction;
  }
  prediction.critical_degree_of_correlation = critical_degree_of_correlation(network);
  if (is_thresholded(network.activation())) prediction.tau = tau_of(network.active_fraction());
  if (network.activation() == Activation::thresholded_relu) {
    prediction.gram_scale = recursion.kernel()(1.0, 1.0, 1.0);
  }
  return prediction;
}

model::Prediction predict_from(const model::Network& network, EqualVarianceKernel kernel) {
  const auto recursions = layer_recursions(network);
  auto prediction = constants_of(network, recursions);
  kernel = first_kernel(network, std::move(kernel));
  Separations separations(kernel.pairs());
  for (std::int64_t l = 1; l <= network.depth(); ++l) {
    model::LayerPrediction layer;
    const auto& recursion = *recursions[static_cast<std::size_t>(l - 1)];
    const bool is_last = l == network.depth();
    auto step = at_layer(network, l, [&] {
      auto made =
          is_last ? LayerRecursion::Step{recursion.gram(kernel), {}} : recursion.step(kernel);
      recursion.require_norm(made.gram.variance / prediction.gram_scale);
      return made;
    });
    layer.gram = step.gram.covariance / prediction.gram_scale;
    layer.correlation = step.gram.covariance / step.gram.variance;
    layer.deficit = std::move(step.gram.deficit);
    const double variance = kernel.variance;
    layer.preactivation = std::move(kernel.covariance);
    layer.preactivation_deficit = std::move(kernel.deficit);
    layer.separating_fraction = separations(network.like_layer(l), layer.preactivation_deficit);
    layer.active_fraction = recursion.kernel().active_fraction_at(variance);
    kernel = std::move(step.next);
    layer.next_kernel = kernel.covariance;
    prediction.layers.push_back(std::move(layer));
  }
  return prediction;
}

}  // namespace

namespace {

void require_products(const Eigen::MatrixXd& products, bool takes_zero) {
  if (products.rows() != products.cols() || products.rows() == 0)
    throw InputError("input_products", fmt::format("{} x {}", products.rows(), products.cols()),
                     "must be a square matrix with a row for each input");
  for (Eigen::Index b = 0; b < products.cols(); ++b)
    for (Eigen::Index a = 0; a <= b; ++a) {
      const double product = products(a, b);
      const bool is_fine = std::isfinite(product) && product == products(b, a) &&
                           (a != b || product > 0 || (takes_zero && product == 0));
      if (!is_fine)
        throw InputError(fmt::format("input_products({}, {})", a, b), product,
                         "must be finite, the same as its mirror image, and positive on the "
                         "diagonal, beside a bias of the first layer at least 0");
    }
}

/// Over inputs of these variances.
double mean_active_fraction(const DualKernel& kernel, const Eigen::VectorXd& variances) {
  const double first = kernel.active_fraction_at(variances(0));
  double beyond = 0;
  for (const double variance : variances) beyond += kernel.active_fraction_at(variance) - first;
  return first + beyond / static_cast<double>(variances.size());
}

/// Correlations of a covariance, 1 on the diagonal.
Eigen::MatrixXd correlations_of(const Eigen::MatrixXd& covariance) {
  const Eigen::VectorXd scale = covariance.diagonal().cwiseSqrt().cwiseInverse();
  Eigen::MatrixXd correlations = scale.asDiagonal() * covariance * scale.asDiagonal();
  correlations = correlations.cwiseMin(1.0).cwiseMax(-1.0).eval();
  correlations.diagonal().setOnes();
  return correlations;
}

}  // namespace

model::Prediction predict_of_products(const model::Network& network,
                                      const Eigen::MatrixXd& input_products) {
  require_products(input_products, network.input_bias_variance() > 0);
  const auto recursions = layer_recursions(network);
  auto prediction = constants_of(network, recursions);
  Eigen::MatrixXd kernel =
      (network.input_weight_variance() * input_products).array() + network.input_bias_variance();
  Separations separations(input_products.rows() * (input_products.rows() - 1) / 2);
  for (std::int64_t l = 1; l <= network.depth(); ++l) {
    model::LayerPrediction layer;
    const auto& recursion = *recursions[static_cast<std::size_t>(l - 1)];
    const Eigen::MatrixXd gram = at_layer(network, l, [&] {
      Eigen::MatrixXd made = recursion.kernel().gram(kernel);
      recursion.require_norm(made.diagonal().minCoeff() / prediction.gram_scale);
      recursion.require_norm(made.diagonal().maxCoeff() / prediction.gram_scale);
      return made;
    });
    layer.gram = gram / prediction.gram_scale;
    layer.correlation = correlations_of(gram);
    layer.deficit = 1 - layer.correlation.array();
    layer.preactivation_deficit = 1 - correlations_of(kernel).array();
    layer.separating_fraction = separations(network.like_layer(l), layer.preactivation_deficit);
    layer.active_fraction = mean_active_fraction(recursion.kernel(), kernel.diagonal());
    layer.preactivation = std::move(kernel);
    if (l < network.depth()) {
      kernel = at_layer(network, l, [&] { return recursion.next(layer.preactivation, gram); });
      layer.next_kernel = kernel;
    }
    prediction.layers.push_back(std::move(layer));
  }
  return prediction;
}

model::Prediction predict(const model::Network& network, const model::Deficits& input_deficits) {
  require_deficits(input_deficits);
  return predict_from(network, EqualVarianceKernel::of_unit_inputs(input_deficits));
}

model::Prediction predict(const model::Network& network, const Eigen::MatrixXd& input_cosines) {
  require_cosines(input_cosines);
  return predict_from(network, EqualVarianceKernel::of_unit_inputs(input_cosines));
}

}  // namespace wideproof::theory
