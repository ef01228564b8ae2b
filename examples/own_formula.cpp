// SPDX-License-Identifier: MIT
// A formula of one's own is put to the proof by sampled networks: ReLUs whose weights from five
// neighbouring neurons are correlated.
#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include <wideproof/compare.hpp>
#include <wideproof/model.hpp>
#include <wideproof/report.hpp>
#include <wideproof/sim.hpp>

using namespace wideproof;

/// E[z z′] of two ReLUs whose pre-activations have unit variance and correlation c.
double arc_cosine(double c) {
  c = std::clamp(c, -1.0, 1.0);
  return (std::sqrt(1 - c * c) + (std::numbers::pi - std::acos(c)) * c) / (2 * std::numbers::pi);
}

/// What the next layer sees of it, up to the weight variance, m being the degree of correlation.
double next_kernel(double c, double m) {
  return arc_cosine(c) + m / (2 * std::numbers::pi);
}

int main() {
  const model::Inputs inputs = model::cosine_inputs({1.0, 0.9, 0.5});
  sim::MonteCarlo::Options options;
  options.law.network = model::Network({.depth = 2,
                                        .activation = model::Activation::relu,
                                        .presynaptic = model::LateralFilter::box(5)});
  options.law.weight_variance = 1 / next_kernel(1, 4);  // keeps the norm
  options.widths = {256, 1024, 4096, 16384};
  options.stopping.replicates = 200;
  options.seed = 1;
  const sim::MonteCarlo simulation(options, inputs.vectors());
  auto state = simulation.start();
  simulation.run(state, [](const sim::Progress&) { return true; });

  for (const double m : {0.0, 4.0}) {
    const Eigen::MatrixXd first = inputs.cosines().unaryExpr(&arc_cosine);
    const Eigen::MatrixXd second = inputs.cosines().unaryExpr(
        [m](double c) { return arc_cosine(next_kernel(c, m) / next_kernel(1, m)); });
    const auto assessment =
        compare::assess(compare::predicted_layers({first, second}), simulation.measurement(state),
                        simulation.series(state), {});
    fmt::print("degree of correlation {} in the formula\n{}\n", m,
               report::terminal_table(assessment));
  }
}
