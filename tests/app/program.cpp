// SPDX-License-Identifier: MIT
#include "program.hpp"

#include <fcntl.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <system_error>

#include "program_nursery.hpp"

namespace wideproof::app {
namespace {

constexpr int could_not_start = 127;

struct Pipe {
  Pipe() {
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
      throw std::system_error(errno, std::generic_category(), "pipe");
    }
  }
  std::array<int, 2> ends{};
};

std::thread reader(int end, std::string& into) {
  return std::thread([end, &into] {
    std::array<char, 4096> buffer;
    ssize_t got = 0;
    while ((got = ::read(end, buffer.data(), buffer.size())) > 0) {
      into.append(buffer.data(), static_cast<std::size_t>(got));
    }
    ::close(end);
  });
}

/// In the child, between fork and exec: system calls only.
[[noreturn]] void become_program(const Launch& launch, char* const* arguments, int out, int err) {
  bool ready = ::dup2(out, STDOUT_FILENO) >= 0 && ::dup2(err, STDERR_FILENO) >= 0 &&
               ::chdir(launch.folder.c_str()) == 0;
  if (launch.largest_file) {
    const rlimit limit{*launch.largest_file, *launch.largest_file};
    ready = ready && ::setrlimit(RLIMIT_FSIZE, &limit) == 0;
  }
  if (launch.obeys_permissions && ::geteuid() == 0) {
    // What exempts root; it is in no new program once it has left the bounding set.
    ready = ready && ::prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE) == 0;
  }
  if (ready) ::execv(launch.program.c_str(), arguments);
  ::_exit(could_not_start);
}

/// What the nursery does not do: other programs, and limits that last until the next exec.
bool needs_exec(const Launch& launch) {
  return !has_nursery() || launch.program != WIDEPROOF_PROGRAM || launch.largest_file ||
         launch.obeys_permissions;
}

pid_t start(const Launch& launch, int out, int err) {
  std::vector<std::string> words = launch.arguments;
  words.insert(words.begin(), std::filesystem::path(launch.program).filename());
  const int file = launch.stdout_to.empty()
                       ? -1
                       : ::open(launch.stdout_to.c_str(), O_WRONLY | O_NOCTTY | O_CLOEXEC);
  if (!launch.stdout_to.empty()) out = file;
  pid_t id = -1;
  if (needs_exec(launch)) {
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    id = ::fork();
    if (id == 0) become_program(launch, arguments.data(), out, err);
  } else {
    id = born({words, launch.folder, out, err});
  }
  if (file >= 0) ::close(file);
  return id;
}

}  // namespace

Process::Process(const Launch& launch) {
  const Pipe out;
  const Pipe err;
  id_ = start(launch, out.ends[1], err.ends[1]);
  ::close(out.ends[1]);
  ::close(err.ends[1]);
  readers_.push_back(reader(out.ends[0], outcome_.out));
  readers_.push_back(reader(err.ends[0], outcome_.err));
  if (id_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
}

Process::~Process() {
  if (id_ <= 0) return;
  signal(SIGKILL);
  wait();
}

void Process::signal(int number) const {
  ::kill(id_, number);
}

Outcome Process::wait() {
  int status = 0;
  rusage used{};
  while (::wait4(id_, &status, 0, &used) < 0 && errno == EINTR) {
  }
  id_ = -1;
  for (auto& thread : readers_) thread.join();
  readers_.clear();
  outcome_.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  outcome_.peak_kilobytes = used.ru_maxrss;
  return outcome_;
}

}  // namespace wideproof::app
