// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace wideproof::app {

/// The program's version, such as "0.1.0".
std::string_view program_version();

/// The version and the commit that was built: two programs of one name sample the same bits.
std::string build_name();

/// What made a result, and at what cost.
struct Provenance {
  std::string version;
  std::string commit;    ///< of the source that was built; "unknown" outside a git checkout
  std::string libtorch;  ///< version that sim was compiled against
  std::string compiler;
  int threads = 0;  ///< of each rank; 0: not known, and neither are ranks and seconds
  int ranks = 1;
  double wall_seconds = 0.0;  ///< of the sitting that finished the run
};

/// All but threads and wall_seconds filled in.
Provenance provenance();

}  // namespace wideproof::app
