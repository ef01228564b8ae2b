// SPDX-License-Identifier: MIT
#include <wideproof/app/experiment_source.hpp>

#include <wideproof/app/experiment_template.hpp>
#include <wideproof/app/read_text.hpp>

namespace wideproof::app {

std::string read_source(const std::optional<std::string>& file) {
  if (!file) return experiment_template("gram");
  return read_text(*file == "-" ? "/dev/stdin" : *file);
}

std::string name_of_source(const std::optional<std::string>& file) {
  if (!file) return "built-in";
  return *file == "-" ? "stdin" : *file;
}

}  // namespace wideproof::app
