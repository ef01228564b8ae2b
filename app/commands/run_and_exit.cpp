// SPDX-License-Identifier: MIT
#include <wideproof/app/commands/run_and_exit.hpp>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>

#include <fmt/format.h>

#include <wideproof/app/commands/command_line.hpp>
#include <wideproof/app/commands/commands.hpp>
#include <wideproof/app/ranks/ranks.hpp>
#include <wideproof/app/system/standard_streams.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

int run_verb(const Command& command, Ranks& ranks) {
  using Verb = Command::Verb;
  if (command.verb == Verb::validate) return validate(command, ranks);
  if (!ranks.is_first()) return 0;  // nothing to share out
  switch (command.verb) {
    case Verb::predict:
      return predict(command);
    case Verb::power:
      return power(command);
    case Verb::judge:
      return judge(command);
    case Verb::compare:
      return compare_runs(command);
    case Verb::report:
      return report(command);
    case Verb::init:
      return init(command);
    default:
      return 0;
  }
}

/// The status to exit with, after what failed was reported.
int guarded_run(int argc, char** argv, Ranks& ranks) {
  try {
    const int status = run_verb(parse_command_line(argc, argv, ranks.default_threads()), ranks);
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
      throw model::InputError(fmt::format("stdout: cannot be written: {}", std::strerror(errno)));
    }
    return status;
  } catch (...) {
    const auto failure = current_failure();
    ranks.report(failure);
    return failure.status;
  }
}

}  // namespace

void run_and_exit(int argc, char** argv) {
  std::set_terminate(end_at_once);
  keep_standard_streams();
  std::signal(SIGXFSZ, SIG_IGN);  // a file above `ulimit -f` is an error like a full disk
  std::signal(SIGPIPE, SIG_IGN);  // and so is a reader who has gone
  std::unique_ptr<Ranks> ranks;
  try {
    ranks = start_ranks();
  } catch (...) {
    const auto failure = current_failure();
    Ranks().report(failure);
    std::_Exit(failure.status);
  }
  const int status = ranks->end(guarded_run(argc, argv, *ranks));
  ranks.reset();
  std::fflush(nullptr);
  // Where memory ran out, a thread of OpenBLAS that waits for some would keep exit() from ending.
  std::_Exit(status);
}

}  // namespace wideproof::app
