// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <vector>

#include <wideproof/app/study/run_progress.hpp>

namespace wideproof::app {

/// Runs independent points, several at a time, on a given number of threads in all.
///
/// A point is started as soon as there is room, in order. With at least as many points as threads
/// each has one thread; fewer points share out the threads among them.
class PointPool {
 public:
  struct Point {
    double work = 1.0;     ///< in any unit, positive
    bool is_done = false;  ///< by an earlier run: only counted
  };
  /// How far the pool has come.
  struct Progress {
    std::size_t points_done = 0;
    std::size_t points = 0;
    double fraction = 0.0;           ///< of all points' work
    double points_per_second = 0.0;  ///< since run() began, parts of points included
  };
  /// Called from one thread at a time; returning false stops the pool.
  using OnProgress = std::function<bool(const Progress&)>;

  /// What a point that runs is given.
  class PointRun {
   public:
    /// That it may compute on.
    int threads() const { return threads_; }
    /// Tells how far it has come, from 0 to 1. Returns whether it is to go on; if not, it is to
    /// save what it has and return false.
    bool report(double fraction) const { return pool_.report(point_, fraction); }

   private:
    friend class PointPool;
    PointRun(PointPool& pool, std::size_t point, int threads)
        : pool_(pool), point_(point), threads_(threads) {}

    PointPool& pool_;
    std::size_t point_;
    int threads_;
  };
  /// Runs a point; returns whether it came to its end.
  using RunPoint = std::function<bool(std::size_t point, const PointRun& run)>;

  /// `most_at_a_time` ≥ 1 bounds how many points run at a time, as when memory holds no more.
  PointPool(std::vector<Point> points, int threads, int most_at_a_time);

  /// Points that run at a time; 0 where all are done.
  int at_a_time() const { return at_a_time_; }

  /// Runs all points that are not done. One that returns false, one that throws and `on_progress`
  /// stop the pool: no further point is started, and those that run are told at their next report.
  /// Returns whether all came to their end; rethrows what the first to throw threw, after the
  /// others have ended. To be called once.
  bool run(const RunPoint& run_point, const OnProgress& on_progress);

 private:
  using Clock = std::chrono::steady_clock;

  int threads_of(int slot) const;
  bool report(std::size_t point, double fraction);
  void work(int slot, const RunPoint& run_point);
  bool take(std::size_t& point);
  void finish(std::size_t point, bool came_to_its_end);

  std::vector<Point> points_;
  int threads_;
  int at_a_time_;
  OnProgress on_progress_;
  std::mutex mutex_;
  std::vector<double> fractions_;  ///< that the points have come
  Clock::time_point start_;
  double work_ = 0;
  double work_done_ = 0;
  double points_gained_ = 0;
  std::size_t next_ = 0;
  std::size_t done_ = 0;
  bool stopped_ = false;
  std::exception_ptr error_;
};

/// As a session is told of it, with a text such as "3 of 12 points, 4.2 a minute". A time limit
/// stops the points at their next report, wherever they are.
RunProgress run_progress(const PointPool::Progress& progress);

}  // namespace wideproof::app
