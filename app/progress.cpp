// SPDX-License-Identifier: MIT
#include <wideproof/app/progress.hpp>

#include <unistd.h>

#include <cstdio>
#include <string>

#include <fmt/format.h>

#include <wideproof/app/duration.hpp>

namespace wideproof::app {
ProgressLine::ProgressLine(bool quiet) : shown_(!quiet && ::isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (shown_ && first_fraction_ >= 0) fmt::print(stderr, "\r\033[K");
}

void ProgressLine::show(const RunProgress& progress) {
  show(progress.fraction, progress.text);
}

void ProgressLine::show(double fraction, const std::string& text) {
  if (!shown_) return;
  const auto now = Clock::now();
  if (first_fraction_ < 0) first_fraction_ = fraction;
  if (now - last_ < std::chrono::milliseconds(200)) return;
  last_ = now;
  const double elapsed = std::chrono::duration<double>(now - start_).count();
  const double gained = fraction - first_fraction_;
  const std::string left =
      gained > 0 ? "about " + duration_text(elapsed * (1 - fraction) / gained) + " left" : "";
  fmt::print(stderr, "\r\033[K{}; {:.0f}% in all, {}", text, 100 * fraction, left);
  std::fflush(stderr);
}

}  // namespace wideproof::app
