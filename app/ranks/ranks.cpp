// SPDX-License-Identifier: MIT
#include <wideproof/app/ranks/ranks.hpp>

#include <cassert>
#include <cstdio>

#include <wideproof/app/system/cores.hpp>
#include <wideproof/app/system/diagnostics.hpp>

namespace wideproof::app {

int Ranks::default_threads() const {
  return cores_of_this_machine();
}

void Ranks::compare(const Prepared&, const std::vector<int>&) {}

void Ranks::serve(const ComputeBlock&) {
  assert(false && "rank 0 serves nobody");
}

void Ranks::report(const Failure& failure) {
  std::fflush(stdout);
  say(failure.message);
}

}  // namespace wideproof::app
