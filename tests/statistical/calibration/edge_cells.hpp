// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <wideproof/model/experiment.hpp>
#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/model/network.hpp>

namespace wideproof::testing {

/// An experiment at the edge of what networks can tell: inputs that nearly or exactly coincide,
/// deep maps that drive them together or apart, networks without an active neuron.
struct EdgeCell {
  std::string group;
  std::string name;
  model::Network::Options network;
  model::Inputs inputs;
  std::vector<std::int64_t> widths = {128, 256, 512, 1024};
  std::int64_t replicates = 200;
  model::DType dtype = model::DType::float32;
  bool variance_reduction = false;
  /// Whether a wrong kernel must be seen: networks are wide enough that somebody may be convicted.
  bool can_convict = true;
};

/// All of them; calibrate_edges prints what comes of each.
std::vector<EdgeCell> edge_cells();

/// Of runs of one cell, each with a seed of its own: how often the theory, and a theory of another
/// network, were called wrong.
struct EdgeCounts {
  int runs = 0;
  int at_5_percent = 0;
  int at_1_percent = 0;
  int agree = 0;              ///< with the theory, at 1%
  int twin_at_1_percent = 0;  ///< the other network's theory called wrong
  /// Entries of limits that were tested, and those of them whose own 95% interval holds the truth.
  std::int64_t entries = 0;
  std::int64_t covered = 0;
  double log_standard_error = 0.0;  ///< summed over these entries
  double cpu_seconds = 0.0;         ///< of sampling, all threads
};

/// The other network differs in its active fraction, by the share `difference`; in its weight
/// variance, by as much, where there is no threshold; and at depth 1 without a threshold its Gram
/// is too large by half as much.
EdgeCounts run_edge_cell(const EdgeCell& cell, std::uint64_t first_seed, int runs, int threads,
                         double difference = 0.2);

}  // namespace wideproof::testing
