// SPDX-License-Identifier: MIT
#pragma once

#include <cerrno>

namespace wideproof::app {

/// Whether an errno of flock(2) says that the file system has no such locks.
inline bool knows_no_locks(int error) {
  constexpr int not_supported = 524;  // the kernel's own ENOTSUPP, which NFS lets through
  return error == ENOLCK || error == EOPNOTSUPP || error == ENOSYS || error == not_supported;
}

}  // namespace wideproof::app
