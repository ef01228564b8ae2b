// SPDX-License-Identifier: MIT
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>

#include <fmt/format.h>

#include <wideproof/app/commands/command_line.hpp>
#include <wideproof/app/commands/commands.hpp>
#include <wideproof/app/ranks/ranks.hpp>
#include <wideproof/app/system/standard_streams.hpp>
#include <wideproof/model/input_error.hpp>

namespace {

using namespace wideproof;

int run(const app::Command& command, app::Ranks& ranks) {
  using Verb = app::Command::Verb;
  if (command.verb == Verb::validate) return app::validate(command, ranks);
  if (!ranks.is_first()) return 0;  // nothing to share out
  switch (command.verb) {
    case Verb::predict:
      return app::predict(command);
    case Verb::power:
      return app::power(command);
    case Verb::report:
      return app::report(command);
    case Verb::init:
      return app::init(command);
    default:
      return 0;
  }
}

/// The status to exit with, after what failed was reported.
int guarded_run(int argc, char** argv, app::Ranks& ranks) {
  try {
    const int status = run(app::parse_command_line(argc, argv, ranks.default_threads()), ranks);
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
      throw model::InputError(fmt::format("stdout: cannot be written: {}", std::strerror(errno)));
    }
    return status;
  } catch (...) {
    const auto failure = app::current_failure();
    ranks.report(failure);
    return failure.status;
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::set_terminate(app::end_at_once);
  app::keep_standard_streams();
  std::signal(SIGXFSZ, SIG_IGN);  // a file above `ulimit -f` is an error like a full disk
  std::signal(SIGPIPE, SIG_IGN);  // and so is a reader who has gone
  std::unique_ptr<app::Ranks> ranks;
  try {
    ranks = app::start_ranks();
  } catch (...) {
    const auto failure = app::current_failure();
    app::Ranks().report(failure);
    return failure.status;
  }
  const int status = ranks->end(guarded_run(argc, argv, *ranks));
  ranks.reset();
  std::fflush(nullptr);
  // Where memory ran out, a thread of OpenBLAS that waits for some would keep exit() from ending.
  std::_Exit(status);
}
