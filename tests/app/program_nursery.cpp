// SPDX-License-Identifier: MIT
#include "program_nursery.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <system_error>

#include <wideproof/app/commands/run_and_exit.hpp>

namespace wideproof::app {
namespace {

int nursery = -1;  // this process's end of the socket

void require(bool done, const char* task) {
  if (!done) throw std::system_error(errno, std::generic_category(), task);
}

void send_bytes(int to, const void* bytes, std::size_t size) {
  const auto* at = static_cast<const char*>(bytes);
  while (size > 0) {
    const auto sent = ::send(to, at, size, MSG_NOSIGNAL);
    require(sent > 0, "send");
    at += sent;
    size -= static_cast<std::size_t>(sent);
  }
}

/// False where the other end is closed.
bool receive_bytes(int from, void* bytes, std::size_t size) {
  return ::recv(from, bytes, size, MSG_WAITALL) == static_cast<ssize_t>(size);
}

/// The texts one after the other, each ended by a zero byte.
void send_texts(int to, const std::vector<std::string>& texts) {
  std::string bytes;
  for (const auto& text : texts) bytes.append(text.c_str(), text.size() + 1);
  const std::uint64_t size = bytes.size();
  send_bytes(to, &size, sizeof(size));
  send_bytes(to, bytes.data(), bytes.size());
}

std::vector<std::string> receive_texts(int from) {
  std::uint64_t size = 0;
  if (!receive_bytes(from, &size, sizeof(size))) ::_exit(0);
  std::string bytes(size, '\0');
  if (size > 0 && !receive_bytes(from, bytes.data(), bytes.size())) ::_exit(0);
  std::vector<std::string> texts;
  for (std::size_t at = 0; at < bytes.size(); at += texts.back().size() + 1) {
    texts.emplace_back(bytes.c_str() + at);
  }
  return texts;
}

/// A message of one byte that carries two open files.
struct FilesMessage {
  FilesMessage() {
    header.msg_iov = &content;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = control.size();
  }
  FilesMessage(const FilesMessage&) = delete;
  FilesMessage& operator=(const FilesMessage&) = delete;

  char byte = 0;
  iovec content{&byte, 1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(2 * sizeof(int))> control{};
  msghdr header{};
};

void send_files(int to, std::array<int, 2> files) {
  FilesMessage message;
  auto* rights = CMSG_FIRSTHDR(&message.header);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(sizeof(files));
  std::memcpy(CMSG_DATA(rights), files.data(), sizeof(files));
  require(::sendmsg(to, &message.header, MSG_NOSIGNAL) == 1, "sendmsg");
}

std::array<int, 2> receive_files(int from) {
  FilesMessage message;
  if (::recvmsg(from, &message.header, MSG_CMSG_CLOEXEC) != 1) ::_exit(0);
  std::array<int, 2> files{};
  std::memcpy(files.data(), CMSG_DATA(CMSG_FIRSTHDR(&message.header)), sizeof(files));
  return files;
}

[[noreturn]] void run_as_program(std::vector<std::string> arguments, const std::string& folder,
                                 const std::vector<std::string>& environment,
                                 std::array<int, 2> files) {
  constexpr int could_not_start = 127;
  ::clearenv();
  for (const auto& setting : environment) {
    const auto equals = setting.find('=');
    ::setenv(setting.substr(0, equals).c_str(), setting.c_str() + equals + 1, 1);
  }
  if (::dup2(files[0], STDOUT_FILENO) < 0 || ::dup2(files[1], STDERR_FILENO) < 0 ||
      ::chdir(folder.c_str()) != 0) {
    ::_exit(could_not_start);
  }
  ::close(files[0]);
  ::close(files[1]);
  std::vector<char*> words;
  for (auto& argument : arguments) words.push_back(argument.data());
  words.push_back(nullptr);
  run_and_exit(static_cast<int>(arguments.size()), words.data());
}

/// One birth. The child's parent ends before its number is told, so that the child is one of the
/// process that takes in the nursery's orphans by then: the one that opened it.
void bear(int socket) {
  const auto arguments = receive_texts(socket);
  const auto folder = receive_texts(socket);
  const auto environment = receive_texts(socket);
  const auto files = receive_files(socket);
  std::array<int, 2> pipe{};
  pid_t child = ::pipe2(pipe.data(), O_CLOEXEC);
  const pid_t between = child == 0 ? ::fork() : -1;
  if (between == 0) {
    child = ::fork();
    if (child == 0) run_as_program(arguments, folder.at(0), environment, files);
    ::_exit(::write(pipe[1], &child, sizeof(child)) == sizeof(child) ? 0 : 1);
  }
  if (between < 0 || ::waitpid(between, nullptr, 0) != between ||
      ::read(pipe[0], &child, sizeof(child)) != sizeof(child)) {
    child = -1;
  }
  send_bytes(socket, &child, sizeof(child));
  for (const int end : {files[0], files[1], pipe[0], pipe[1]}) ::close(end);
}

}  // namespace

void open_nursery() {
  std::array<int, 2> ends{};
  require(::prctl(PR_SET_CHILD_SUBREAPER, 1) == 0, "prctl");
  require(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0, "socketpair");
  const pid_t copy = ::fork();
  require(copy >= 0, "fork");
  if (copy == 0) {
    ::close(ends[0]);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (;;) bear(ends[1]);
  }
  ::close(ends[1]);
  nursery = ends[0];
}

bool has_nursery() {
  return nursery >= 0;
}

pid_t born(const Birth& birth) {
  send_texts(nursery, birth.arguments);
  send_texts(nursery, {birth.folder});
  std::vector<std::string> environment;
  for (char** setting = environ; *setting != nullptr; ++setting) environment.emplace_back(*setting);
  send_texts(nursery, environment);
  send_files(nursery, {birth.out, birth.err});
  pid_t child = -1;
  if (!receive_bytes(nursery, &child, sizeof(child)) || child < 0) {
    throw std::runtime_error("the nursery bore no program");
  }
  return child;
}

}  // namespace wideproof::app
