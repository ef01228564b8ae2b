// SPDX-License-Identifier: MIT
#include <wideproof/app/ranks/mpi_mailbox.hpp>

#include <cstddef>
#include <utility>

namespace wideproof::app {

void MpiMailbox::post(int to, Kind kind, std::string bytes) {
  Posted& posted = posted_.emplace_back(Posted{std::move(bytes)});
  MPI_Isend(posted.bytes.data(), static_cast<int>(posted.bytes.size()), MPI_BYTE, to, kind,
            MPI_COMM_WORLD, &posted.request);
}

std::optional<MpiMailbox::Message> MpiMailbox::receive() {
  int has_come = 0;
  MPI_Message message = MPI_MESSAGE_NULL;
  MPI_Status status;
  MPI_Improbe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &has_come, &message, &status);
  if (has_come == 0) return std::nullopt;
  int size = 0;
  MPI_Get_count(&status, MPI_BYTE, &size);
  Message received{status.MPI_SOURCE, static_cast<Kind>(status.MPI_TAG),
                   std::string(static_cast<std::size_t>(size), '\0')};
  MPI_Mrecv(received.bytes.data(), size, MPI_BYTE, &message, MPI_STATUS_IGNORE);
  return received;
}

bool MpiMailbox::is_empty() {
  posted_.remove_if([](Posted& posted) {
    int has_left = 0;
    MPI_Test(&posted.request, &has_left, MPI_STATUS_IGNORE);
    return has_left != 0;
  });
  return posted_.empty();
}

}  // namespace wideproof::app
