// SPDX-License-Identifier: MIT
#include <wideproof/theory/tangent/wrong_tangents.hpp>

#include <memory>
#include <utility>

#include <fmt/format.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/derivative_kernel.hpp>
#include <wideproof/theory/kernels/dual_kernel.hpp>
#include <wideproof/theory/tangent/tangent_recursion.hpp>

namespace wideproof::theory {
namespace {

using model::Activation;

/// What a recursion of tangent kernels has that may be wrong.
struct TangentMistake {
  double lateral_factor = 1.0;    ///< of Σ_{γ≠0}, and so of m
  bool leaves_out_slope = false;  ///< 1 for k'
};

/// The recursion of predict_tangent() with a mistake, entry by entry.
class MistakenTangents {
 public:
  MistakenTangents(const model::Network& network, const TangentMistake& mistake)
      : network_(network),
        mistake_(mistake),
        sum_(network.presynaptic(), network.postsynaptic()),
        dual_(make_dual_kernel(network)),
        slope_(make_derivative_kernel(network)) {
    const double at_one = (*dual_)(1.0, 1.0, 1.0);
    const double gain = at_one + mistake.lateral_factor * (dual_->unit_sum(sum_) - at_one);
    weight_variance_ = network.weight_variance().value_or((1 - network.bias_variance()) / gain);
    gram_scale_ = network.activation() == Activation::thresholded_relu ? at_one : 1.0;
  }

  CandidateTangent candidate(std::string name, const Eigen::MatrixXd& cosines,
                             model::Trained trained) const {
    const TangentRecursion recursion(trained, weight_variance_, network_.bias_variance());
    CandidateTangent candidate{std::move(name), true, {}, {}, {}};
    Eigen::MatrixXd kernel = cosines;
    LayerTangent tangent = recursion.first(cosines);
    for (std::int64_t layer = 1; layer <= network_.depth(); ++layer) {
      const TangentStep step = step_from(kernel);
      candidate.grams.emplace_back(step.gram / gram_scale_);
      candidate.tangents.push_back(tangent.of_neuron());
      candidate.output_tangent =
          (step.gram + step.derivative.cwiseProduct(tangent.of_neuron())) / gram_scale_;
      tangent = recursion.next(tangent, step);
      kernel = step.next;
    }
    return candidate;
  }

 private:
  TangentStep step_from(const Eigen::MatrixXd& kernel) const {
    TangentStep step{dual_->gram(kernel), {}, slopes(kernel, {{1.0, 1.0}}), {}};
    Eigen::MatrixXd sum = step.gram;
    if (!sum_.others().empty()) {
      sum += mistake_.lateral_factor * dual_->lateral_gram(kernel, sum_);
      step.lateral = mistake_.lateral_factor * slopes(kernel, derivative_terms(sum_));
    }
    step.next = (weight_variance_ * sum).array() + network_.bias_variance();
    return step;
  }

  Eigen::MatrixXd slopes(const Eigen::MatrixXd& kernel,
                         const std::vector<LateralTerm>& terms) const {
    return symmetric_matrix(kernel.rows(), [&](auto a, auto b) {
      double value = 0;
      for (const auto& [weight, scaling] : terms) {
        value += weight * (mistake_.leaves_out_slope
                               ? 1.0
                               : (*slope_)(kernel(a, a), kernel(b, b), scaling * kernel(a, b)));
      }
      return value;
    });
  }

  const model::Network& network_;
  TangentMistake mistake_;
  LateralSum sum_;
  std::unique_ptr<DualKernel> dual_;
  std::unique_ptr<DerivativeKernel> slope_;
  double weight_variance_ = 0.0;
  double gram_scale_ = 1.0;
};

/// The formulas of candidate_tangents(), as they are added.
class TangentCandidates {
 public:
  TangentCandidates(const model::Network& network, const model::Inputs& inputs,
                    const model::TangentOptions& options)
      : network_(network), inputs_(inputs), deficits_(inputs.deficits()), options_(options) {}

  void add_true_ones();
  void add_kernels();
  void add_parameterisation();
  void add_constants();

  CandidateTangents formulas;

 private:
  void leave_out(std::string name, std::string why) {
    formulas.left_out.push_back({std::move(name), std::move(why)});
  }
  /// Of the last depth() layers of a network.
  void add(std::string name, const model::Network::Options& network,
           const model::TangentOptions& options, const model::Deficits& deficits,
           bool is_wrong = true);
  void add_if_it_exists(const std::string& name, const model::Network::Options& wrong);
  void add_mistake(const std::string& name, const TangentMistake& mistake);

