// SPDX-License-Identifier: MIT
#include <wideproof/app/folders/folder_lock.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/files/file_locks.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

std::string host_name() {
  std::array<char, HOST_NAME_MAX + 1> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

/// When a process began, in clock ticks after the host did; 0 where that is not known.
long long start_of(long long process) {
  std::ifstream file(fmt::format("/proc/{}/stat", process));
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  // The second field, the program's name, may hold blanks and brackets.
  const auto after_name = text.rfind(')');
  if (after_name == std::string::npos) return 0;
  std::istringstream fields(text.substr(after_name + 1));
  std::string field;
  for (int i = 3; i <= 22; ++i) fields >> field;
  return fields ? std::atoll(field.c_str()) : 0;
}

bool is_alive(const LockOwner& owner) {
  if (::kill(static_cast<pid_t>(owner.process), 0) != 0 && errno == ESRCH) return false;
  const long long start = start_of(owner.process);
  return start == 0 || owner.start == 0 || start == owner.start;
}

std::string read_whole(int descriptor) {
  std::array<char, 512> buffer{};
  const ssize_t size = ::pread(descriptor, buffer.data(), buffer.size(), 0);
  return size > 0 ? std::string(buffer.data(), static_cast<std::size_t>(size)) : "";
}

std::string read_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return "";
  std::string text = read_whole(descriptor);
  ::close(descriptor);
  return text;
}

bool write_owner(int descriptor) {
  const std::string text = to_text(LockOwner::this_process());
  return ::ftruncate(descriptor, 0) == 0 &&
         ::pwrite(descriptor, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
}

[[noreturn]] void refuse(const std::filesystem::path& folder, const std::string& reason) {
  throw model::InputError("--out", model::in_quotes(folder.string()), reason);
}

[[noreturn]] void refuse_taken(const std::filesystem::path& folder, const std::string& text) {
  const auto owner = owner_from(text);
  refuse(folder,
         owner ? fmt::format("is in use by process {} on host {}", owner->process, owner->host)
               : std::string("is in use by another process"));
}

/// Whether the file of this name is still the one that is open.
bool is_same_file(int descriptor, const std::filesystem::path& file) {
  struct stat open {};
  struct stat named {};
  return ::fstat(descriptor, &open) == 0 && ::stat(file.c_str(), &named) == 0 &&
         open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

}  // namespace

LockOwner LockOwner::this_process() {
  return {host_name(), ::getpid(), start_of(::getpid())};
}

std::string to_text(const LockOwner& owner) {
  return fmt::format("host {}\nprocess {}\nstart {}\n", owner.host, owner.process, owner.start);
}

std::optional<LockOwner> owner_from(const std::string& text) {
  LockOwner owner;
  std::istringstream lines(text);
  std::string host;
  std::string process;
  std::string start;
  lines >> host >> owner.host >> process >> owner.process >> start >> owner.start;
  if (!lines || host != "host" || process != "process" || start != "start") return std::nullopt;
  return owner;
}

FolderLock::FolderLock(const std::filesystem::path& folder, Lock lock) : file_(folder / file_name) {
  if (lock == nullptr) lock = ::flock;
  while (true) {
    const bool is_new = open(folder);
    if (lock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
      const int error = errno;
      if (error == EINTR || (!is_new && !is_same_file(descriptor_, file_))) {
        close();
        continue;
      }
      const std::string owner = read_whole(descriptor_);
      if (!knows_no_locks(error)) {
        close();
        refuse_taken(folder, owner);
      }
      if (is_new) {
        write_owner(descriptor_);
        return;
      }
      close();
      take_over(folder, owner);
      continue;
    }
    if (is_same_file(descriptor_, file_)) break;
    close();  // its owner has ended since, and the file with it
  }
  write_owner(descriptor_);
}

bool FolderLock::open(const std::filesystem::path& folder) {
  while (true) {
    descriptor_ = ::open(file_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor_ >= 0) return true;
    if (errno == EEXIST) descriptor_ = ::open(file_.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor_ >= 0) return false;
    if (errno != ENOENT)
      refuse(folder, fmt::format("cannot be written: {}: {}", file_name, std::strerror(errno)));
  }
}

void FolderLock::close() {
  ::close(descriptor_);
  descriptor_ = -1;
}

void FolderLock::take_over(const std::filesystem::path& folder, const std::string& text) {
  const auto owner = owner_from(text);
  if (!owner || owner->host != host_name())
    refuse(folder,
           fmt::format("is in use by {}; if that is over, delete {}",
                       owner ? fmt::format("process {} on host {}", owner->process, owner->host)
                             : std::string("a process that its lock file does not name"),
                       model::in_quotes(file_.string())));
  if (is_alive(*owner)) refuse_taken(folder, text);
  // Another may have taken it over since. Renamed, the file can no longer change hands.
  const std::string aside = fmt::format("{}.{}", file_.string(), ::getpid());
  if (::rename(file_.c_str(), aside.c_str()) != 0) return;  // it has gone: begin anew
  if (const std::string now = read_file(aside); now != text) {
    // A link replaces nobody's file, but not every file system has them.
    if (::link(aside.c_str(), file_.c_str()) == 0 || errno == EEXIST)
      ::unlink(aside.c_str());
    else
      ::rename(aside.c_str(), file_.c_str());
    refuse_taken(folder, now);
  }
  ::unlink(aside.c_str());
  note_ = fmt::format("took over {} from process {}, which has ended",
                      model::in_quotes(folder.string()), owner->process);
}

FolderLock::FolderLock(FolderLock&& other) noexcept
    : file_(std::move(other.file_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      note_(std::move(other.note_)) {}

FolderLock::~FolderLock() {
  if (descriptor_ < 0) return;
  ::unlink(file_.c_str());  // before the lock is given up, so that nobody else's file goes
  close();
}

}  // namespace wideproof::app
