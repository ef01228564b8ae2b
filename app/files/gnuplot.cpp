// SPDX-License-Identifier: MIT
#include <wideproof/app/files/gnuplot.hpp>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <system_error>

#include <fmt/format.h>

namespace wideproof::app {
namespace {

[[noreturn]] void fail(int error, const char* what) {
  throw std::system_error(error, std::generic_category(), what);
}

class Descriptor {
 public:
  Descriptor(int number, const char* what) : number_(number) {
    if (number < 0) fail(errno, what);
  }
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

/// The script as a file without a name, so that no pipe can fill up while gnuplot is busy.
void write_script(const Descriptor& file, std::string_view script) {
  while (!script.empty()) {
    const ssize_t written = ::write(file.number(), script.data(), script.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(errno, "gnuplot's script");
    script.remove_prefix(static_cast<std::size_t>(written));
  }
  ::lseek(file.number(), 0, SEEK_SET);
}

using Clock = std::chrono::steady_clock;

/// What comes until the other end is closed; nullopt where it is not by `deadline`.
std::optional<std::string> read_until(const Descriptor& pipe, Clock::time_point deadline) {
  std::string text;
  std::array<char, 4096> buffer;
  while (true) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd waiting{.fd = pipe.number(), .events = POLLIN, .revents = 0};
    const int ready = left > 0 ? ::poll(&waiting, 1, static_cast<int>(left)) : 0;
    if (ready < 0 && errno == EINTR) continue;
    if (ready == 0) return std::nullopt;
    const ssize_t got = ::read(pipe.number(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

GnuplotOutcome run_gnuplot(const std::string& script, const std::filesystem::path& folder,
                           std::chrono::seconds limit) {
  const Descriptor input(::memfd_create("figures.gp", MFD_CLOEXEC), "gnuplot's script");
  write_script(input, script);
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail(errno, "gnuplot's messages");
  const Descriptor messages(ends[0], "gnuplot's messages");
  Descriptor into(ends[1], "gnuplot's messages");

  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, input.number(), STDIN_FILENO);
  ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, into.number(), STDERR_FILENO);
  ::posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  std::string program = "gnuplot";
  std::string no_settings = "-d";
  const std::array<char*, 3> arguments = {program.data(), no_settings.data(), nullptr};
  pid_t child = -1;
  const int error =
      ::posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  into.close();
  if (error == ENOENT || error == EACCES) return {.is_installed = false, .messages = {}};
  if (error != 0) fail(error, "gnuplot");

  const auto said = read_until(messages, Clock::now() + limit);
  if (!said) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!said) {
    throw std::system_error(ETIMEDOUT, std::generic_category(),
                            fmt::format("gnuplot took more than {} s", limit.count()));
  }
  return {.is_installed = true, .messages = *said};
}

}  // namespace wideproof::app
