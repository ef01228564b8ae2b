// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace wideproof::report {

/// What made a result, and at what cost.
struct Provenance {
  std::string version;
  std::string commit;    ///< of the source that was built; "unknown" outside a git checkout
  std::string libtorch;  ///< version that sim was compiled against
  std::string compiler;
  int threads = 0;  ///< of each rank; 0: not known, and neither are ranks and seconds
  int ranks = 1;
  double wall_seconds = 0.0;  ///< of the session that finished the run
};

}  // namespace wideproof::report
