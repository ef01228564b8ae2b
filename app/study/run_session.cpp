// SPDX-License-Identifier: MIT
#include <wideproof/app/study/run_session.hpp>

#include <algorithm>

namespace wideproof::app {
namespace {

double seconds_since(RunSession::Clock::time_point start) {
  return std::chrono::duration<double>(RunSession::Clock::now() - start).count();
}

}  // namespace

RunSession::RunSession(Clock::time_point start, std::optional<double> limit, bool quiet)
    : start_(start), limit_(limit), line_(quiet) {}

bool RunSession::go_on(const RunProgress& progress) {
  line_.show(progress);
  const bool is_near = limit_is_near(progress);
  return !interruption_.raised() && !is_near;
}

void RunSession::enter(std::string_view stage) {
  line_.show(stage);
  if (interruption_.raised()) throw Interrupted();
}

bool RunSession::limit_is_near(const RunProgress& progress) {
  seconds_per_work_ = std::max(seconds_per_work_, seconds_since(last_) / progress.block_work);
  last_ = Clock::now();
  return limit_ && seconds_since(start_) + seconds_per_work_ * progress.next_block_work > *limit_;
}

}  // namespace wideproof::app
