// SPDX-License-Identifier: MIT
#include <wideproof/app/system/interruption.hpp>

#include <array>
#include <csignal>
#include <ctime>

namespace wideproof::app {
namespace {

constexpr std::array heeded = {SIGINT, SIGTERM, SIGUSR1};

volatile std::sig_atomic_t signalled = 0;  // a signal handler can reach nothing else
volatile std::time_t first_interruption = 0;

/// Who asks again is not kept waiting for a block to end. Launchers pass one Ctrl-C on twice,
/// within the same moment.
extern "C" void note_interruption(int signal) {
  const std::time_t now = ::time(nullptr);
  if (signalled != 0 && now - first_interruption >= 2) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
  if (signalled == 0) first_interruption = now;
  signalled = 1;
}

}  // namespace

InterruptionGuard::InterruptionGuard() {
  signalled = 0;
  for (const int signal : heeded) std::signal(signal, note_interruption);
  heeds_hangup_ = std::signal(SIGHUP, note_interruption) != SIG_IGN;
  if (!heeds_hangup_) std::signal(SIGHUP, SIG_IGN);
}

InterruptionGuard::~InterruptionGuard() {
  for (const int signal : heeded) std::signal(signal, SIG_DFL);
  if (heeds_hangup_) std::signal(SIGHUP, SIG_DFL);
}

bool InterruptionGuard::raised() const {
  return signalled != 0;
}

}  // namespace wideproof::app
