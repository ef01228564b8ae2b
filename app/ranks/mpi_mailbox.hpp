// SPDX-License-Identifier: MIT
#pragma once

#include <mpi.h>

#include <list>
#include <optional>
#include <string>

namespace wideproof::app {

/// Messages between rank 0 and the others, none of which waits for another.
///
/// Messages between two ranks arrive in the order in which they were posted. All calls of a
/// process from one thread at a time. MPI itself ends the job on its errors.
class MpiMailbox {
 public:
  enum Kind : int {
    share,    ///< from rank 0, the first: what it has read
    hello,    ///< to rank 0, the first: what was prepared, or why it was not
    compute,  ///< from rank 0: a block to compute
    result,   ///< to rank 0: a block's sample
    failure,  ///< to rank 0: why it cannot go on
    end,      ///< from rank 0, the last: the status to exit with
  };
  struct Message {
    int from = 0;
    Kind kind = hello;
    std::string bytes;
  };

  MpiMailbox() = default;
  MpiMailbox(const MpiMailbox&) = delete;
  MpiMailbox& operator=(const MpiMailbox&) = delete;

  /// Sends without waiting.
  void post(int to, Kind kind, std::string bytes);

  /// A message that has come, if any.
  std::optional<Message> receive();

  /// Whether all that was posted has left. To be asked now and then: it frees what has.
  bool is_empty();

 private:
  struct Posted {
    std::string bytes;
    MPI_Request request = MPI_REQUEST_NULL;
  };
  std::list<Posted> posted_;
};

}  // namespace wideproof::app
