// SPDX-License-Identifier: MIT
#include <wideproof/sim/measure/require_simulation.hpp>

#include <cmath>
#include <limits>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <wideproof/model/gram/gram_spec.hpp>
#include <wideproof/model/input_error.hpp>

#include "monte_carlo_runs.hpp"

namespace wideproof::sim {
namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

/// What MonteCarlo says of its options after a change.
template <class Change>
std::string monte_carlo_refusal(Change change) {
  auto how = testing::options(1);
  change(how);
  try {
    const MonteCarlo simulation(how, testing::inputs());
  } catch (const model::InputError& error) {
    return error.what();
  }
  return "";
}

TEST(RequireSimulation, TakesWhatCanBeSampled) {
  EXPECT_NO_THROW(require_simulation(testing::options(1)));
  EXPECT_NO_THROW(require_simulation(testing::reducing(2)));
}

TEST(RequireSimulation, SaysOfTheLibrarysOptionsWhatIsSaidOfTheFiles) {
  const auto of_file = [](const auto& change) {
    auto options = model::GramSpec::defaults();
    options.network = testing::options(1).law.network;
    options.inputs.count = 3;
    change(options.simulation);
    try {
      const model::Experiment experiment(options);
    } catch (const model::InputError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  using Widths = std::vector<std::int64_t>;
  for (const Widths& widths : {Widths{}, Widths{1}, Widths{0}, Widths{16, 16}, Widths{2}}) {
    const std::string refusal =
        monte_carlo_refusal([&](MonteCarlo::Options& how) { how.widths = widths; });
    EXPECT_FALSE(refusal.empty()) << widths.size();
    EXPECT_EQ(refusal, of_file([&](auto& simulation) {
                simulation.widths = widths;
                simulation.engine = model::Engine::direct;
              }));
  }
  for (const std::int64_t replicates : {-4, 0, 1}) {
    const std::string refusal =
        monte_carlo_refusal([&](MonteCarlo::Options& how) { how.stopping = {replicates}; });
    EXPECT_FALSE(refusal.empty()) << replicates;
    EXPECT_EQ(refusal, of_file([&](auto& simulation) { simulation.replicates = replicates; }));
  }
  for (const double precision : {no_number, -0.1, 0.9}) {
    const std::string refusal =
        monte_carlo_refusal([&](MonteCarlo::Options& how) { how.stopping.precision = precision; });
    EXPECT_FALSE(refusal.empty()) << precision;
    EXPECT_EQ(refusal, of_file([&](auto& simulation) { simulation.precision = precision; }));
  }
}

TEST(RequireSimulation, NamesTheOptionsThatNoFileHas) {
  EXPECT_EQ(monte_carlo_refusal([](MonteCarlo::Options& how) { how.threads = 0; }),
            "threads = 0: must be at least 1");
  EXPECT_EQ(monte_carlo_refusal([](MonteCarlo::Options& how) { how.gram_scale = 0; }),
            "gram_scale = 0: must be positive and finite");
  EXPECT_EQ(monte_carlo_refusal([](MonteCarlo::Options& how) { how.gram_scale = no_number; }),
            "gram_scale = nan: must be positive and finite");
  EXPECT_EQ(monte_carlo_refusal([](MonteCarlo::Options& how) { how.law.weight_variance = -1; }),
            "law.weight_variance = -1: must be positive and finite");
  EXPECT_EQ(
      monte_carlo_refusal(
          [](MonteCarlo::Options& how) { how.law.preactivation_variance.assign(7, 1.0); }),
      fmt::format("law.preactivation_variance = 7 numbers: must be empty or one for each of {} "
                  "layers",
                  testing::options(1).law.network.depth()));
  EXPECT_THAT(monte_carlo_refusal([](MonteCarlo::Options& how) {
                how.law.preactivation_variance.assign(
                    static_cast<std::size_t>(how.law.network.depth()), no_number);
              }),
              ::testing::StartsWith("law.preactivation_variance[0] = nan: must be positive"));
}

TEST(RequireSimulation, RefusesInputsThatAreNone) {
  const auto refusal = [](const Eigen::MatrixXd& inputs) -> std::string {
    try {
      const MonteCarlo simulation(testing::options(1), inputs);
    } catch (const model::InputError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_THAT(refusal(Eigen::MatrixXd(0, 3)), ::testing::StartsWith("inputs = 0 x 3: must be one"));
  EXPECT_THAT(refusal(Eigen::MatrixXd(3, 0)), ::testing::StartsWith("inputs = 3 x 0: must be one"));
  Eigen::MatrixXd inputs = testing::inputs();
  inputs(1, 0) = no_number;
  EXPECT_EQ(refusal(inputs), "inputs(1,0) = nan: must be finite");
}

}  // namespace
}  // namespace wideproof::sim
