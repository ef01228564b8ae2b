// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <wideproof/model/files/byte_reader.hpp>

namespace wideproof::model {

/// A NumPy .npz archive: a ZIP file whose members are .npy files, stored or deflated, of less than
/// 4 GiB each, as np.savez and np.savez_compressed write it.
///
/// Throws InputError naming `key` and the path for a file that cannot be read or is no such
/// archive, is cut short, or holds a member that is damaged, encrypted or packed in another way.
class NpzFile {
 public:
  NpzFile(std::string_view key, std::string path);

  /// Of its members, without ".npy".
  std::vector<std::string> names() const;

  /// The bytes of a member, unpacked, its checksum found right.
  ByteReader member(std::string_view name) const;

 private:
  struct Member {
    std::string name;
    std::uint32_t method = 0;
    std::uint32_t crc = 0;
    std::uint32_t packed = 0;
    std::uint32_t unpacked = 0;
    std::uint32_t offset = 0;
  };

  std::string bytes_at(std::uint64_t offset, std::uint64_t count) const;
  void read_directory();
  std::string unpacked(const Member& member) const;
  [[noreturn]] void fail(std::string_view reason) const;

  std::string key_;
  std::string path_;
  std::uint64_t size_ = 0;
  std::vector<Member> members_;
};

}  // namespace wideproof::model
