// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <wideproof/model/files/sha256.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::model {

/// What the InputError says that `action` throws, checked to be one line; a failure if it throws
/// none.
template <class Action>
std::string refusal(Action action) {
  try {
    action();
  } catch (const InputError& error) {
    const std::string message = error.what();
    EXPECT_EQ(message.find_first_of("\n\r"), std::string::npos) << message;
    return message;
  }
  ADD_FAILURE() << "no InputError was thrown";
  return {};
}

/// A test that writes input files into a folder of its own.
class InputFiles : public testing::Test {
 protected:
  InputFiles() {
    std::string name = (std::filesystem::temp_directory_path() / "wideproof-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
  }
  ~InputFiles() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::string path(std::string_view name) const { return (folder_ / name).string(); }

  std::string write(std::string_view name, std::string_view bytes) const {
    std::ofstream(path(name), std::ios::binary) << bytes;
    return path(name);
  }

  std::string write_gzip(std::string_view name, std::string_view bytes) const {
    const gzFile file = gzopen(path(name).c_str(), "wb");
    EXPECT_EQ(gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size())),
              static_cast<int>(bytes.size()));
    EXPECT_EQ(gzclose(file), Z_OK);
    return path(name);
  }

  std::string contents(const std::string& file) const {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

 private:
  std::filesystem::path folder_;
};

inline std::string sha256(std::string_view bytes) {
  Sha256 digest;
  digest.add({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()});
  return digest.hex();
}

/// `value` as `size` bytes, most significant first.
inline std::string big_endian(std::uint64_t value, int size) {
  std::string bytes;
  for (int i = size - 1; i >= 0; --i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
  return bytes;
}

inline std::string idx_header(int type, const std::vector<std::uint64_t>& shape) {
  std::string header = big_endian(static_cast<std::uint64_t>(type), 3);
  header += static_cast<char>(shape.size());
  for (const std::uint64_t axis : shape) header += big_endian(axis, 4);
  return header;
}

/// An IDX file of `count` images of 2 × 2 bytes, image k being (k+1, 1, 2, 3) modulo 256.
inline std::string small_images(int count) {
  std::string file = idx_header(0x08, {static_cast<std::uint64_t>(count), 2, 2});
  for (int k = 0; k < count; ++k) file += {static_cast<char>(k + 1), 1, 2, 3};
  return file;
}

inline std::string small_labels(const std::vector<int>& labels) {
  std::string file = idx_header(0x08, {labels.size()});
  for (const int label : labels) file += static_cast<char>(label);
  return file;
}

/// A .npy file of version `version`.0 with this header text, padded as NumPy pads it.
inline std::string npy(std::string header, std::string_view payload, int version = 1) {
  const std::size_t fixed = version == 1 ? 10 : 12;
  while ((fixed + header.size() + 1) % 64 != 0) header += ' ';
  header += '\n';
  std::string length = big_endian(header.size(), version == 1 ? 2 : 4);
  std::string file = "\x93NUMPY";
  file += static_cast<char>(version);
  file += '\0';
  file.append(length.rbegin(), length.rend());
  return file + header + std::string(payload);
}

/// The numbers' own bytes, as a little-endian machine stores them.
template <class Number>
std::string bytes_of(const std::vector<Number>& numbers) {
  return {reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(Number)};
}

}  // namespace wideproof::model
