// SPDX-License-Identifier: MIT
// A job in which rank 2 fails while it computes.
#include <cstdlib>
#include <stdexcept>
#include <string>

#include <wideproof/app/ranks/ranks.hpp>

namespace {

using namespace wideproof;

/// Blocks without end.
class Endless final : public app::BlockQueue {
 public:
  std::optional<std::int64_t> try_take() override { return next_++; }
  bool is_over() override { return false; }
  void put(std::int64_t, const std::string&) override {}

 private:
  std::int64_t next_ = 0;
};

std::string compute(app::BlockName) {
  const char* rank = std::getenv("OMPI_COMM_WORLD_RANK");
  if (rank != nullptr && rank[0] == '2') throw std::logic_error("rank 2 is to fail");
  return "done";
}

}  // namespace

int main(int argc, char**) {
  const auto ranks = app::start_ranks();
  try {
    ranks->compare({{"arguments", argc}}, {1});
    if (ranks->is_first()) {
      Endless blocks;
      ranks->remote_blocks()->work(0, blocks);
    } else {
      ranks->serve(compute);
    }
    return ranks->end(0);
  } catch (...) {
    const auto failure = app::current_failure();
    ranks->report(failure);
    return ranks->end(failure.status);
  }
}
