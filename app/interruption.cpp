// SPDX-License-Identifier: MIT
#include <wideproof/app/interruption.hpp>

#include <csignal>

namespace wideproof::app {
namespace {

volatile std::sig_atomic_t interrupted = 0;  // a signal handler can reach nothing else

extern "C" void note_interruption(int) {
  interrupted = 1;
}

}  // namespace

InterruptionGuard::InterruptionGuard() {
  interrupted = 0;
  std::signal(SIGINT, note_interruption);
  std::signal(SIGTERM, note_interruption);
  std::signal(SIGUSR1, note_interruption);
}

InterruptionGuard::~InterruptionGuard() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  std::signal(SIGUSR1, SIG_DFL);
}

bool InterruptionGuard::raised() const {
  return interrupted != 0;
}

}  // namespace wideproof::app
