// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/app/study/run_folder.hpp>

namespace wideproof::app {

/// What the user asked for.
struct Command {
  enum class Verb { validate, predict, power, report, init, none };

  Verb verb = Verb::none;
  std::optional<std::string>
      file;                   ///< validate, predict, power: experiment file; none: the built-in one
  std::string folder;         ///< report: the run's folder
  std::string kind = "gram";  ///< init
  std::optional<std::string> out;     ///< run's folder; none: runs/<study.name>
  std::vector<std::string> settings;  ///< key.path=value, --seed included
  int threads = 1;
  RunFolder::IfTaken if_taken = RunFolder::IfTaken::refuse;
  std::optional<double> time_limit;  ///< validate: seconds after which a run stops in good order
  std::int64_t runs = 20;            ///< power: how often the experiment is run
  double within = 0.01;              ///< predict: how close a width is to keep every correlation
  double confidence = 0.95;          ///< predict: and with which probability
  bool quiet = false;
};

/// Cores of this machine, and so threads of a program that has it to itself; from 1 to 1024.
int cores_of_this_machine();

/// Reads the command line; `default_threads` is --threads where it is not given. Where it asks for
/// help or the version, that text goes to stdout and the verb is none. Throws model::InputError
/// with one line for bad usage.
Command parse_command_line(int argc, const char* const* argv,
                           int default_threads = cores_of_this_machine());

}  // namespace wideproof::app
