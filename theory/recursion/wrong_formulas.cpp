// SPDX-License-Identifier: MIT
#include <wideproof/theory/recursion/wrong_formulas.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/dual_kernel.hpp>
#include <wideproof/theory/kernels/lateral_sum.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/rectifier_dual_kernel.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

namespace wideproof::theory {
namespace {

using Grams = std::vector<Eigen::MatrixXd>;

/// √(q_a q_b) (k_τ(c) + 2τ g(τ) Q(τa)): the closed form with one of its terms forgotten.
class WithoutThresholdTerm final : public DualKernel {
 public:
  explicit WithoutThresholdTerm(double tau) : kernel_(tau) {}

  double operator()(double qa, double qb, double covariance) const override {
    const double tau = kernel_.tau();
    const double norm = std::sqrt(qa * qb);
    const double c = std::clamp(covariance / norm, -1.0, 1.0);
    // Q(τa) with a = √((1−c)/(1+c)): 0 at c = −1, where a is infinite.
    const double tail = c > -1 ? normal_tail(tau * std::sqrt((1 - c) / (1 + c))) : 0.0;
    return norm * (kernel_(c) + 2 * tau * normal_density(tau) * tail);
  }

 private:
  ThresholdedReluKernel kernel_;
};

/// What a recursion has that may be wrong.
struct Parts {
  const DualKernel& kernel;
  double lateral_factor = 1.0;   ///< of Σ_{γ≠0}, and so of m
  double variance_factor = 1.0;  ///< of σ²
};

/// K' = σ² v [k + s Σ_{γ≠0} B(γ) k(A(γ) ·)] + σ_b², v and s the factors of `parts`.
Grams recursion(const model::Network& network, const Eigen::MatrixXd& cosines, const Parts& parts) {
  const LateralSum sum(network.presynaptic(), network.postsynaptic());
  const double at_one = parts.kernel(1.0, 1.0, 1.0);
  const double gain = at_one + parts.lateral_factor * (parts.kernel.unit_sum(sum) - at_one);
  const double weight_variance = parts.variance_factor * network.weight_variance().value_or(
                                                             (1 - network.bias_variance()) / gain);
  const bool divides = network.activation() == model::Activation::thresholded_relu;
  Grams grams;
  Eigen::MatrixXd kernel = cosines;
  for (std::int64_t layer = 1; layer <= network.depth(); ++layer) {
    const Eigen::MatrixXd raw = parts.kernel.gram(kernel);
    grams.emplace_back(divides ? raw / at_one : raw);
    Eigen::MatrixXd next = raw;
    if (!sum.others().empty())
      next += parts.lateral_factor * parts.kernel.lateral_gram(kernel, sum);
    kernel = (weight_variance * next).array() + network.bias_variance();
  }
  return grams;
}

Grams grams_of(const model::Prediction& prediction) {
  Grams grams;
  for (const auto& layer : prediction.layers) grams.push_back(layer.gram);
  return grams;
}

Grams predicted(const model::Network::Options& options, const model::Deficits& deficits) {
  return grams_of(predict(model::Network(options), deficits));
}

bool are_alike(const model::LateralFilter& one, const model::LateralFilter& other) {
  return one.kind() == other.kind() && one.sheet() == other.sheet() &&
         one.taps().size() == other.taps().size() && (one.taps() == other.taps()).all() &&
         one.options().degree == other.options().degree;
}

model::Inputs rounded_to_float32(const model::Inputs& inputs) {
  return {inputs.source(), inputs.vectors().cast<float>().cast<double>()};
}

/// The formulas of candidate_formulas(), as they are added.
class CandidateList {
 public:
  CandidateList(const model::Network& network, const model::Inputs& inputs,
                const model::Prediction& theory)
      : network_(network), inputs_(inputs), theory_(theory), deficits_(inputs.deficits()) {}

  void add_true_ones();
  /// Those of another active fraction, another degree of correlation, of filters swapped …
  void add_wrong_networks();
  void add_wrong_kernels();
  void add_next_layer();
  void add_wrong_variances();

  CandidateFormulas formulas;

 private:
  const model::Network::Options& options() const { return network_.options(); }
  void add(std::string name, const Grams& grams, bool is_wrong = true) {
    formulas.judged.push_back({std::move(name), is_wrong, grams});
  }
  void leave_out(std::string name, std::string why) {
    formulas.left_out.push_back({std::move(name), std::move(why)});
  }
  // A surround that cancels a layer, norms that run away, correlations or a fraction beyond their
  // bounds leave some formulas without a value.
  void add_if_it_exists(const std::string& name, const model::Network::Options& wrong);
  void add_recursion(const std::string& name, const Parts& parts);

