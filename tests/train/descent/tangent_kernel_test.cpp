// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/tangent_kernel.hpp>

#include <vector>

#include <gtest/gtest.h>
#include <torch/types.h>

#include "some_training.hpp"

namespace wideproof::train {
namespace {

/// Products of the gradients of the first output by all parameters, one input at a time.
Eigen::MatrixXd from_gradients(NetworkPass& pass, const NetworkParameters& parameters,
                               const at::Tensor& x) {
  const std::int64_t inputs = x.size(0);
  std::vector<at::Tensor> rows;
  auto gradient = like(parameters);
  for (std::int64_t a = 0; a < inputs; ++a) {
    auto errors = torch::zeros_like(pass.forward(parameters, x.narrow(0, a, 1)));
    errors[0][0] = 1;
    pass.backward(parameters, errors, {.into = &gradient});
    std::vector<at::Tensor> flat;
    for (const auto& tensor : tensors_of(gradient)) flat.push_back(tensor.flatten());
    rows.push_back(torch::cat(flat));
  }
  const auto all = torch::stack(rows);
  return sim::to_matrix(torch::mm(all, all.t()));
}

TEST(TangentKernel, IsTheProductOfGradients) {
  constexpr std::int64_t width = 20, inputs = 4, outputs = 2;
  const model::Network network({.depth = 3,
                                .active_fraction = .4,
                                .threshold = model::ThresholdRule::std,
                                .bias_variance = .3,
                                .presynaptic = model::LateralFilter::box(3),
                                .postsynaptic = model::LateralFilter::box(2)});
  const TrainableLaw law{.hidden = {.network = network, .weight_variance = 2},
                         .readout_variance = 1.5};
  for (const auto trained : {model::Trained::weights, model::Trained::field}) {
    for (const auto parameterisation :
         {model::Parameterisation::tangent, model::Parameterisation::standard}) {
      for (const std::size_t hidden : {3, 0}) {
        const model::TrainingOptions options{
            .trained = trained,
            .parameterisation = parameterisation,
            .threshold_gradient = model::ThresholdGradient::through,
            .steps = 1};
        testing::with_team(1, [&](WorkerTeam& team) {
          auto parameters = draw_parameters(law, {.seed = 1, .width = width}, 5, outputs, options,
                                            at::kDouble, team);
          if (hidden == 0) parameters = {parameters.back()};
          NetworkPass pass(law, options, std::vector(hidden, width), outputs, inputs, at::kDouble,
                           team);
          const auto x =
              sim::to_tensor(testing::some_field(inputs, hidden == 0 ? width : 5), at::kDouble);
          const auto kernel = tangent_kernel(pass, parameters, x);
          const auto expected = from_gradients(pass, parameters, x);
          EXPECT_LE((kernel - expected).norm(), 1e-13 * expected.norm());
          EXPECT_GT(expected.norm(), 0.1);
        });
      }
    }
  }
}

}  // namespace
}  // namespace wideproof::train
