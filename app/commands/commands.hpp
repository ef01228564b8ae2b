// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/commands/command_line.hpp>
#include <wideproof/app/ranks/ranks.hpp>

namespace wideproof::app {

// The verbs of the program. Each returns its exit status, prints results on stdout, and throws
// model::InputError for what the user can mend.

/// Predicts, simulates, compares; writes the run's folder. 0 agree, 1 disagree, 3 inconclusive,
/// 130 interrupted with a checkpoint written.
/// Ranks other than the first compute for it, and return when it ends.
int validate(const Command& command, Ranks& ranks);

/// In this process alone.
inline int validate(const Command& command) {
  Ranks alone;
  return validate(command, alone);
}

/// Prints the theory's prediction; writes it to a run's folder where --out names one.
int predict(const Command& command);

/// Runs the experiment with several seeds and tells how often its verdict rejects the theory, and
/// formulas that are wrong; writes power.csv to a folder where --out names one. 130 interrupted.
int power(const Command& command);

/// Judges samples of networks that were made elsewhere, as validate judges its own.
int judge(const Command& command);

/// Sets two finished runs beside each other. 0, 1 and 3 as validate().
int compare_runs(const Command& command);

/// Writes tables, figures, page and summary of a finished run or sweep again from its results.
int report(const Command& command);

/// Prints a commented experiment file.
int init(const Command& command);

}  // namespace wideproof::app
