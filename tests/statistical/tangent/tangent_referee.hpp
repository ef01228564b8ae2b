// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include <torch/csrc/autograd/autograd.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <wideproof/model/tangent/tangent_options.hpp>
#include <wideproof/sim/layers/lateral_convolver.hpp>
#include <wideproof/sim/networks/sparse_correlated_network.hpp>
#include <wideproof/sim/random/network_id.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>

namespace wideproof::testing {

/// Gram matrices and tangent kernels of networks whose every weight is drawn, by autograd on the
/// module: what sim::TangentSampler shows, from the definition.
class TangentReferee {
 public:
  using Matrices = std::vector<torch::Tensor>;  ///< P × P each

  TangentReferee(sim::SampledLaw law, std::int64_t width, torch::Tensor inputs,
                 model::TangentOptions options, double readout_variance)
      : law_(std::move(law)),
        width_(width),
        inputs_(std::move(inputs)),
        options_(options),
        readout_variance_(readout_variance),
        presynaptic_(law_.network.presynaptic(), width),
        postsynaptic_(law_.network.postsynaptic(), width) {}

  /// Of each hidden layer (1/n) z zᵀ, of each Θ^l, then Θ of the output.
  Matrices operator()(std::uint64_t seed, std::int64_t replicate) const {
    const Drawn drawn = draw(seed, replicate);
    Matrices tangents;
    for (std::int64_t l = 0; l < depth(); ++l) {
      const auto f = torch::mv(drawn.outputs.preactivations[at(l)], drawn.probes[at(l)]);
      tangents.push_back(factor(drawn, l) + by_autograd(drawn, f, l));
    }
    const auto y = torch::mv(drawn.outputs.activations.back(), drawn.readout);
    tangents.push_back(readout_variance_ * gram(drawn.outputs.activations.back()) +
                       by_autograd(drawn, y, depth()));
    return shown(drawn, tangents);
  }

  /// The same, gradients that pass a layer multiplied by the weights of network `other`: with
  /// another replicate's they are those of a network whose weights forget what they did forward.
  /// Thresholds are detached.
  Matrices backpropagated(std::uint64_t seed, std::int64_t replicate, std::int64_t other) const {
    const Drawn drawn = draw(seed, replicate);
    const Drawn backward = draw(seed, other);
    const torch::NoGradGuard no_grad;
    Matrices tangents;
    for (std::int64_t l = 0; l < depth(); ++l) {
      const auto rows = drawn.probes[at(l)].expand({inputs_.size(0), -1});
      tangents.push_back(factor(drawn, l) + below(drawn, backward, rows, l));
    }
    const auto top = drawn.readout * (drawn.outputs.activations.back() > 0);
    tangents.push_back(readout_variance_ * gram(drawn.outputs.activations.back()) +
                       own(top, depth() - 1) * factor(drawn, depth() - 1) +
                       below(drawn, backward, top, depth() - 1));
    return shown(drawn, tangents);
  }

 private:
  struct Drawn {
    sim::SparseCorrelatedNetwork network;
    sim::LayerOutputs outputs;
    Matrices probes;        ///< ξ/√n of each layer, n
    torch::Tensor readout;  ///< (σ_r/√n) v, n
  };

  static std::size_t at(std::int64_t layer) { return static_cast<std::size_t>(layer); }
  std::int64_t depth() const { return law_.network.depth(); }
  bool is_of_field() const { return options_.trained == model::Trained::field; }
  double weight_scale() const {
    return std::sqrt(law_.weight_variance / static_cast<double>(width_));
  }
  torch::Tensor gram(const torch::Tensor& z) const {
    return torch::mm(z, z.t()).detach() / static_cast<double>(width_);
  }

  Drawn draw(std::uint64_t seed, std::int64_t replicate) const {
    Drawn drawn{
        sim::SparseCorrelatedNetwork(sim::SparseCorrelatedNetworkOptions(inputs_.size(1), width_)
                                         .law(law_)
                                         .seed(seed)
                                         .replicate(replicate)
                                         .dtype(torch::kFloat64)
                                         .threshold_gradient(options_.threshold_gradient)),
        {},
        {},
        {}};
    drawn.outputs = drawn.network->forward(inputs_);
    const sim::NetworkId id{seed, width_, replicate};
    const double share = 1 / std::sqrt(static_cast<double>(width_));
    const auto normals = [&](sim::Purpose purpose, std::int64_t layer) {
      const sim::NormalStream stream(sim::stream_name(id, purpose, layer));
      return sim::normal_tensor(stream, 0, 1, width_, torch::kFloat64)[0] * share;
    };
    for (std::int64_t l = 0; l < depth(); ++l) {
      drawn.probes.push_back(normals(sim::Purpose::probes, l + 1).sign() * share);
    }
    drawn.readout = normals(sim::Purpose::readout, depth()) * std::sqrt(readout_variance_);
    return drawn;
  }

