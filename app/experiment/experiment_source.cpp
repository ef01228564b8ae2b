// SPDX-License-Identifier: MIT
#include <wideproof/app/experiment/experiment_source.hpp>

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

}  // namespace wideproof::app
