// SPDX-License-Identifier: MIT
// start_ranks() of a program that was built without MPI.
#include <cstdlib>
#include <string_view>

#include <wideproof/app/ranks/ranks.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {

std::unique_ptr<Ranks> start_ranks() {
  const char* ranks = std::getenv("OMPI_COMM_WORLD_SIZE");
  if (ranks != nullptr && std::string_view(ranks) != "1") {
    throw model::InputError("mpirun", ranks,
                            "this program was built for one process; build it with "
                            "-DWIDEPROOF_WITH_MPI=ON");
  }
  return std::make_unique<Ranks>();
}

}  // namespace wideproof::app
