// SPDX-License-Identifier: MIT
#include <wideproof/app/study/interrupted_text.hpp>

#include <fmt/format.h>

namespace wideproof::app {

std::string interrupted_text(const std::string& kept, const RunOptions& options, int ranks) {
  if (options.resume_command.empty()) return fmt::format("interrupted; {}; --resume goes on", kept);
  return fmt::format("interrupted; {}; to go on: {}{}", kept,
                     ranks > 1 ? fmt::format("mpirun -n {} ", ranks) : "", options.resume_command);
}

}  // namespace wideproof::app
