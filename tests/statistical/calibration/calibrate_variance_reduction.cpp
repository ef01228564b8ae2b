// SPDX-License-Identifier: MIT
// What simulation.variance_reduction changes: a table with a row for a network, off / on, of how
// often the limit's intervals hold a true theory and the verdict calls it wrong or right, how
// often a theory near it is seen to be wrong, and what it costs. It takes half an hour or so.
//
//   calibrate_variance_reduction [RUNS]      runs of a row and a setting (100)
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "edge_cells.hpp"

namespace {

using wideproof::model::Activation;
using wideproof::model::LateralFilter;
using wideproof::model::ThresholdRule;
using wideproof::testing::EdgeCell;
using wideproof::testing::EdgeCounts;

constexpr double difference = 0.05;

/// Three rows of ordinary use, on a circle, and the edge cells of that number that have controls.
std::vector<EdgeCell> cells() {
  std::vector<EdgeCell> all;
  for (const auto rule : {ThresholdRule::quantile, ThresholdRule::std, ThresholdRule::fixed}) {
    all.push_back({"ordinary",
                   fmt::format("{}, f = 0.1, depth 3, box of 13, circle of 8", name_of(rule)),
                   {.depth = 3,
                    .active_fraction = 0.1,
                    .threshold = rule,
                    .presynaptic = LateralFilter::box(13)},
                   wideproof::model::circle_inputs(8)});
    all.back().widths = {256, 512, 1024, 2048};
  }
  const auto edges = wideproof::testing::edge_cells();
  for (const std::size_t number : {2, 10, 12, 17, 22, 26, 41, 54, 63})
    all.push_back(edges.at(number - 1));
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  const int runs = argc > 1 ? std::atoi(argv[1]) : 100;
  const int threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  fmt::print(
      "| Network | covered | wrong at 5% | agree | twin | error, off over on | CPU, on over off |\n"
      "|---|---|---|---|---|---|---|\n");
  for (auto cell : cells()) {
    const auto run = [&](bool reduce) {
      cell.variance_reduction = reduce;
      return run_edge_cell(cell, 20270301, runs, threads, difference);
    };
    const EdgeCounts off = run(false);
    const EdgeCounts on = run(true);
    const auto percent = [&](int EdgeCounts::*count) {
      return fmt::format("{:.0f}% / {:.0f}%", 100.0 * (off.*count) / runs,
                         100.0 * (on.*count) / runs);
    };
    const auto covered = [](const EdgeCounts& counts) {
      return 100.0 * static_cast<double>(counts.covered) / static_cast<double>(counts.entries);
    };
    const auto error = [](const EdgeCounts& counts) {
      return counts.log_standard_error / static_cast<double>(counts.entries);
    };
    fmt::print("| {} | {:.1f}% / {:.1f}% | {} | {} | {} | {:.2g} | {:.2g} |\n", cell.name,
               covered(off), covered(on), percent(&EdgeCounts::at_5_percent),
               percent(&EdgeCounts::agree), percent(&EdgeCounts::twin_at_1_percent),
               std::exp(error(off) - error(on)), on.cpu_seconds / off.cpu_seconds);
    std::fflush(stdout);
  }
}
