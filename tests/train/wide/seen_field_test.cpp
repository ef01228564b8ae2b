// SPDX-License-Identifier: MIT
#include <wideproof/train/wide/seen_field.hpp>

#include <cmath>
#include <cstdint>
#include <random>

#include <gtest/gtest.h>
#include <torch/types.h>

#include <wideproof/sim/numeric/to_tensor.hpp>

namespace wideproof::train {
namespace {

using Side = SeenField::Side;

const sim::NetworkId field_id{.seed = 5, .width = 40, .replicate = 3};

sim::BlockedLayer layer_of(const Eigen::MatrixXd& rows) {
  const sim::NeuronBlocks blocks(64, rows.cols());
  sim::BlockedLayer layer(blocks.with_inputs(rows.rows()), at::kDouble);
  const auto tensor = sim::to_tensor(rows, at::kDouble);
  for (std::int64_t row = 0; row < rows.rows(); ++row) layer.set_row(row, tensor[row]);
  return layer;
}

Eigen::MatrixXd matrix_of(const sim::BlockedLayer& layer) {
  Eigen::MatrixXd rows(layer.blocks().inputs(), layer.blocks().width());
  for (Eigen::Index row = 0; row < rows.rows(); ++row) {
    rows.row(row) = sim::to_array(layer.row(row)).matrix().transpose();
  }
  return rows;
}

Eigen::MatrixXd some_rows(Eigen::Index rows, Eigen::Index columns, unsigned seed) {
  std::mt19937 engine(seed);
  std::normal_distribution<double> law;
  return Eigen::MatrixXd::NullaryExpr(rows, columns, [&] { return law(engine); });
}

/// Xz or Xᵀz of rows z, as rows.
Eigen::MatrixXd product(SeenField& field, Side side, const Eigen::MatrixXd& rows) {
  auto seen = layer_of(rows);
  auto out = layer_of(rows);
  const auto coefficients = field.see(side, seen, 1);
  field.multiply(side, coefficients, 1, out, 1);
  return matrix_of(out);
}

TEST(SeenField, IsOneMatrixHoweverItIsSeen) {
  constexpr Eigen::Index n = 40;
  SeenField field(field_id, 2, sim::NeuronBlocks(64, n));
  // From both sides in turn, with vectors that hang on earlier answers, some of them again.
  const Eigen::MatrixXd z = some_rows(7, n, 1);
  const Eigen::MatrixXd of_z = product(field, Side::right, z);
  const Eigen::MatrixXd d = of_z.cwiseMax(0);
  const Eigen::MatrixXd of_d = product(field, Side::left, d);
  Eigen::MatrixXd again(9, n);
  again << z.topRows(2) - 3 * z.middleRows(1, 2), of_d.cwiseAbs();
  const Eigen::MatrixXd of_again = product(field, Side::right, again);
  const Eigen::MatrixXd x =
      product(field, Side::right, Eigen::MatrixXd::Identity(n, n)).transpose();
  const Eigen::MatrixXd from_left = product(field, Side::left, Eigen::MatrixXd::Identity(n, n));
  constexpr double tolerance = 1e-10;  // of entries of some 10
  EXPECT_LE((from_left - x).cwiseAbs().maxCoeff(), tolerance);
  EXPECT_LE((z * x.transpose() - of_z).cwiseAbs().maxCoeff(), tolerance);
  EXPECT_LE((d * x - of_d).cwiseAbs().maxCoeff(), tolerance);
  EXPECT_LE((again * x.transpose() - of_again).cwiseAbs().maxCoeff(), 10 * tolerance);
  EXPECT_LE(field.largest_dropped(), OrthonormalRows::tolerance);
  // Of n² numbers that are white.
  const double mean_square = x.squaredNorm() / (n * n);
  EXPECT_NEAR(mean_square, 1, 5 * std::sqrt(2.0) / n);
}

TEST(SeenField, LearnsInTheCoefficientsOfWhatItSaw) {
  constexpr Eigen::Index n = 40;
  SeenField field(field_id, 2, sim::NeuronBlocks(64, n));
  const Eigen::MatrixXd z = some_rows(3, n, 1);
  const Eigen::MatrixXd d = some_rows(3, n, 2);
  auto seen = layer_of(z);
  auto shown = layer_of(d);
  const auto right = field.see(Side::right, seen, 1);
  const auto left = field.see(Side::left, shown, 1);
  const Eigen::MatrixXd later = some_rows(4, n, 3);
  const Eigen::MatrixXd before = product(field, Side::right, later);
  field.learn(-.25 * left, right);
  const Eigen::MatrixXd change = -.25 * d.transpose() * z;
  const Eigen::MatrixXd after = product(field, Side::right, later);
  EXPECT_LE((after - before - later * change.transpose()).cwiseAbs().maxCoeff(), 1e-11);
  const Eigen::MatrixXd newest = some_rows(2, n, 4);
  const Eigen::MatrixXd from_left = product(field, Side::left, newest);
  field.learn(left, right);
  const Eigen::MatrixXd moved = product(field, Side::left, newest) - from_left;
  EXPECT_LE((moved - newest * d.transpose() * z).cwiseAbs().maxCoeff(), 1e-10);
}

TEST(SeenField, TakesVectorsThatNearlyCoincide) {
  constexpr Eigen::Index n = 3000;  // four blocks
  SeenField field({.seed = 1, .width = n}, 2, sim::NeuronBlocks(64, n));
  const Eigen::MatrixXd base = some_rows(1, n, 1);
  const Eigen::MatrixXd other = some_rows(1, n, 2);
  Eigen::MatrixXd rows(6, n);
  rows << base, base, base + 1e-6 * other, base + 1e-11 * other, 0 * base, 2 * base;
  const Eigen::MatrixXd of_rows = product(field, Side::right, rows);
  // X(z + εu) − Xz = εXu: what is told of a difference is right to the rounding of z.
  const Eigen::MatrixXd of_other = product(field, Side::right, other);
  const auto largest = [](const Eigen::MatrixXd& m) { return m.cwiseAbs().maxCoeff(); };
  const double size = largest(of_rows);
  EXPECT_LE(largest(of_rows.row(1) - of_rows.row(0)), 1e-13 * size);
  EXPECT_LE(largest(of_rows.row(5) - 2 * of_rows.row(0)), 1e-13 * size);
  EXPECT_EQ(largest(of_rows.row(4)), 0);
  EXPECT_LE(largest(of_rows.row(2) - of_rows.row(0) - 1e-6 * of_other), 1e-12 * size);
  EXPECT_LE(largest(of_rows.row(3) - of_rows.row(0) - 1e-11 * of_other), 1e-12 * size);
  // Long after, from the left: still one matrix.
  const Eigen::MatrixXd left = some_rows(3, n, 3);
  const Eigen::MatrixXd of_left = product(field, Side::left, left);
  EXPECT_LE(largest(of_left * rows.transpose() - left * of_rows.transpose()), 1e-12 * n * size);
}

TEST(OrthonormalRows, StaysOrthonormal) {
  constexpr Eigen::Index n = 2000;
  OrthonormalRows basis(sim::NeuronBlocks(64, n));
  Eigen::MatrixXd last = some_rows(5, n, 1);
  for (unsigned step = 0; step < 40; ++step) {
    auto vectors = layer_of(last);
    const auto extension = basis.extend(vectors, 0, 5, 1);
    EXPECT_EQ(extension.coefficients.rows(), basis.count());
    EXPECT_NEAR((extension.coefficients.colwise().norm().transpose() - last.rowwise().norm())
                    .cwiseAbs()
                    .maxCoeff(),
                0, 1e-11);
    // Each so near to the last that five digits of what is new are rounding.
    last += 1e-11 * some_rows(5, n, 2 + step);
  }
  EXPECT_EQ(basis.count(), 200);
  Eigen::MatrixXd rows(basis.count(), n);
  const auto& blocks = basis.rows().blocks();
  for (std::int64_t block = 0; block < blocks.count(); ++block) {
    rows.middleCols(blocks.first(block), blocks.size(block)) =
        sim::to_matrix(basis.rows().read(block, 0, basis.count()));
  }
  const Eigen::MatrixXd gram = rows * rows.transpose();
  EXPECT_LE((gram - Eigen::MatrixXd::Identity(200, 200)).cwiseAbs().maxCoeff(), 1e-14);
}

}  // namespace
}  // namespace wideproof::train
