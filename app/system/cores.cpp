// SPDX-License-Identifier: MIT
#include <wideproof/app/system/cores.hpp>

#include <algorithm>
#include <thread>

namespace wideproof::app {

int cores_of_this_machine() {
  return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 1024U));
}

}  // namespace wideproof::app
