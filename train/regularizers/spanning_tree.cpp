// SPDX-License-Identifier: MIT
#include <wideproof/train/regularizers/spanning_tree.hpp>

#include <cstddef>
#include <type_traits>

#include <ATen/Dispatch.h>
#include <ATen/core/Tensor.h>

#include <wideproof/train/regularizers/nearest_row.hpp>

namespace wideproof::train {
namespace {

template <class Real>
std::vector<TreeEdge> grown_tree(const Real* correlations, std::int64_t count) {
  using Index = std::conditional_t<std::is_same_v<Real, float>, std::int32_t, std::int64_t>;
  const auto size = static_cast<std::size_t>(count);
  std::vector<Real> closest(size, Real{-1});
  std::vector<Index> from(size, 0);
  std::vector<TreeEdge> edges;
  edges.reserve(size);
  std::int64_t joined = 0;
  while (true) {
    closest[static_cast<std::size_t>(joined)] = Real{in_tree};
    const auto next = join_row(correlations + joined * count, count, static_cast<Index>(joined),
                               closest.data(), from.data());
    if (next < 0) return edges;
    edges.push_back({from[static_cast<std::size_t>(next)], next});
    joined = next;
  }
}

}  // namespace

std::vector<TreeEdge> spanning_tree(const at::Tensor& correlations) {
  std::vector<TreeEdge> edges;
  AT_DISPATCH_FLOATING_TYPES(correlations.scalar_type(), "spanning_tree", [&] {
    edges = grown_tree(correlations.data_ptr<scalar_t>(), correlations.size(0));
  });
  return edges;
}

}  // namespace wideproof::train
