// SPDX-License-Identifier: MIT
#include <wideproof/app/folders/manifest.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <span>

#include <fmt/format.h>

#include <wideproof/app/files/atomic_file.hpp>
#include <wideproof/model/files/sha256.hpp>

namespace wideproof::app {
namespace {

constexpr std::size_t digest_size = 64;
constexpr std::string_view gap = "  ";

std::span<const unsigned char> bytes_of(const char* data, std::size_t size) {
  return {reinterpret_cast<const unsigned char*>(data), size};
}

std::string digest_of(std::string_view content) {
  model::Sha256 sha;
  sha.add(bytes_of(content.data(), content.size()));
  return sha.hex();
}

/// Of a file that can be read.
std::optional<std::string> digest_of_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  model::Sha256 sha;
  std::array<char, 65536> buffer;
  while (file.read(buffer.data(), buffer.size()), file.gcount() > 0) {
    sha.add(bytes_of(buffer.data(), static_cast<std::size_t>(file.gcount())));
  }
  if (file.bad()) return std::nullopt;
  return sha.hex();
}

/// A name that stays in the folder.
bool is_below(const std::filesystem::path& name) {
  return name.is_relative() &&
         std::none_of(name.begin(), name.end(), [](const auto& part) { return part == ".."; });
}

}  // namespace

Manifest::Manifest(const std::filesystem::path& folder) : folder_(folder) {
  std::ifstream file(folder / file_name);
  for (std::string line; std::getline(file, line);) {
    if (line.ends_with('\r')) line.pop_back();  // as version control may have left it
    if (line.size() <= digest_size + gap.size()) continue;
    const auto name = line.substr(digest_size + gap.size());
    if (line.compare(digest_size, gap.size(), gap) == 0 && is_below(name))
      digests_[name].push_back(line.substr(0, digest_size));
  }
}

std::vector<std::string> Manifest::names() const {
  std::vector<std::string> names;
  for (const auto& [name, digests] : digests_) names.push_back(name);
  return names;
}

bool Manifest::lists(std::string_view name) const {
  return digests_.find(name) != digests_.end();
}

bool Manifest::is_as_written(std::string_view name) const {
  const auto found = digests_.find(name);
  if (found == digests_.end()) return false;
  const auto digest = digest_of_file(folder_ / name);
  return digest &&
         std::find(found->second.begin(), found->second.end(), *digest) != found->second.end();
}

void Manifest::add(std::string_view name, std::string_view content) {
  add_digest(name, digest_of(content));
}

void Manifest::add_file(std::string_view name) {
  if (const auto digest = digest_of_file(folder_ / name)) add_digest(name, *digest);
}

void Manifest::add_digest(std::string_view name, const std::string& digest) {
  auto& digests = digests_[std::string(name)];
  if (!digests.empty() && digests.back() == digest) return;
  digests.push_back(digest);
  write();
}

void Manifest::forget_before(std::string_view name) {
  const auto found = digests_.find(name);
  if (found == digests_.end() || found->second.size() == 1) return;
  found->second.erase(found->second.begin(), found->second.end() - 1);
  write();
}

void Manifest::remove(std::string_view name) {
  const auto found = digests_.find(name);
  if (found == digests_.end()) return;
  digests_.erase(found);
  write();
}

void Manifest::write() const {
  std::string text;
  for (const auto& [name, digests] : digests_) {
    for (const auto& digest : digests) text += fmt::format("{}{}{}\n", digest, gap, name);
  }
  write_atomically(folder_ / file_name, text);
}

}  // namespace wideproof::app
