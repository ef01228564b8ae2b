// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>

namespace wideproof::app {

/// The program's exit statuses that no verdict has.
enum ExitStatus : int {
  bad_input = 2,
  internal_error = 70,  ///< EX_SOFTWARE of sysexits.h: a bug, not the user's doing
  interrupted = 130,
};

/// Why the program cannot go on: its exit status, and one line for the user.
struct Failure {
  int status = 0;
  std::string message;
};

/// What the exception being handled means to the user. To be called in a catch block.
Failure current_failure();

/// Ends the program where an exception cannot be caught, such as in a thread of a library: says why
/// in a line, without taking memory, and exits with bad_input for want of memory, else with
/// internal_error. For std::set_terminate.
[[noreturn]] void end_at_once();

/// Another rank failed; carries its exit status. The message names the rank.
class RankError : public std::runtime_error {
 public:
  explicit RankError(const Failure& failure)
      : std::runtime_error(failure.message), status_(failure.status) {}
  int status() const { return status_; }

 private:
  int status_;
};

}  // namespace wideproof::app
