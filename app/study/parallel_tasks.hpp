// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace wideproof::app {

/// Runs `task(i)` for each i of `order`, on `threads` threads in which LibTorch and BLAS compute on
/// that thread alone, beginning in that order. After each task `done(i)` is called, by one thread
/// at a time; when it returns false no further task begins. Returns whether all ran. The first
/// exception of a task or of done() ends the others alike and is thrown.
bool run_in_parallel(const std::vector<std::size_t>& order, int threads,
                     const std::function<void(std::size_t)>& task,
                     const std::function<bool(std::size_t)>& done);

}  // namespace wideproof::app
