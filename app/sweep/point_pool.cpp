// SPDX-License-Identifier: MIT
#include <wideproof/app/sweep/point_pool.hpp>

#include <algorithm>
#include <cassert>
#include <string>
#include <utility>

#include <fmt/format.h>

#include <wideproof/sim/numeric/worker_threads.hpp>

namespace wideproof::app {
namespace {

/// "3 of 12 points, 4.2 a minute"
std::string points_text(const PointPool::Progress& progress) {
  struct Unit {
    const char* name;
    double seconds;
  };
  if (progress.points_done == 0) return fmt::format("0 of {} points", progress.points);
  const double rate = progress.points_per_second;
  const Unit unit = rate >= 1        ? Unit{"a second", 1}
                    : rate * 60 >= 1 ? Unit{"a minute", 60}
                                     : Unit{"an hour", 3600};
  return fmt::format("{} of {} points, {:.2g} {}", progress.points_done, progress.points,
                     rate * unit.seconds, unit.name);
}

}  // namespace

PointPool::PointPool(std::vector<Point> points, int threads, int most_at_a_time)
    : points_(std::move(points)), threads_(threads) {
  assert(threads >= 1 && most_at_a_time >= 1);
  for (const auto& point : points_) {
    assert(point.work > 0);
    fractions_.push_back(point.is_done ? 1.0 : 0.0);
    work_ += point.work;
    if (!point.is_done) continue;
    work_done_ += point.work;
    ++done_;
  }
  at_a_time_ = static_cast<int>(
      std::min<std::size_t>(points_.size() - done_, std::min(threads, most_at_a_time)));
}

int PointPool::threads_of(int slot) const {
  return threads_ / at_a_time_ + (slot < threads_ % at_a_time_ ? 1 : 0);
}

bool PointPool::run(const RunPoint& run_point, const OnProgress& on_progress) {
  on_progress_ = on_progress;
  start_ = Clock::now();
  if (at_a_time_ == 1) {
    work(0, run_point);  // here, where linear algebra may use all threads
  } else if (at_a_time_ > 1) {
    sim::on_worker_threads(at_a_time_, [&](int slot) { work(slot, run_point); });
  }
  if (error_) std::rethrow_exception(error_);
  return done_ == points_.size();
}

void PointPool::work(int slot, const RunPoint& run_point) {
  try {
    for (std::size_t point = 0; take(point);) {
      const bool came_to_its_end = run_point(point, PointRun(*this, point, threads_of(slot)));
      finish(point, came_to_its_end);
    }
  } catch (...) {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = std::current_exception();
    stopped_ = true;
  }
}

void PointPool::finish(std::size_t point, bool came_to_its_end) {
  {
    const std::lock_guard lock(mutex_);
    if (came_to_its_end) {
      ++done_;
    } else {
      stopped_ = true;
    }
  }
  if (came_to_its_end) report(point, 1.0);
}

bool PointPool::take(std::size_t& point) {
  const std::lock_guard lock(mutex_);
  while (next_ < points_.size() && points_[next_].is_done) ++next_;
  if (stopped_ || next_ == points_.size()) return false;
  point = next_++;
  return true;
}

bool PointPool::report(std::size_t point, double fraction) {
  const std::lock_guard lock(mutex_);
  const double gained = fraction - fractions_[point];
  fractions_[point] = fraction;
  work_done_ += points_[point].work * gained;
  points_gained_ += gained;
  if (stopped_) return false;
  const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  const bool go_on = on_progress_({.points_done = done_,
                                   .points = points_.size(),
                                   .fraction = work_done_ / work_,
                                   .points_per_second = points_gained_ / seconds});
  if (!go_on) stopped_ = true;
  return go_on;
}

RunProgress run_progress(const PointPool::Progress& progress) {
  return {.fraction = progress.fraction,
          .block_work = 1,
          .next_block_work = 0,
          .text = points_text(progress),
          .stage = 0,
          .done = 0};
}

}  // namespace wideproof::app
