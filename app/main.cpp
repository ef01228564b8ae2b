// SPDX-License-Identifier: MIT
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <new>
#include <system_error>

#include <fmt/format.h>

#include <wideproof/app/command_line.hpp>
#include <wideproof/app/study.hpp>
#include <wideproof/model/input_error.hpp>

namespace {

constexpr int bad_input = 2;
constexpr int internal_error = 70;  // EX_SOFTWARE of sysexits.h: a bug, not the user's doing

int run(const wideproof::app::Command& command) {
  using Verb = wideproof::app::Command::Verb;
  switch (command.verb) {
    case Verb::validate:
      return wideproof::app::validate(command);
    case Verb::predict:
      return wideproof::app::predict(command);
    case Verb::report:
      return wideproof::app::report(command);
    case Verb::init:
      return wideproof::app::init(command);
    case Verb::none:
      return 0;
  }
  return internal_error;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGXFSZ, SIG_IGN);  // a file above `ulimit -f` is an error like a full disk
  try {
    const int status = run(wideproof::app::parse_command_line(argc, argv));
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
      fmt::print(stderr, "wideproof: stdout: cannot be written: {}\n", std::strerror(errno));
      return bad_input;
    }
    return status;
  } catch (const wideproof::model::InputError& error) {
    fmt::print(stderr, "wideproof: {}\n", error.what());
    return bad_input;
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "wideproof: not enough memory for this experiment\n");
    return bad_input;
  } catch (const std::system_error& error) {
    fmt::print(stderr, "wideproof: {}{}\n", std::ferror(stdout) != 0 ? "stdout: " : "",
               error.what());
    return bad_input;
  } catch (const std::exception& error) {
    fmt::print(stderr, "wideproof: internal error: {}\n", error.what());
    return internal_error;
  }
}
