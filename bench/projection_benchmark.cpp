// SPDX-License-Identifier: MIT
// The sparseness projection of a vector beside a copy of it.
//
//   projection_benchmark [SIZE [ROUNDS]]
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include <fmt/format.h>

#include <wideproof/sim/projection/sparseness_projection.hpp>
#include <wideproof/sim/random/normal_stream.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>

namespace wideproof::sim {
namespace {

template <class Work>
double seconds(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void measure(std::int64_t size, double sparseness, bool is_signed, int rounds) {
  const auto drawn =
      normal_tensor(NormalStream({.seed = 1, .layer = 1}), 0, 1, size, at::kFloat).contiguous();
  const std::vector<float> x(drawn.data_ptr<float>(), drawn.data_ptr<float>() + size);
  std::vector<float> copy(x.size());
  std::vector<float> p(x.size());
  auto project = SparsenessProjection::of_hoyer(size, sparseness, 1, is_signed);
  std::vector<double> of_copies, of_projections;
  ProjectionScale scale;
  for (int round = 0; round < rounds; ++round) {
    of_copies.push_back(seconds([&] { std::copy(x.begin(), x.end(), copy.begin()); }));
    std::copy(x.begin(), x.end(), p.begin());
    of_projections.push_back(seconds([&] { scale = project(p.data()); }));
  }
  fmt::print(
      "{} of {:.2f}, {}: copy {:.3f} ms, projection {:.3f} ms, {:.1f} times; {:.1f}% active\n",
      is_signed ? "signed" : "non-negative", sparseness, size, 1e3 * median(of_copies),
      1e3 * median(of_projections), median(of_projections) / median(of_copies),
      100 * static_cast<double>(scale.support) / static_cast<double>(size));
}

}  // namespace
}  // namespace wideproof::sim

int main(int argc, char** argv) {
  const std::int64_t size = argc > 1 ? std::atoll(argv[1]) : 1000000;
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 31;
  for (const bool is_signed : {false, true}) {
    for (const double sparseness : {.45, .6, .75, .9})
      wideproof::sim::measure(size, sparseness, is_signed, rounds);
  }
}
