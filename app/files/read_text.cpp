// SPDX-License-Identifier: MIT
#include <wideproof/app/files/read_text.hpp>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {

std::string read_text(const std::string& path, std::size_t largest) {
  const auto complain = [&](const std::string& reason) {
    throw model::InputError(fmt::format("{}: {}", model::in_quotes(path), reason));
  };
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) complain("no such file");
  if (std::filesystem::is_directory(status)) complain("is a folder, not a file");
  std::ifstream file(path, std::ios::binary);
  if (!file) complain(fmt::format("cannot be read: {}", std::strerror(errno)));
  std::string text;
  for (char buffer[65536]; file.read(buffer, sizeof buffer), file.gcount() > 0;) {
    text.append(buffer, static_cast<std::size_t>(file.gcount()));
    if (text.size() > largest)
      complain(fmt::format("is larger than {} MiB, the most that is read of it", largest >> 20U));
  }
  if (file.bad()) complain("cannot be read");
  return text;
}

}  // namespace wideproof::app
