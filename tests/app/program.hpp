// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace wideproof::app {

/// How the built program is started.
struct Launch {
  std::string program = WIDEPROOF_PROGRAM;
  std::vector<std::string> arguments;
  std::string folder;                         ///< working directory
  std::optional<std::uint64_t> largest_file;  ///< bytes; beyond them writes fail with EFBIG
  bool obeys_permissions = false;             ///< root too
  std::string stdout_to;                      ///< a file in place of the captured stdout
};

/// What it did.
struct Outcome {
  int status = -1;  ///< exit status, or 128 + the signal that ended it
  std::string out;
  std::string err;
  long peak_kilobytes = 0;  ///< largest resident size
};

/// The program in a process of its own, its stdout and stderr captured.
class Process {
 public:
  explicit Process(const Launch& launch);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void signal(int number) const;
  Outcome wait();

 private:
  pid_t id_ = -1;
  Outcome outcome_;
  std::vector<std::thread> readers_;
};

inline Outcome run_program(const Launch& launch) {
  return Process(launch).wait();
}

}  // namespace wideproof::app
