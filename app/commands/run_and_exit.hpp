// SPDX-License-Identifier: MIT
#pragma once

namespace wideproof::app {

/// The program from its command line to its exit status, which design says: 0 agrees or finished,
/// 1 disagrees, 2 bad usage or input, 3 inconclusive, 130 interrupted. What fails is reported.
[[noreturn]] void run_and_exit(int argc, char** argv);

}  // namespace wideproof::app
