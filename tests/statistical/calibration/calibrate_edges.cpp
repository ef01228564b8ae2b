// SPDX-License-Identifier: MIT
// How often a true theory is called wrong where networks can tell least: a table with a row for
// each EdgeCell. It takes an hour or so.
//
//   calibrate_edges [RUNS [FIRST [LAST]]]      runs of a cell (200); cells FIRST to LAST, from 1
#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <boost/math/distributions/binomial.hpp>

#include "edge_cells.hpp"

namespace {

using wideproof::testing::EdgeCounts;

/// P(at least `count` of `runs`) at the nominal rate.
double p_of(int count, int runs, double rate) {
  const boost::math::binomial law(runs, rate);
  return count == 0 ? 1.0 : cdf(complement(law, count - 1));
}

/// The smallest p, Holm over the cells (which for the smallest is Bonferroni's).
double smallest_p(const std::vector<EdgeCounts>& cells, int EdgeCounts::*member, double rate) {
  double smallest = 1.0;
  for (const auto& cell : cells) smallest = std::min(smallest, p_of(cell.*member, cell.runs, rate));
  return std::min(1.0, smallest * static_cast<double>(cells.size()));
}

void print_pool(const std::vector<EdgeCounts>& cells, int EdgeCounts::*member, double rate) {
  const auto sum = [&](int EdgeCounts::*count) {
    return std::accumulate(cells.begin(), cells.end(), 0,
                           [count](int total, const auto& cell) { return total + cell.*count; });
  };
  const int runs = sum(&EdgeCounts::runs);
  const int count = sum(member);
  fmt::print(
      "at {:.0f}%: {} of {} ({:.2f}%), pooled p = {:.2g}; smallest p of a cell, Holm: {:.2g}\n",
      100 * rate, count, runs, 100.0 * count / runs, p_of(count, runs, rate),
      smallest_p(cells, member, rate));
}

}  // namespace

int main(int argc, char** argv) {
  constexpr std::uint64_t first_seed = 20261125;
  const auto number = [&](int place, int otherwise) {
    return argc > place ? std::atoi(argv[place]) : otherwise;
  };
  const auto cells = wideproof::testing::edge_cells();
  const int runs = number(1, 200);
  const int first = std::max(number(2, 1), 1);
  const int last =
      std::min(number(3, static_cast<int>(cells.size())), static_cast<int>(cells.size()));
  const int threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  fmt::print("| | Networks | at 5% | at 1% | agree | twin |\n|---|---|---|---|---|---|\n");
  std::vector<EdgeCounts> counts;
  for (int i = first; i <= last; ++i) {
    const auto& cell = cells[static_cast<std::size_t>(i - 1)];
    counts.push_back(wideproof::testing::run_edge_cell(cell, first_seed, runs, threads));
    const auto& tally = counts.back();
    const auto percent = [&](int count) { return 100.0 * count / tally.runs; };
    fmt::print("| {} | {} | {:.1f}% | {:.1f}% | {:.0f}% | {:.0f}%{} |\n", i, cell.name,
               percent(tally.at_5_percent), percent(tally.at_1_percent), percent(tally.agree),
               percent(tally.twin_at_1_percent), cell.can_convict ? "" : " (none may be)");
    std::fflush(stdout);
  }
  print_pool(counts, &EdgeCounts::at_5_percent, 0.05);
  print_pool(counts, &EdgeCounts::at_1_percent, 0.01);
}
