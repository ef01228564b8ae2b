// SPDX-License-Identifier: MIT
#include <wideproof/sim/numeric/single_threaded_blas.hpp>

#include <dlfcn.h>

#include <mutex>

namespace wideproof::sim {
namespace {

// Looked up at run time: which BLAS is loaded is LibTorch's affair.
template <class Function>
Function* loaded(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_DEFAULT, name));
}

int openblas_threads() {
  const auto get = loaded<int()>("openblas_get_num_threads");
  return get ? get() : 1;
}

void set_openblas_threads(int threads) {
  if (const auto set = loaded<void(int)>("openblas_set_num_threads")) set(threads);
}

/// OpenBLAS's own state is the process's, and so is the count of those who hold it.
struct Holders {
  std::mutex mutex;
  int count = 0;
  int threads_before = 1;
};

Holders& holders() {
  static Holders all;
  return all;
}

}  // namespace

SingleThreadedBlas::SingleThreadedBlas() {
  auto& all = holders();
  const std::lock_guard lock(all.mutex);
  if (all.count++ > 0) return;
  all.threads_before = openblas_threads();
  set_openblas_threads(1);
}

SingleThreadedBlas::~SingleThreadedBlas() {
  auto& all = holders();
  const std::lock_guard lock(all.mutex);
  if (--all.count == 0) set_openblas_threads(all.threads_before);
}

}  // namespace wideproof::sim
