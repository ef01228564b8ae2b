// SPDX-License-Identifier: MIT
#include <wideproof/model/files/npz_file.hpp>

#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::model {
namespace {

// PKWARE's APPNOTE 6.3: lengths of the fixed parts of the records, and their signatures.
constexpr std::size_t end_length = 22;
constexpr std::size_t entry_length = 46;
constexpr std::size_t local_length = 30;
constexpr std::size_t longest_comment = 65'535;
constexpr std::uint32_t beyond_32_bits = 0xFFFF'FFFF;
constexpr std::string_view npy_suffix = ".npy";

/// Little-endian.
std::uint32_t number_at(std::string_view bytes, std::size_t offset, std::size_t length) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < length; ++i)
    number |= std::uint32_t{static_cast<unsigned char>(bytes[offset + i])} << (8 * i);
  return number;
}

}  // namespace

NpzFile::NpzFile(std::string_view key, std::string path) : key_(key), path_(std::move(path)) {
  ByteReader(key_, path_);  // refuses what cannot be opened
  std::error_code failed;
  size_ = std::filesystem::file_size(path_, failed);
  if (failed) fail("cannot be read: " + failed.message());
  read_directory();
}

void NpzFile::fail(std::string_view reason) const {
  throw InputError(key_, in_quotes(path_), reason);
}

std::string NpzFile::bytes_at(std::uint64_t offset, std::uint64_t count) const {
  if (offset > size_ || count > size_ - offset)
    fail(fmt::format("truncated: it promises {} bytes from byte {} on, the file holds {}", count,
                     offset, size_));
  std::ifstream file(path_, std::ios::binary);
  std::string bytes(count, '\0');
  file.seekg(static_cast<std::streamoff>(offset));
  if (!file.read(bytes.data(), static_cast<std::streamsize>(count))) fail("cannot be read");
  return bytes;
}

void NpzFile::read_directory() {
  const std::uint64_t tail = std::min<std::uint64_t>(size_, end_length + longest_comment);
  const std::string last = bytes_at(size_ - tail, tail);
  const std::size_t found = last.rfind("PK\x05\x06");
  if (found == std::string::npos || last.size() - found < end_length) {
    fail(bytes_at(0, std::min<std::uint64_t>(size_, 2)) == "PK"
             ? "truncated: the directory at its end is missing"
             : "is no .npz file: it is no ZIP archive");
  }
  const std::uint32_t entries = number_at(last, found + 10, 2);
  const std::uint32_t length = number_at(last, found + 12, 4);
  const std::uint32_t offset = number_at(last, found + 16, 4);
  if (offset == beyond_32_bits || entries == 0xFFFF)
    fail("is larger than 4 GiB or has too many members: write one .npy file a width");
  const std::string directory = bytes_at(offset, length);
  std::size_t at = 0;
  for (std::uint32_t i = 0; i < entries; ++i) {
    if (directory.size() - at < entry_length || directory.compare(at, 4, "PK\x01\x02") != 0)
      fail("its directory is damaged");
    const std::size_t name = number_at(directory, at + 28, 2);
    const std::size_t rest = number_at(directory, at + 30, 2) + number_at(directory, at + 32, 2);
    if (directory.size() - at - entry_length < name + rest) fail("its directory is damaged");
    members_.push_back({directory.substr(at + entry_length, name), number_at(directory, at + 10, 2),
                        number_at(directory, at + 16, 4), number_at(directory, at + 20, 4),
                        number_at(directory, at + 24, 4), number_at(directory, at + 42, 4)});
    at += entry_length + name + rest;
  }
}

std::vector<std::string> NpzFile::names() const {
  std::vector<std::string> names;
  for (const Member& member : members_) {
    const bool is_npy = member.name.ends_with(npy_suffix);
    names.push_back(member.name.substr(0, member.name.size() - (is_npy ? npy_suffix.size() : 0)));
  }
  return names;
}

ByteReader NpzFile::member(std::string_view name) const {
  const std::vector<std::string> all = names();
  const auto found = std::find(all.begin(), all.end(), name);
  if (found == all.end()) fail(fmt::format("holds no array {}", in_quotes(name)));
  const Member& member = members_[static_cast<std::size_t>(found - all.begin())];
  return {key_, fmt::format("{}/{}", path_, member.name), unpacked(member)};
}

std::string NpzFile::unpacked(const Member& member) const {
  const auto refuse = [&](std::string_view reason) {
    fail(fmt::format("its member {} {}", in_quotes(member.name), reason));
  };
  if (member.packed == beyond_32_bits || member.unpacked == beyond_32_bits)
    refuse("is larger than 4 GiB: write one .npy file a width");
  const std::string local = bytes_at(member.offset, local_length);
  if (!local.starts_with("PK\x03\x04")) refuse("is damaged");
  if ((number_at(local, 6, 2) & 1U) != 0) refuse("is encrypted");
  const std::uint64_t begin = std::uint64_t{member.offset} + local_length +
                              number_at(local, 26, 2) + number_at(local, 28, 2);
  std::string packed = bytes_at(begin, member.packed);
  std::string content;
  if (member.method == 0) {
    content = std::move(packed);
  } else if (member.method == 8) {
    // Deflate packs at most 1032-fold.
    if (member.unpacked / 1032 > member.packed) refuse("is damaged: it promises too much");
    content.resize(member.unpacked);
    z_stream stream{};
    stream.next_in = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_in = member.packed;
    stream.next_out = reinterpret_cast<Bytef*>(content.data());
    stream.avail_out = member.unpacked;
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) refuse("cannot be unpacked");
    const int status = inflate(&stream, Z_FINISH);
    inflateEnd(&stream);
    if (status != Z_STREAM_END || stream.avail_out != 0) refuse("is damaged");
  } else {
    refuse("is packed in a way that is not read; np.savez and np.savez_compressed are");
  }
  const auto* const first = reinterpret_cast<const Bytef*>(content.data());
  if (content.size() != member.unpacked ||
      crc32_z(crc32(0, nullptr, 0), first, content.size()) != member.crc)
    refuse("is damaged: its checksum is wrong");
  return content;
}

}  // namespace wideproof::model
