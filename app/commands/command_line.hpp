// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/app/study/run_options.hpp>
#include <wideproof/app/system/cores.hpp>

namespace wideproof::app {

/// What the user asked for.
struct Command {
  enum class Verb { validate, predict, power, judge, compare, report, init, none };

  /// What judge is to set beside each other.
  struct Judged {
    std::string samples;
    bool activations = false;
    std::optional<std::string> prediction;
    std::optional<std::string> prediction_kind;
    std::optional<std::string> experiment;
    std::optional<std::string> against;
    std::optional<double> family_error;
    std::optional<double> equivalence_margin;
  };

  Verb verb = Verb::none;
  /// validate, predict, power: experiment file; none: the built-in one
  std::optional<std::string> file;
  std::string folder;        ///< report, compare: the run's folder
  std::string other_folder;  ///< compare: the other run's
  std::string kind;          ///< init; empty: the first
  Judged judged;
  std::vector<std::string> settings;  ///< key.path=value, --seed included
  RunOptions options;
};

/// Reads the command line; `default_threads` is --threads where it is not given. Where it asks for
/// help or the version, that text goes to stdout and the verb is none. Throws model::InputError
/// with one line for bad usage.
Command parse_command_line(int argc, const char* const* argv,
                           int default_threads = cores_of_this_machine());

}  // namespace wideproof::app
