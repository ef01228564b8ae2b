// SPDX-License-Identifier: MIT
// A job in which rank 2 fails while it computes, for want of a layer's variance.
#include <wideproof/app/ranks/ranks.hpp>
#include <wideproof/app/system/failure.hpp>
#include <wideproof/model/inputs/inputs.hpp>

namespace {

using namespace wideproof;

sim::MonteCarlo simulation(bool fails) {
  const model::Network network({.depth = 2, .threshold = model::ThresholdRule::fixed});
  sim::MonteCarlo::Options options;
  options.law = {.network = network, .weight_variance = 2, .preactivation_variance = {1}};
  if (!fails) options.law.preactivation_variance.push_back(1);
  options.widths = {32};
  options.stopping = {.replicates = 1000000};
  return {options, model::circle_inputs(3).vectors()};
}

}  // namespace

int main(int argc, char**) {
  const auto ranks = app::start_ranks();
  try {
    bool fails = false;
    if (!ranks->is_first()) {
      const char* rank = std::getenv("OMPI_COMM_WORLD_RANK");
      fails = rank != nullptr && rank[0] == '2';
    }
    const auto sampled = simulation(fails);
    ranks->compare({{"arguments", argc}}, {sampled.workers(0)});
    if (ranks->is_first()) {
      auto state = sampled.start();
      sampled.run(
          state, [](const sim::Progress&) { return true; }, ranks->remote_workers());
    } else {
      ranks->serve(sampled);
    }
    return ranks->end(0);
  } catch (...) {
    const auto failure = app::current_failure();
    ranks->report(failure);
    return ranks->end(failure.status);
  }
}
