// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include <wideproof/app/ranks/mpi_mailbox.hpp>
#include <wideproof/app/ranks/mpi_messages.hpp>
#include <wideproof/app/ranks/mpi_workers.hpp>
#include <wideproof/app/ranks/ranks.hpp>

namespace wideproof::app {

/// The ranks of an MPI job. Made once, before any other thread; end() closes MPI.
///
/// Ranks other than 0 write nothing to stdout and leave SIGINT, SIGTERM and SIGUSR1 to rank 0.
class MpiRanks : public Ranks {
 public:
  /// Throws model::InputError where MPI cannot be called from a thread.
  MpiRanks();

  int count() const override { return count_; }
  bool is_first() const override { return rank_ == 0; }
  int on_this_node() const override { return on_this_node_; }
  int default_threads() const override { return default_threads_; }
  std::optional<std::string> share(const std::function<std::string()>& read) override;
  void compare(const Prepared& prepared, const std::vector<int>& workers) override;
  RemoteBlocks* remote_blocks() override;
  void serve(const ComputeBlock& compute) override;
  void report(const Failure& failure) override;
  int end(int status) override;

 private:
  void look_at_the_node();
  void tell(const Hello& hello);
  std::vector<Hello> hear_from_all();
  /// Talks with rank 0 while the workers compute.
  void attend(ServedBlocks& blocks);
  void wait_for_the_end();
  void leave_together();

  int rank_ = 0;
  int count_ = 1;
  int on_this_node_ = 1;
  int default_threads_ = 1;
  MpiMailbox mailbox_;
  std::optional<MpiWorkers> others_;
  bool has_told_ = false;
  int workers_ = 1;                ///< the most blocks at a time that this rank told of
  std::optional<int> end_status_;  ///< once rank 0 has said it
};

}  // namespace wideproof::app
