// SPDX-License-Identifier: MIT
#include <wideproof/app/progress.hpp>

#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <string>

#include <fmt/format.h>

namespace wideproof::app {
namespace {

std::string duration(double seconds) {
  const auto s = static_cast<long>(std::ceil(seconds));
  if (s < 60) return fmt::format("{} s", s);
  if (s < 3600) return fmt::format("{} min {:02} s", s / 60, s % 60);
  return fmt::format("{} h {:02} min", s / 3600, s / 60 % 60);
}

}  // namespace

ProgressLine::ProgressLine(bool quiet) : shown_(!quiet && ::isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (shown_ && first_fraction_ >= 0) fmt::print(stderr, "\r\033[K");
}

void ProgressLine::show(const sim::Progress& progress) {
  if (!shown_) return;
  const auto now = Clock::now();
  if (first_fraction_ < 0) first_fraction_ = progress.fraction;
  if (now - last_ < std::chrono::milliseconds(200)) return;
  last_ = now;
  const double elapsed = std::chrono::duration<double>(now - start_).count();
  const double gained = progress.fraction - first_fraction_;
  const std::string left =
      gained > 0 ? "about " + duration(elapsed * (1 - progress.fraction) / gained) + " left" : "";
  fmt::print(stderr, "\r\033[Kwidth {}: {} of {} networks; {:.0f}% in all, {}", progress.width,
             progress.replicates_done, progress.replicates, 100 * progress.fraction, left);
  std::fflush(stderr);
}

}  // namespace wideproof::app
