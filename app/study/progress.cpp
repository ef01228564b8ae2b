// SPDX-License-Identifier: MIT
#include <wideproof/app/study/progress.hpp>

#include <unistd.h>

#include <fmt/format.h>

#include <wideproof/app/system/diagnostics.hpp>
#include <wideproof/app/system/duration.hpp>

namespace wideproof::app {

std::string ProgressText::line(const RunProgress& progress, double seconds) {
  if (first_fraction_ < 0) first_fraction_ = progress.fraction;
  if (progress.stage != stage_) {
    stage_ = progress.stage;
    first_done_ = progress.done;
    first_seconds_ = seconds;
  }
  auto text = progress.text;
  const auto done = static_cast<double>(progress.done - first_done_);
  if (done > 0 && seconds > first_seconds_)
    text += fmt::format(", {:.3g}/s", done / (seconds - first_seconds_));
  text += fmt::format("; {:.0f}% in all", 100 * progress.fraction);
  const double gained = progress.fraction - first_fraction_;
  if (gained > 0)
    text +=
        fmt::format(", about {} left", duration_text(seconds * (1 - progress.fraction) / gained));
  return text;
}

ProgressLine::ProgressLine(bool quiet) : shown_(!quiet && ::isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  show(std::string_view());
}

void ProgressLine::show(const RunProgress& progress) {
  if (!shown_) return;
  const auto now = Clock::now();
  const auto line = text_.line(progress, std::chrono::duration<double>(now - start_).count());
  if (now - last_ < std::chrono::milliseconds(200)) return;
  last_ = now;
  show(std::string_view(line));
}

void ProgressLine::show(std::string_view text) {
  if (!shown_ || (text.empty() && !is_dirty_)) return;
  is_dirty_ = !text.empty();
  write_diagnostics(fmt::format("\r\033[K{}", text));
}

}  // namespace wideproof::app
