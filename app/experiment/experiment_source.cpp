// SPDX-License-Identifier: MIT
#include <wideproof/app/experiment/experiment_source.hpp>

#include <system_error>

#include <wideproof/app/experiment/kind_format.hpp>
#include <wideproof/app/files/read_text.hpp>

namespace wideproof::app {

std::string read_source(const std::optional<std::string>& file) {
  if (!file) return std::string(kind_formats().front()->experiment_template());
  return read_text(*file == "-" ? "/dev/stdin" : *file);
}

std::string name_of_source(const std::optional<std::string>& file) {
  if (!file) return "built-in";
  return *file == "-" ? "stdin" : *file;
}

std::filesystem::path folder_of_source(const std::optional<std::string>& file) {
  if (!file || *file == "-") return {};
  const bool is_of_the_process =
      *file == "/dev/stdin" || file->starts_with("/dev/fd/") || file->starts_with("/proc/");
  std::error_code error;
  if (is_of_the_process || !std::filesystem::is_regular_file(*file, error)) return {};
  return std::filesystem::path(*file).parent_path();
}

}  // namespace wideproof::app
