// SPDX-License-Identifier: MIT
#include <wideproof/app/ranks/mpi_ranks.hpp>

#include <sched.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/ranks/poll_interval.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/sim/numeric/worker_threads.hpp>

namespace wideproof::app {
namespace {

/// Calls `look` until it returns true, sleeping while it finds nothing.
template <class Look>
void wait_until(const Look& look) {
  for (PollInterval pause; !look();) pause.wait();
}

/// 1 for each core that this process may run on.
std::array<int, CPU_SETSIZE> allowed_cores() {
  std::array<int, CPU_SETSIZE> cores{};
  cpu_set_t set;
  CPU_ZERO(&set);
  if (::sched_getaffinity(0, sizeof(set), &set) != 0) return cores;
  for (std::size_t i = 0; i < cores.size(); ++i) cores[i] = CPU_ISSET(i, &set) ? 1 : 0;
  return cores;
}

}  // namespace

MpiRanks::MpiRanks() {
  int threads = MPI_THREAD_SINGLE;
  MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &threads);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
  MPI_Comm_size(MPI_COMM_WORLD, &count_);
  look_at_the_node();
  if (rank_ > 0) {
    for (const int number : {SIGINT, SIGTERM, SIGUSR1, SIGHUP}) std::signal(number, SIG_IGN);
    if (std::freopen("/dev/null", "w", stdout) == nullptr) std::fclose(stdout);
  }
  if (threads < MPI_THREAD_SERIALIZED) {
    throw model::InputError("MPI: this library has no support of threads (MPI_THREAD_SERIALIZED)");
  }
}

void MpiRanks::look_at_the_node() {
  MPI_Comm node = MPI_COMM_NULL;
  MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &node);
  MPI_Comm_size(node, &on_this_node_);
  const auto mine = allowed_cores();
  auto sharing = mine;
  MPI_Allreduce(mine.data(), sharing.data(), static_cast<int>(mine.size()), MPI_INT, MPI_SUM, node);
  MPI_Comm_free(&node);
  double share = 0;
  for (std::size_t i = 0; i < mine.size(); ++i) {
    if (mine[i] > 0) share += 1.0 / sharing[i];
  }
  default_threads_ = std::clamp(static_cast<int>(share + 1e-6), 1, 1024);
}

std::optional<std::string> MpiRanks::share(const std::function<std::string()>& read) {
  if (rank_ == 0) {
    auto text = read();
    for (int rank = 1; rank < count_; ++rank) mailbox_.post(rank, MpiMailbox::share, text);
    return text;
  }
  std::optional<std::string> text;
  wait_until([&] {
    const auto message = mailbox_.receive();
    if (message && message->kind == MpiMailbox::share) text = message->bytes;
    if (message && message->kind == MpiMailbox::end) end_status_ = read_status(message->bytes);
    return text || end_status_;
  });
  return text;
}

void MpiRanks::compare(const Prepared& prepared, const std::vector<int>& workers) {
  if (rank_ > 0) {
    workers_ = *std::max_element(workers.begin(), workers.end());
    tell({{}, prepared, workers});
    return;
  }
  std::vector<std::vector<int>> of_others;
  int rank = 0;
  for (auto& hello : hear_from_all()) {
    ++rank;
    if (hello.failure.status != 0) throw rank_error(rank, count_, hello.failure);
    for (std::size_t i = 0; i < prepared.size(); ++i) {
      if (i < hello.prepared.size() && hello.prepared[i] == prepared[i]) continue;
      throw rank_error(
          rank, count_,
          {bad_input, fmt::format("{} differs from rank 0's; all ranks need the same program, "
                                  "command line and files",
                                  prepared[i].first)});
    }
    of_others.push_back(std::move(hello.workers));
  }
  if (count_ > 1) others_.emplace(mailbox_, std::move(of_others));
}

