// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <toml++/toml.h>

#include <wideproof/compare/sweep/sweep_claims.hpp>

namespace wideproof::app {

/// Reads what an experiment file claims of its sweep:
///
///   [[claims]]
///   kind = "ratio"                    # best | ratio | value | trend | association
///   statement = "correlation helps sparse networks"
///   quantity = "error"                # default: the first that is measured draw by draw
///   training_points = 512             # where something is trained
///   width = 0                         # of networks; 0, the default: the infinite-width kernel
///   at = { network.active_fraction = 0.026, network.presynaptic.degree = 20 }
///   over = { network.active_fraction = 0.026, network.presynaptic.degree = 0 }    # ratio
///   low = 0.87                        # ratio: one bound or both
///   high = 0.9
///   value = 0.0292                    # value
///   tolerance = 0.01                  # best, value: relative
///   exact = false                     # true: the draws do not differ by chance
///   layer = 1                         # of quantities that hidden layers have; else the last one
///   along = "training.learning_rate"  # trend: a swept key of numbers
///   direction = "rising"              # trend: rising | falling; association: or either
///   with = "test accuracy"            # association: another quantity
///   across = "points"                 # association: points | networks
///
/// `swept`: the sweep's keys; a key that holds inline tables is named with one. Throws
/// model::InputError naming claims[i].<key>, also for a key that the claim's kind does not read.
std::vector<compare::SweepClaim> read_claims(const toml::node& claims,
                                             const std::vector<std::string>& swept);

}  // namespace wideproof::app
