// SPDX-License-Identifier: MIT
#include <wideproof/app/folders/provenance.hpp>

#include <fmt/format.h>
#include <torch/version.h>

#include <wideproof_build.hpp>

namespace wideproof::app {
namespace {

#if defined(__clang__)
constexpr const char* compiler = "clang " __clang_version__;
#else
constexpr const char* compiler = "gcc " __VERSION__;
#endif

}  // namespace

std::string_view program_version() {
  return build::version;
}

std::string build_name() {
  return fmt::format("{} of commit {}", build::version, build::commit);
}

report::Provenance provenance() {
  return {.version = build::version,
          .commit = build::commit,
          .libtorch = TORCH_VERSION,
          .compiler = compiler};
}

}  // namespace wideproof::app
