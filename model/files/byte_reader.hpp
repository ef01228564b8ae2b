// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <wideproof/model/files/sha256.hpp>
#include <wideproof/model/read_log.hpp>

struct gzFile_s;

namespace wideproof::model {

/// The bytes of a file, in order. A gzip file is recognised by its first bytes, not by its name,
/// and read unpacked; as gzip does, what follows the compressed data is ignored.
///
/// Every error is an InputError `<key> = "<path>": <reason>`: a file that is missing, a directory
/// or not readable, gzip data that are cut off, damaged, or expand more than 200-fold beyond
/// 64 MiB (a file made to exhaust memory; not asked of a pipe, which does not tell its position).
class ByteReader {
 public:
  ByteReader(std::string_view key, std::string path);

  /// Bytes that were taken out of a file; `path` says which, as errors are to name it.
  ByteReader(std::string_view key, std::string path, std::string content);

  /// Fills `buffer`; returns how many bytes there were, fewer than asked for only at the end.
  std::size_t read(std::span<unsigned char> buffer);

  /// Bytes read so far, unpacked.
  std::int64_t position() const { return position_; }

  /// This file with the digest of the bytes read so far: at its end, of its content.
  ReadFile so_far() const { return {key_, path_, digest_.hex()}; }

  /// `<key> = "<path>": <what>`, as an InputError of this file would say it.
  std::string about(std::string_view what) const;

  /// Throws the InputError that names this file.
  [[noreturn]] void fail(std::string_view reason) const;

 private:
  struct Close {
    void operator()(gzFile_s* file) const;
  };

  void check_stream();
  std::size_t read_content(std::span<unsigned char> buffer);

  std::string key_;
  std::string path_;
  std::unique_ptr<gzFile_s, Close> file_;  ///< none of bytes in memory
  std::string content_;
  std::int64_t position_ = 0;
  Sha256 digest_;
};

/// Where a file that is missing was looked for, to end a complaint: ` in "/data/study"`; nothing
/// of an absolute path, which says so itself.
std::string searched_folder(const std::string& path);

}  // namespace wideproof::model
