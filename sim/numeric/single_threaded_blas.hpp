// SPDX-License-Identifier: MIT
#pragma once

namespace wideproof::sim {

/// While it lives, OpenBLAS computes each product on the thread that asks for it.
///
/// at::set_num_threads governs LibTorch's own threads and MKL's, but not those of an OpenBLAS
/// built with pthreads, as Debian's LibTorch uses. They would wait, spinning, for the cores that
/// the replicates' threads compute on, and let the bits of a product depend on their number. Does
/// nothing where no OpenBLAS is loaded.
///
/// The setting is the process's: from the first object's construction to the last one's
/// destruction, on whatever threads they live.
class SingleThreadedBlas {
 public:
  SingleThreadedBlas();
  ~SingleThreadedBlas();
  SingleThreadedBlas(const SingleThreadedBlas&) = delete;
  SingleThreadedBlas& operator=(const SingleThreadedBlas&) = delete;
};

}  // namespace wideproof::sim
