// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <wideproof/app/ranks/served_blocks.hpp>
#include <wideproof/app/study/study_run.hpp>
#include <wideproof/app/system/failure.hpp>

namespace wideproof::app {

/// The processes that share out a run, seen from one of them. Rank 0 alone decides, prints and
/// writes files; the others compute blocks for it and end when it does, with its exit status.
///
/// This class is a process on its own; start_ranks() gives what the program was started as.
class Ranks {
 public:
  Ranks() = default;
  Ranks(const Ranks&) = delete;
  Ranks& operator=(const Ranks&) = delete;
  virtual ~Ranks() = default;

  virtual int count() const { return 1; }
  virtual bool is_first() const { return true; }
  /// How many of the ranks share this one's memory.
  virtual int on_this_node() const { return 1; }
  /// Threads that this rank computes on unless told otherwise: its share of the node's cores.
  virtual int default_threads() const;

  /// What rank 0 reads, on every rank: the others do without the file. nullopt where rank 0 has
  /// ended instead.
  virtual std::optional<std::string> share(const std::function<std::string()>& read) {
    return read();
  }

  /// Shows rank 0 what this rank has prepared and how many blocks of each group it computes at a
  /// time. On rank 0 throws RankError when another failed before it came here or has prepared
  /// something else.
  virtual void compare(const Prepared& prepared, const std::vector<int>& workers);

  /// On rank 0, after compare(): the others' help; null where there are none.
  virtual RemoteBlocks* remote_blocks() { return nullptr; }

  /// On the other ranks, after compare(): computes blocks until rank 0 ends.
  virtual void serve(const ComputeBlock& compute);

  /// Makes a failure of this rank known to the user; through rank 0, if it is not that.
  virtual void report(const Failure& failure);

  /// The last call: rank 0 lets all ranks end with `status`, the others wait for it. Returns the
  /// status to exit with.
  virtual int end(int status) { return status; }
};

/// The ranks that this process was started among, such as by mpirun. Throws model::InputError when
/// it was started as one of several that cannot work together.
std::unique_ptr<Ranks> start_ranks();

}  // namespace wideproof::app
