// SPDX-License-Identifier: MIT
// Means of wide networks' tangent kernels beside their limits, which were worked out apart from
// sim/ and from theory/ and stand here as numbers.
#include <wideproof/sim/tangent/tangent_sampler.hpp>

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <torch/types.h>

#include <wideproof/sim/numeric/worker_threads.hpp>

#include "../false_alarm.hpp"
#include "../sampled_networks.hpp"

namespace wideproof::testing {
namespace {

using model::LateralFilter;
using model::ThresholdGradient;
using model::Trained;

/// frac((n − 1)(1 − f)) is .3 at f = .3, .5 at f = .5: the limit through a quantile hangs on it.
constexpr std::int64_t wide = 4000;
/// How far the mean at this width may be from the limit: a 1/n term of 40.
constexpr double slack = .01;

struct LimitCase {
  std::string name;
  model::Network::Options network;
  double weight_variance = 0.0;
  double readout_variance = 0.0;  ///< 1/k_τ(1)
  model::TangentOptions options;
  std::int64_t networks = 0;
  double same = 0.0;   ///< limit of Θ of the output at cosine 1
  double apart = 0.0;  ///< at cosine .5
  double wrong = 0.0;  ///< at cosine 1: of the same network otherwise trained
};

constexpr double k_of_3 = .20016859;  // k_τ(1) at f = .3

model::Network::Options quantile_at_3(std::int64_t depth, const LateralFilter& presynaptic,
                                      const LateralFilter& postsynaptic = {}) {
  return {.depth = depth,
          .active_fraction = .3,
          .presynaptic = presynaptic,
          .postsynaptic = postsynaptic};
}

std::vector<LimitCase> limit_cases() {
  constexpr model::TangentOptions field{.trained = Trained::field};
  constexpr model::TangentOptions through{.threshold_gradient = ThresholdGradient::through};
  constexpr model::TangentOptions field_through{.trained = Trained::field,
                                                .threshold_gradient = ThresholdGradient::through};
  const auto box = LateralFilter::box(5);
  const auto at_3 = quantile_at_3;
  return {
      {"weights",
       at_3(3, box, {}),
       2.897415,
       1 / k_of_3,
       {},
       300,
       3.7571474558,
       1.4663322196,
       4.9338471969},
      {"field", at_3(3, box, {}), 2.897415, 1 / k_of_3, field, 300, 4.9338471969, 2.1569736615,
       3.7571474558},
      {"filters_on_both_sides",
       at_3(3, box, LateralFilter::box(3)),
       1.8777667122,
       1 / k_of_3,
       {},
       300,
       2.7521596063,
       .9828030195,
       3.7571474558},
      {"through", at_3(1, {}, {}), 1, 1 / k_of_3, through, 4000, 3.36800396, .8776279987,
       2.4987366836},
      {"weights_through", at_3(2, box, {}), 2.897415, 1 / k_of_3, through, 4000, 5.88972978,
       1.1461514339, 3.1719628534},
      {"field_through", at_3(2, box, {}), 2.897415, 1 / k_of_3, field_through, 4000, 6.88435922,
       1.5466947061, 3.8014751535},
  };
}

class TangentMean : public ::testing::TestWithParam<LimitCase> {};

TEST_P(TangentMean, IsThatOfTheLimit) {
  const auto& [name, network, weight_variance, readout_variance, options, networks, same, apart,
               wrong] = GetParam();
  const sim::SampledLaw law{.network = model::Network(network), .weight_variance = weight_variance};
  auto output = options;
  output.layers = model::TangentLayers::output;
  const sim::TangentSampler sampler(law, wide, cosines_of_pair(.5), torch::kFloat32, output,
                                    readout_variance);
  Eigen::ArrayXXd rows(networks, 2);
  sim::on_worker_threads(1, [&, count = networks](int) {
    for (std::int64_t replicate = 0; replicate < count; ++replicate) {
      sampler.sample(20240108, replicate, 1, [&](const sim::LayerSummary& shown) {
        rows.row(replicate) << shown.gram.diagonal().mean(), shown.gram(0, 1);
      });
    }
  });
  EXPECT_TRUE(agrees(mean_of(rows.col(0)), same, 2, slack * same));
  EXPECT_TRUE(agrees(mean_of(rows.col(1)), apart, 2, slack * apart));
  EXPECT_FALSE(agrees(mean_of(rows.col(0)), wrong, 2, slack * wrong));
}

INSTANTIATE_TEST_SUITE_P(Limits, TangentMean, ::testing::ValuesIn(limit_cases()),
                         [](const auto& p) { return p.param.name; });

}  // namespace
}  // namespace wideproof::testing
