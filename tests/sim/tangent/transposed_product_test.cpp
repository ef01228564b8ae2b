// SPDX-License-Identifier: MIT
#include <wideproof/sim/tangent/transposed_product.hpp>

#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>
#include <torch/types.h>

#include <wideproof/sim/numeric/to_tensor.hpp>
#include <wideproof/sim/tangent/gradient_sums.hpp>

#include "tensors.hpp"

namespace wideproof::sim {
namespace {

using testing::epsilon;
using testing::some_field;

constexpr std::int64_t seen_inputs = 5;
constexpr std::int64_t seen_width = 9000;  // three blocks
constexpr double seen_scale = .2;          // c

Eigen::MatrixXd gram(const torch::Tensor& rows) {
  return to_matrix(torch::mm(rows.to(torch::kFloat64), rows.to(torch::kFloat64).t()));
}

/// Two probes and a single row through a field that is known on `z`, in so many pieces.
struct Passed {
  torch::Tensor product;  ///< XᵀD, Q × n
  Eigen::MatrixXd seen;   ///< c z̃ᵀ XᵀD, P × Q
};

Passed pass(const torch::Tensor& z, const Eigen::MatrixXd& of_gradients,
            const Eigen::MatrixXd& known) {
  const GradientRows rows{seen_inputs, 2, true};
  const NeuronBlocks blocks(seen_inputs, seen_width);
  const KernelInverse inverse(seen_scale * seen_scale * gram(z), 1e-11);
  std::vector<Eigen::Index> order(static_cast<std::size_t>(rows.count()));
  std::iota(order.begin(), order.end(), 0);
  const TransposedProduct product(
      {.seed = 1, .width = seen_width}, 2, rows, of_gradients, order,
      {.inverse = inverse,
       .products = known,
       .weight_scale = seen_scale,
       .presynaptic =
           [&](std::int64_t block, at::Tensor& out) {
             out.copy_(z.narrow(1, blocks.first(block), blocks.size(block)));
           }},
      blocks, z.scalar_type(), 1);
  Passed passed{torch::empty({rows.count(), seen_width}, z.options()), {}};
  for (std::int64_t block = 0; block < blocks.count(); ++block) {
    auto part = torch::empty({rows.count(), blocks.size(block)}, z.options());
    product.draw(block, part);
    passed.product.narrow(1, blocks.first(block), blocks.size(block)).copy_(part);
  }
  const auto wide = passed.product.to(torch::kFloat64);
  passed.seen = seen_scale * to_matrix(torch::mm(z.to(torch::kFloat64), wide.t()));
  return passed;
}

TEST(TransposedProduct, IsWhatIsKnownWhereverTheFieldWasSeen) {
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    const auto z = some_field(seen_inputs, seen_width, dtype).relu();
    const Eigen::MatrixXd of_gradients = gram(some_field(11, 30, torch::kFloat64));
    const Eigen::MatrixXd known = to_matrix(some_field(seen_inputs, 11, torch::kFloat64));
    const auto passed = pass(z, of_gradients, known);
    const double size = seen_scale * std::sqrt(seen_width * of_gradients.diagonal().maxCoeff());
    EXPECT_LE((passed.seen - known).cwiseAbs().maxCoeff(), 100 * epsilon(dtype) * size);
  }
}

TEST(TransposedProduct, TakesInputsThatCoincide) {
  for (const auto dtype : {torch::kFloat32, torch::kFloat64}) {
    auto z = some_field(seen_inputs, seen_width, dtype).relu();
    z[3].copy_(z[1]);
    z[4].zero_();
    Eigen::MatrixXd known = to_matrix(some_field(seen_inputs, 11, torch::kFloat64));
    known.row(3) = known.row(1);
    known.row(4).setZero();
    const Eigen::MatrixXd of_gradients = gram(some_field(11, 30, torch::kFloat64));
    const double size = seen_scale * std::sqrt(seen_width * of_gradients.diagonal().maxCoeff());
    EXPECT_LE((pass(z, of_gradients, known).seen - known).cwiseAbs().maxCoeff(),
              100 * epsilon(dtype) * size);
  }
}

TEST(TransposedProduct, OfNothingIsNothing) {
  const auto z = some_field(seen_inputs, seen_width).relu();
  const auto passed =
      pass(z, Eigen::MatrixXd::Zero(11, 11), Eigen::MatrixXd::Zero(seen_inputs, 11));
  EXPECT_EQ(testing::largest(passed.product), 0);
}

TEST(GradientRun, SumsTheSameWhetherOrNotProbesCross) {
  const GradientRows rows{3, 2, true};
  const auto all = some_field(2 + rows.count(), 500, torch::kFloat64);
  for (const bool cross : {true, false}) {
    GradientRun run({rows, 2, cross}, torch::kFloat64);
    run.add(all.narrow(1, 0, 300).contiguous());
    run.add(all.narrow(1, 300, 200).contiguous());
    const auto sums = run.sums();
    const Eigen::MatrixXd truth = gram(all);
    EXPECT_LE((sums.beside - truth.topRightCorner(2, 7)).cwiseAbs().maxCoeff(), 1e-11);
    EXPECT_EQ(sums.gram.size(), cross ? 49 : 0);
    for (std::size_t probe = 0; probe < 2; ++probe) {
      const auto at = 2 + 3 * static_cast<Eigen::Index>(probe);
      EXPECT_LE((sums.own[probe] - truth.block(at, at, 3, 3)).cwiseAbs().maxCoeff(), 1e-11);
    }
    if (cross) {
      EXPECT_LE((sums.gram - truth.bottomRightCorner(7, 7)).cwiseAbs().maxCoeff(), 1e-11);
    }
  }
}

}  // namespace
}  // namespace wideproof::sim
