// SPDX-License-Identifier: MIT
#include <cmath>

#include <wideproof/model.hpp>
#include <wideproof/sim.hpp>

int main() {
  using namespace wideproof;
  sim::MonteCarlo::Options options;
  options.law.network = model::Network({.depth = 1, .activation = model::Activation::linear});
  options.widths = {64};
  options.stopping = {.replicates = 4};
  const sim::MonteCarlo simulation(options, model::circle_inputs(2).vectors());
  auto state = simulation.start();
  const bool is_done = simulation.run(state, [](const sim::Progress&) { return true; });
  return is_done && simulation.measurement(state).front().gram.mean(0, 0) > 0.0 ? 0 : 1;
}