  Matrices shown(const Drawn& drawn, const Matrices& tangents) const {
    Matrices all;
    for (const auto& z : drawn.outputs.activations) all.push_back(gram(z));
    all.insert(all.end(), tangents.begin(), tangents.end());
    return all;
  }

  /// What δ_a·δ_b = 1 of layer l, from 0, contributes.
  torch::Tensor factor(const Drawn& drawn, std::int64_t l) const {
    if (l == 0) return torch::mm(inputs_, inputs_.t());
    const auto z = drawn.outputs.activations[at(l - 1)].detach();
    return law_.weight_variance * gram(is_of_field() ? presynaptic_.correlate(z) : z) +
           law_.network.bias_variance();
  }

  torch::Tensor own(const torch::Tensor& rows, std::int64_t) const {
    const auto seen = is_of_field() ? postsynaptic_.correlate(rows) : rows;
    return torch::mm(seen, seen.t());
  }

  /// Of gradients `rows` of layer l, what the layers below contribute.
  torch::Tensor below(const Drawn& drawn, const Drawn& backward, torch::Tensor rows,
                      std::int64_t l) const {
    auto sum = torch::zeros({inputs_.size(0), inputs_.size(0)}, torch::kFloat64);
    for (; l > 0; --l) {
      rows = torch::mm(rows, backward.network->weights[at(l)].detach()) *
             (drawn.outputs.activations[at(l - 1)] > 0);
      sum += own(rows, l - 1) * factor(drawn, l - 1);
    }
    return sum;
  }

  /// Σ_θ ∂f_a/∂θ ∂f_b/∂θ over the parameters of layers 0…l−1.
  torch::Tensor by_autograd(const Drawn& drawn, const torch::Tensor& f, std::int64_t l) const {
    auto sum = torch::zeros({inputs_.size(0), inputs_.size(0)}, torch::kFloat64);
    if (l == 0) return sum;
    std::vector<torch::Tensor> parameters;
    std::vector<bool> is_bias;
    for (std::int64_t k = 0; k < l; ++k) {
      parameters.push_back(drawn.network->weights[at(k)]);
      is_bias.push_back(false);
      if (!drawn.network->biases[at(k)].defined()) continue;
      parameters.push_back(drawn.network->biases[at(k)]);
      is_bias.push_back(true);
    }
    std::vector<std::vector<torch::Tensor>> rows(parameters.size());
    for (std::int64_t a = 0; a < inputs_.size(0); ++a) {
      const auto gradients = torch::autograd::grad({f[a]}, parameters, {}, /*retain_graph=*/true);
      for (std::size_t k = 0; k < parameters.size(); ++k) {
        rows[k].push_back(of_parameters(gradients[k], is_bias[k], k == 0).reshape(-1));
      }
    }
    for (const auto& of_layer : rows) {
      const auto jacobian = torch::stack(of_layer);
      sum += torch::mm(jacobian, jacobian.t());
    }
    return sum;
  }

  /// ∂f/∂ω or ∂f/∂X from ∂f/∂W; likewise of biases.
  torch::Tensor of_parameters(torch::Tensor gradient, bool is_bias, bool is_first) const {
    if (is_bias) {
      gradient = gradient * std::sqrt(law_.network.bias_variance());
      return is_of_field() ? postsynaptic_.correlate(gradient) : gradient;
    }
    if (!is_first) gradient = gradient * weight_scale();
    if (!is_of_field()) return gradient;
    gradient = postsynaptic_.correlate(gradient.t().contiguous()).t().contiguous();
    return is_first ? gradient : presynaptic_.correlate(gradient);
  }

  sim::SampledLaw law_;
  std::int64_t width_;
  torch::Tensor inputs_;
  model::TangentOptions options_;
  double readout_variance_;
  sim::LateralConvolver presynaptic_;
  sim::LateralConvolver postsynaptic_;
};

}  // namespace wideproof::testing
