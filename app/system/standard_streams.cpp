// SPDX-License-Identifier: MIT
#include <wideproof/app/system/standard_streams.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <initializer_list>

namespace wideproof::app {

void keep_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(stream, F_GETFD) >= 0) continue;
    // The lowest number that is free: this one.
    if (::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY) != stream) return;
  }
}

}  // namespace wideproof::app
