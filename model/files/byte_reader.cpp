// SPDX-License-Identifier: MIT
#include <wideproof/model/files/byte_reader.hpp>

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::model {
namespace {

constexpr std::size_t largest_read = std::size_t{1} << 20;
constexpr std::int64_t unsuspected_size = std::int64_t{64} << 20;
constexpr std::int64_t largest_expansion = 200;

std::string system_message(int error) {
  return std::generic_category().message(error);
}

}  // namespace

std::string searched_folder(const std::string& path) {
  if (std::filesystem::path(path).is_absolute()) return "";
  std::error_code failed;
  const auto folder = std::filesystem::absolute(path, failed).lexically_normal().parent_path();
  return failed ? "" : fmt::format(" in {}", in_quotes(folder.string()));
}

void ByteReader::Close::operator()(gzFile_s* file) const {
  gzclose_r(file);
}

ByteReader::ByteReader(std::string_view key, std::string path) : key_(key), path_(std::move(path)) {
  if (path_.empty()) fail("must name a file");
  if (path_.find('\0') != std::string::npos) fail("must not hold a NUL character");
  std::error_code ignored;
  if (std::filesystem::is_directory(path_, ignored)) fail("is a directory, not a file");
  errno = 0;
  file_.reset(gzopen(path_.c_str(), "rb"));
  if (file_) return;
  const int error = errno != 0 ? errno : ENOMEM;
  fail("cannot be opened: " + system_message(error) +
       (error == ENOENT ? searched_folder(path_) : std::string()));
}

ByteReader::ByteReader(std::string_view key, std::string path, std::string content)
    : key_(key), path_(std::move(path)), content_(std::move(content)) {}

std::size_t ByteReader::read_content(std::span<unsigned char> buffer) {
  const auto begin = static_cast<std::size_t>(position_);
  const std::size_t got = std::min(buffer.size(), content_.size() - begin);
  std::copy_n(content_.begin() + position_, got, buffer.begin());
  digest_.add(buffer.first(got));
  position_ += static_cast<std::int64_t>(got);
  return got;
}

std::size_t ByteReader::read(std::span<unsigned char> buffer) {
  if (!file_) return read_content(buffer);
  std::size_t done = 0;
  while (done < buffer.size()) {
    const std::size_t wanted = std::min(buffer.size() - done, largest_read);
    errno = 0;
    const int got = gzread(file_.get(), buffer.data() + done, static_cast<unsigned>(wanted));
    if (got < static_cast<int>(wanted)) check_stream();
    if (got <= 0) break;
    digest_.add(buffer.subspan(done, static_cast<std::size_t>(got)));
    done += static_cast<std::size_t>(got);
    position_ += got;
    const bool suspect = position_ > unsuspected_size && gzdirect(file_.get()) == 0;
    const std::int64_t packed = suspect ? gzoffset(file_.get()) : 0;  // -1 in a pipe
    if (suspect && packed >= 0 && position_ / largest_expansion > packed) {
      fail(
          fmt::format("its gzip data expand more than {}-fold: refused, as a file made to exhaust "
                      "memory would be; unpack it if it is what you want",
                      largest_expansion));
    }
  }
  return done;
}

void ByteReader::check_stream() {
  const int system_error = errno;
  int code = Z_OK;
  const std::string_view message = gzerror(file_.get(), &code);
  if (code == Z_OK || code == Z_STREAM_END) return;
  if (code == Z_ERRNO) fail("cannot be read: " + system_message(system_error));
  if (code == Z_BUF_ERROR) fail("truncated: its gzip data are cut off");
  // zlib writes "<path>: <reason>".
  const std::size_t colon = message.rfind(": ");
  const std::string_view reason =
      colon == std::string_view::npos ? message : message.substr(colon + 2);
  fail(fmt::format("its gzip data are damaged ({})", reason));
}

std::string ByteReader::about(std::string_view what) const {
  return fmt::format("{} = {}: {}", key_, in_quotes(path_), what);
}

void ByteReader::fail(std::string_view reason) const {
  throw InputError(key_, in_quotes(path_), reason);
}

}  // namespace wideproof::model
