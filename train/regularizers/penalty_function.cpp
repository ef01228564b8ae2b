// SPDX-License-Identifier: MIT
#include <wideproof/train/regularizers/penalty_function.hpp>

#include <stdexcept>

#include <torch/csrc/autograd/custom_function.h>
#include <torch/types.h>

#include <wideproof/train/regularizers/activation_penalty.hpp>

namespace wideproof::train {
namespace {

struct PenaltyFunction : torch::autograd::Function<PenaltyFunction> {
  static at::Tensor forward(torch::autograd::AutogradContext* context, at::TensorList layers,
                            const model::RegularizerOptions& options) {
    std::vector<at::Tensor> seen, gradients;
    for (const auto& layer : layers) {
      seen.push_back(layer.detach().contiguous());
      gradients.push_back(torch::empty_like(seen.back()));
    }
    const double value = ActivationPenalty(options).value(seen, 1, gradients);
    context->save_for_backward(gradients);
    return torch::full({}, value, seen.front().options());
  }

  static torch::autograd::tensor_list backward(torch::autograd::AutogradContext* context,
                                               const torch::autograd::tensor_list& outer) {
    torch::autograd::tensor_list gradients;
    for (const auto& gradient : context->get_saved_variables()) {
      gradients.push_back(gradient * outer.front());
    }
    gradients.emplace_back();  // of the options
    return gradients;
  }
};

}  // namespace

at::Tensor activation_penalty(const model::RegularizerOptions& options,
                              const std::vector<at::Tensor>& layers) {
  if (!options.is_of_correlations() || layers.empty())
    throw std::invalid_argument("activation_penalty: needs correlations and a layer");
  return PenaltyFunction::apply(at::TensorList(layers), options);
}

}  // namespace wideproof::train
