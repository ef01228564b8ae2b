// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/app/study/remote_blocks.hpp>
#include <wideproof/app/study/task_table.hpp>

namespace wideproof::app {

/// Other processes that compute tasks too, as the blocks of group 0.
struct TaskHelp {
  RemoteBlocks* remote = nullptr;                                 ///< null: none
  std::function<TaskResult(const std::string& bytes)> read = {};  ///< what they send
};

/// Runs each of the tasks, in that order but several at a time on `threads` threads and with
/// `help`. `put` takes their results, one at a time; false from it, or a task without a result,
/// starts no further task. Returns whether all were put. Rethrows what a task or `put` throws
/// first, once the running ones have ended.
bool run_in_parallel(const std::vector<std::size_t>& order, int threads,
                     const std::function<std::optional<TaskResult>(std::size_t)>& task,
                     const std::function<bool(std::size_t, TaskResult)>& put,
                     const TaskHelp& help = {});

}  // namespace wideproof::app
