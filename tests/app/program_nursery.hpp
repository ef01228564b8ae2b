// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace wideproof::app {

/// What a child of the nursery is told before it becomes the program.
struct Birth {
  std::vector<std::string> arguments;  ///< the program's name first
  std::string folder;                  ///< working directory
  int out = -1;                        ///< becomes its stdout
  int err = -1;                        ///< becomes its stderr
};

/// Opens the nursery: a copy of this process, made by fork() while it has a single thread and has
/// computed nothing. Loading the libraries under LibTorch takes a program most of a second; the
/// nursery has them loaded, and a copy of it becomes the program in a hundredth of that.
/// To be called once, first thing in main().
void open_nursery();

/// Whether this process has one.
bool has_nursery();

/// A copy of the nursery that runs the program with this process's environment. It is a child of
/// this process, to be signalled and waited for like any other. Throws std::system_error.
pid_t born(const Birth& birth);

}  // namespace wideproof::app