  const model::Network& network_;
  const model::Inputs& inputs_;
  model::Deficits deficits_;
  model::TangentOptions options_;
};

void TangentCandidates::add(std::string name, const model::Network::Options& network,
                            const model::TangentOptions& options, const model::Deficits& deficits,
                            bool is_wrong) {
  auto prediction = predict_tangent(model::Network(network), deficits, options);
  CandidateTangent candidate{std::move(name), is_wrong, {}, {}, prediction.output_tangent};
  const auto layers = prediction.tangents.size();
  for (auto l = layers - static_cast<std::size_t>(network_.depth()); l < layers; ++l) {
    candidate.grams.push_back(std::move(prediction.network.layers[l].gram));
    candidate.tangents.push_back(std::move(prediction.tangents[l]));
  }
  formulas.judged.push_back(std::move(candidate));
}

void TangentCandidates::add_if_it_exists(const std::string& name,
                                         const model::Network::Options& wrong) {
  try {
    add(name, wrong, options_, deficits_);
  } catch (const model::InputError& error) {
    leave_out(name, error.what());
  }
}

void TangentCandidates::add_mistake(const std::string& name, const TangentMistake& mistake) {
  const MistakenTangents tangents(network_, mistake);
  formulas.judged.push_back(tangents.candidate(name, inputs_.cosines(), options_.trained));
}

void TangentCandidates::add_true_ones() {
  add("the theory", network_.options(), options_, deficits_, false);
  const model::Inputs rounded(inputs_.source(), inputs_.vectors().cast<float>().cast<double>());
  add("the theory, inputs rounded to float32", network_.options(), options_, rounded.deficits(),
      false);
}

void TangentCandidates::add_kernels() {
  const bool is_thresholded_relu = network_.activation() == Activation::thresholded_relu;
  if (is_thresholded_relu && network_.active_fraction() != 0.5) {
    auto wrong = network_.options();
    wrong.active_fraction = 0.5;
    add_if_it_exists("arc-cosine tangent kernel", wrong);
  } else {
    leave_out("arc-cosine tangent kernel", is_thresholded_relu
                                               ? "at a threshold of 0 it is the theory"
                                               : "it is one of the thresholded ReLU");
  }
  if (network_.activation() == Activation::linear) {
    leave_out("k' left out", "of linear neurons it is 1");
  } else {
    add_mistake("k' left out", {.leaves_out_slope = true});
  }
  auto deeper = network_.options();
  ++deeper.depth;
  deeper.layers.clear();
  add_if_it_exists("one layer too many", deeper);
}

void TangentCandidates::add_parameterisation() {
  const bool is_weights = options_.trained == model::Trained::weights;
  const std::string name = is_weights ? "lateral Gram for the plain one (the field trained)"
                                      : "plain Gram for the lateral one (the weights trained)";
  if (network_.depth() == 1 || network_.presynaptic().is_none()) {
    leave_out(name, "without a presynaptic filter between layers both are the same");
    return;
  }
  auto other = options_;
  other.trained = is_weights ? model::Trained::field : model::Trained::weights;
  add(name, network_.options(), other, deficits_);
}

void TangentCandidates::add_constants() {
  if (model::is_thresholded(network_.activation())) {
    for (const double factor : {1.02, 0.98}) {
      auto wrong = network_.options();
      wrong.active_fraction *= factor;
      add_if_it_exists(fmt::format("active_fraction {:+.0f}%", 100 * (factor - 1)), wrong);
    }
  } else {
    leave_out("active_fraction ±2%",
              fmt::format("{} has no threshold", network_.activation_name()));
  }
  const LateralSum sum(network_.presynaptic(), network_.postsynaptic());
  if (sum.degree() == 0.0 || network_.depth() == 1) {
    leave_out("degree_of_correlation ±10%",
              sum.degree() == 0.0 ? "the degree is 0"
                                  : "it acts from the second layer on, and there is one layer");
    return;
  }
  for (const double factor : {1.1, 0.9}) {
    add_mistake(fmt::format("degree_of_correlation {:+.0f}%", 100 * (factor - 1)),
                {.lateral_factor = factor});
  }
}

}  // namespace

CandidateTangents candidate_tangents(const model::Network& network, const model::Inputs& inputs,
                                     const model::TangentOptions& options) {
  TangentCandidates candidates(network, inputs, options);
  candidates.add_true_ones();
  candidates.add_kernels();
  candidates.add_parameterisation();
  candidates.add_constants();
  return std::move(candidates.formulas);
}

}  // namespace wideproof::theory
