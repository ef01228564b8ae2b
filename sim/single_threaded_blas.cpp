// SPDX-License-Identifier: MIT
#include <wideproof/sim/single_threaded_blas.hpp>

#include <dlfcn.h>

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

}  // namespace

SingleThreadedBlas::SingleThreadedBlas() : threads_before_(openblas_threads()) {
  set_openblas_threads(1);
}

SingleThreadedBlas::~SingleThreadedBlas() {
  set_openblas_threads(threads_before_);
}

}  // namespace wideproof::sim