std::vector<Hello> MpiRanks::hear_from_all() {
  std::vector<Hello> hellos(static_cast<std::size_t>(count_) - 1);
  std::size_t heard = 0;
  wait_until([&] {
    while (const auto message = mailbox_.receive()) {
      if (message->kind != MpiMailbox::hello) continue;  // it has failed since, and ends up there
      hellos[static_cast<std::size_t>(message->from) - 1] = read_hello(message->bytes);
      ++heard;
    }
    return heard == hellos.size();
  });
  return hellos;
}

void MpiRanks::tell(const Hello& hello) {
  mailbox_.post(0, MpiMailbox::hello, to_bytes(hello));
  has_told_ = true;
}

RemoteBlocks* MpiRanks::remote_blocks() {
  return others_ ? &*others_ : nullptr;
}

void MpiRanks::serve(const ComputeBlock& compute) {
  ServedBlocks blocks;
  sim::on_worker_threads(1 + workers_, [&](int thread) {
    if (thread > 0) {
      blocks.work(compute);
      return;
    }
    try {
      attend(blocks);
    } catch (...) {
      report(current_failure());
    }
    blocks.close();
  });
}

void MpiRanks::attend(ServedBlocks& blocks) {
  for (PollInterval pause; !end_status_;) {
    bool news = false;
    while (const auto finished = blocks.take_finished()) {
      news = true;
      if (finished->failure) {
        report(*finished->failure);
      } else {
        mailbox_.post(0, MpiMailbox::result,
                      to_bytes(BlockResult{finished->name, finished->result}));
      }
    }
    if (const auto message = mailbox_.receive()) {
      news = true;
      if (message->kind == MpiMailbox::end) end_status_ = read_status(message->bytes);
      if (message->kind == MpiMailbox::compute) blocks.ask(read_block_name(message->bytes));
    }
    mailbox_.is_empty();
    if (news) {
      pause.news();
    } else {
      pause.wait();
    }
  }
}

void MpiRanks::report(const Failure& failure) {
  if (rank_ == 0) {
    Ranks::report(failure);
  } else if (has_told_) {
    mailbox_.post(0, MpiMailbox::failure, to_bytes(failure));
  } else {
    tell({failure, {}, {}});
  }
}

int MpiRanks::end(int status) {
  if (rank_ == 0) {
    end_status_ = status;
    for (int rank = 1; rank < count_; ++rank) {
      mailbox_.post(rank, MpiMailbox::end, to_bytes(status));
    }
  } else {
    if (!has_told_) tell({});
    if (!end_status_) wait_for_the_end();
  }
  leave_together();
  MPI_Finalize();
  return *end_status_;
}

void MpiRanks::wait_for_the_end() {
  wait_until([&] {
    mailbox_.is_empty();
    const auto message = mailbox_.receive();
    if (message && message->kind == MpiMailbox::end) end_status_ = read_status(message->bytes);
    return end_status_.has_value();
  });
}

/// Takes in, and forgets, what is still on its way; a send that nobody receives would never end.
void MpiRanks::leave_together() {
  const auto drain = [&] {
    while (mailbox_.receive()) {
    }
  };
  wait_until([&] {
    drain();
    return mailbox_.is_empty();
  });
  MPI_Request barrier = MPI_REQUEST_NULL;
  MPI_Ibarrier(MPI_COMM_WORLD, &barrier);
  wait_until([&] {
    drain();
    int all_are_here = 0;
    MPI_Test(&barrier, &all_are_here, MPI_STATUS_IGNORE);
    return all_are_here != 0;
  });
  drain();
}

std::unique_ptr<Ranks> start_ranks() {
  // Alone, the program does without MPI: it starts faster, and where MPI cannot.
  constexpr std::array launchers = {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK"};
  const bool launched = std::any_of(launchers.begin(), launchers.end(), [](const char* variable) {
    return std::getenv(variable) != nullptr;
  });
  if (launched) return std::make_unique<MpiRanks>();
  return std::make_unique<Ranks>();
}

}  // namespace wideproof::app
