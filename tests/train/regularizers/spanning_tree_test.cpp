// SPDX-License-Identifier: MIT
#include <wideproof/train/regularizers/spanning_tree.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>
#include <torch/types.h>

#include "some_training.hpp"

namespace wideproof::train {
namespace {

/// Symmetric, of entries in (−1, 1) and a unit diagonal, that float holds exactly.
at::Tensor some_correlations(std::int64_t count, std::uint64_t seed) {
  const auto field = sim::to_tensor(testing::some_field(count, count, seed), at::kFloat);
  const auto entries = (field + field.t()).tanh();
  entries.fill_diagonal_(1);
  return entries;
}

/// Weight of a minimum spanning tree, by Kruskal's algorithm.
double least_weight(const at::Tensor& correlations) {
  const std::int64_t count = correlations.size(0);
  const auto entries = correlations.to(at::kDouble);
  std::vector<std::tuple<double, std::int64_t, std::int64_t>> edges;
  for (std::int64_t i = 0; i < count; ++i) {
    for (std::int64_t j = i + 1; j < count; ++j) {
      edges.emplace_back(1 - std::abs(entries[i][j].item<double>()), i, j);
    }
  }
  std::sort(edges.begin(), edges.end());
  std::vector<std::int64_t> part(static_cast<std::size_t>(count));
  std::iota(part.begin(), part.end(), 0);
  double weight = 0;
  for (const auto& [w, i, j] : edges) {
    const auto a = part[static_cast<std::size_t>(i)], b = part[static_cast<std::size_t>(j)];
    if (a == b) continue;
    weight += w;
    std::replace(part.begin(), part.end(), a, b);
  }
  return weight;
}

double weight_of(const std::vector<TreeEdge>& edges, const at::Tensor& correlations) {
  double weight = 0;
  for (const auto& edge : edges) {
    weight += 1 - std::abs(correlations[edge.from][edge.to].item<double>());
  }
  return weight;
}

TEST(SpanningTree, IsMinimalForAnyCount) {
  for (const std::int64_t count : {1, 2, 3, 8, 15, 16, 17, 33, 70}) {
    const auto correlations = some_correlations(count, 3);
    for (const auto dtype : {at::kFloat, at::kDouble}) {
      const auto edges = spanning_tree(correlations.to(dtype));
      ASSERT_EQ(static_cast<std::int64_t>(edges.size()), count - 1);
      // Of |ρ| that float holds exactly, a tree of N − 1 sums of order 1.
      EXPECT_NEAR(weight_of(edges, correlations), least_weight(correlations), 1e-12);
      std::vector<bool> joined(static_cast<std::size_t>(count));
      joined[0] = true;
      for (const auto& edge : edges) {
        EXPECT_TRUE(joined[static_cast<std::size_t>(edge.from)]);
        EXPECT_FALSE(joined[static_cast<std::size_t>(edge.to)]);
        joined[static_cast<std::size_t>(edge.to)] = true;
      }
    }
  }
}

TEST(SpanningTree, TakesTheFirstOfEquals) {
  for (const auto dtype : {at::kFloat, at::kDouble}) {
    for (const double value : {0.0, -0.25, 1.0}) {
      const auto edges = spanning_tree(torch::full({37, 37}, value, dtype));
      ASSERT_EQ(edges.size(), 36U);
      for (std::size_t e = 0; e < edges.size(); ++e) {
        EXPECT_EQ(edges[e].from, 0);
        EXPECT_EQ(edges[e].to, static_cast<std::int64_t>(e) + 1);
      }
    }
  }
}

}  // namespace
}  // namespace wideproof::train