  const model::Network& network_;
  const model::Inputs& inputs_;
  const model::Prediction& theory_;
  model::Deficits deficits_;
};

void CandidateList::add_if_it_exists(const std::string& name,
                                     const model::Network::Options& wrong) {
  try {
    auto grams = predicted(wrong, deficits_);
    grams.erase(grams.begin(), grams.end() - network_.depth());
    add(name, grams);
  } catch (const model::InputError& error) {
    leave_out(name, error.what());
  }
}

void CandidateList::add_recursion(const std::string& name, const Parts& parts) {
  try {
    add(name, recursion(network_, inputs_.cosines(), parts));
  } catch (const model::InputError& error) {
    leave_out(name, error.what());
  }
}

void CandidateList::add_true_ones() {
  add("the theory", grams_of(theory_), false);
  add("the theory, inputs rounded to float32",
      predicted(options(), rounded_to_float32(inputs_).deficits()), false);
}

void CandidateList::add_wrong_networks() {
  if (model::is_thresholded(network_.activation())) {
    for (const double factor : {1.02, 0.98}) {
      auto wrong = options();
      wrong.active_fraction *= factor;
      add_if_it_exists(fmt::format("active_fraction {:+.0f}%", 100 * (factor - 1)), wrong);
    }
  } else if (network_.activation() == model::Activation::sparse_projection) {
    for (const double factor : {1.02, 0.98}) {
      auto wrong = options();
      wrong.sparseness = 1 - factor * (1 - wrong.sparseness);
      add_if_it_exists(fmt::format("1 - sparseness {:+.0f}%", 100 * (factor - 1)), wrong);
    }
    auto wrong = options();
    wrong.is_signed = !wrong.is_signed;
    add_if_it_exists(wrong.is_signed ? "signed projection" : "projection without signs", wrong);
  } else {
    leave_out("active_fraction ±2%",
              fmt::format("{} has no threshold", network_.activation_name()));
  }
  if (theory_.degree_of_correlation != 0.0) {
    const auto kernel = make_dual_kernel(network_);
    for (const double factor : {1.1, 0.9}) {
      add_recursion(fmt::format("degree_of_correlation {:+.0f}%", 100 * (factor - 1)),
                    {.kernel = *kernel, .lateral_factor = factor});
    }
  } else {
    leave_out("degree_of_correlation ±10%", "the degree is 0");
  }
  if (!are_alike(options().presynaptic, options().postsynaptic)) {
    auto wrong = options();
    std::swap(wrong.presynaptic, wrong.postsynaptic);
    add_if_it_exists("presynaptic and postsynaptic swapped", wrong);
  } else {
    leave_out("presynaptic and postsynaptic swapped", "the two filters are alike");
  }
}

void CandidateList::add_wrong_kernels() {
  if (network_.activation() != model::Activation::thresholded_relu || *theory_.tau == 0.0) {
    const std::string why = network_.activation() == model::Activation::thresholded_relu
                                ? "at a threshold of 0 it is the theory"
                                : "it is one of the thresholded ReLU";
    leave_out("kernel without its term -2 tau g Q", why);
    leave_out("arc-cosine kernel", why);
    return;
  }
  add_recursion("kernel without its term -2 tau g Q",
                {.kernel = WithoutThresholdTerm(*theory_.tau)});
  const RectifierDualKernel arc_cosine{ThresholdedReluKernel(0.0)};
  add_recursion("arc-cosine kernel", {.kernel = arc_cosine});
}

void CandidateList::add_next_layer() {
  auto deeper = options();
  ++deeper.depth;
  deeper.layers.clear();
  add_if_it_exists("kernel of the next layer", deeper);
}

void CandidateList::add_wrong_variances() {
  if (network_.depth() == 1) {
    leave_out("weight_variance ±1%", "it acts from the second layer on, and there is one layer");
    return;
  }
  if (network_.activation() == model::Activation::sparse_projection &&
      network_.bias_variance() == 0) {
    leave_out("weight_variance ±1%", "a projected layer does not depend on it without biases");
    return;
  }
  const auto kernel = make_dual_kernel(network_);
  for (const double factor : {1.01, 0.99}) {
    add_recursion(fmt::format("weight_variance {:+.0f}%", 100 * (factor - 1)),
                  {.kernel = *kernel, .variance_factor = factor});
  }
}

}  // namespace

CandidateFormulas candidate_formulas(const model::Network& network, const model::Inputs& inputs,
                                     const model::Prediction& theory) {
  CandidateList list(network, inputs, theory);
  list.add_true_ones();
  list.add_wrong_networks();
  list.add_wrong_kernels();
  list.add_next_layer();
  list.add_wrong_variances();
  return std::move(list.formulas);
}

}  // namespace wideproof::theory
