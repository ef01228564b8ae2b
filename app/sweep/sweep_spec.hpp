// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/compare/sweep/sweep_claims.hpp>
#include <wideproof/model/experiment.hpp>

namespace wideproof::app {

/// A value that a sweep gives to a key.
struct SweepValue {
  std::string text;              ///< for eyes: 0.05, box, [256, 512]
  std::optional<double> number;  ///< where it is one
};

/// One experiment of a sweep.
struct SweepExperiment {
  std::string folder;              ///< in the run's: points/01, points/02, …
  std::vector<SweepValue> values;  ///< one a key
  model::Experiment experiment;
};

/// The experiments that one file with a [sweep] stands for: the file's own keys, with each point's
/// put over them. All of them are valid.
struct SweepSpec {
  std::vector<std::string> keys;            ///< what is swept, such as network.depth
  std::vector<SweepExperiment> points;      ///< of a grid: the first key changes slowest
  std::vector<compare::SweepClaim> claims;  ///< that the file makes about the whole
  /// Sentences about keys that were dropped, as a setting or a point chose what does not read them.
  std::vector<std::string> notes;
  /// The sweep as TOML: complete, and parsing it with `folder`, from which its paths are taken,
  /// gives the same points.
  std::string resolved;
  std::filesystem::path folder;

  const std::string& name() const { return points.front().experiment.study().name; }
};

/// The sweep in an experiment file's text, or nullopt where it has none; arguments as
/// parse_experiment() takes them. Settings go over the text before it is spread out into points;
/// `sweep.network.depth=[1, 2]` is one too. A point's values and the claims are told as the text
/// has them, with the paths of settings taken from `folder` too. Throws model::InputError for what
/// read_sweep_table(), read_claims() and compare::check() refuse, for a setting of a key that is
/// swept, for claims without a sweep, for exact claims about random draws, and, naming the point,
/// for one that parse_experiment() would refuse.
std::optional<SweepSpec> parse_sweep(const std::string& text, const std::string& source,
                                     const std::vector<std::string>& settings,
                                     const std::filesystem::path& folder = {});

/// SweepSpec::resolved with its paths taken from another folder.
std::string resolved_in(const SweepSpec& sweep, const std::filesystem::path& folder);

/// parse_sweep() of a file's content; throws model::InputError if it cannot be read.
std::optional<SweepSpec> read_sweep(const std::string& path,
                                    const std::vector<std::string>& settings);

/// "network.active_fraction = 0.05, network.depth = 3"
std::string point_text(const std::vector<std::string>& keys, const std::vector<SweepValue>& values);

/// "points/02 (network.active_fraction = 0.05, network.depth = 3)"
std::string name_of(const SweepSpec& sweep, const SweepExperiment& point);

}  // namespace wideproof::app
