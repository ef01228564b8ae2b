// SPDX-License-Identifier: MIT
#include <wideproof/train/wide/orthonormal_rows.hpp>

#include <algorithm>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/mm.h>
#include <Eigen/Cholesky>

#include <wideproof/sim/numeric/ordered_blocks.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>
#include <wideproof/train/wide/neuron_products.hpp>

namespace wideproof::train {

OrthonormalRows::Extension OrthonormalRows::extend(sim::BlockedLayer& vectors, std::int64_t first,
                                                   std::int64_t count, int threads) {
  const std::int64_t known = rows_.rows();
  const auto part = [&](std::int64_t block) {
    return vectors.block(block).narrow(0, first, count);
  };
  Eigen::MatrixXd coefficients = sum_of_products(rows_.blocks(), known, count, threads,
                                                 [&](std::int64_t block, at::Tensor& products) {
                                                   rows_.add_products(block, part(block), products);
                                                 });
  const Eigen::MatrixXd taken_off = -coefficients;
  TriangularFactor left(count);
  sim::add_blocks(
      rows_.blocks().count(), threads,
      [&](std::int64_t block) {
        auto rows = part(block);
        rows_.add_combination(block, transposed_view(taken_off), rows);
        return TriangularFactor::of(
            Eigen::Map<const Eigen::MatrixXd>(rows.data_ptr<double>(), rows.size(1), count));
      },
      left);
  const Eigen::VectorXd norms =
      (coefficients.colwise().squaredNorm() + left.matrix().colwise().squaredNorm())
          .cwiseSqrt()
          .transpose();
  const auto columns = independent_columns(left.matrix(), norms, tolerance);
  largest_dropped_ = std::max(largest_dropped_, columns.largest_dropped);
  const auto added = add(vectors, first, columns, threads);
  const auto more = static_cast<Eigen::Index>(columns.kept.size());
  coefficients += added.along * columns.coefficients;
  coefficients.conservativeResize(known + more, Eigen::NoChange);
  coefficients.bottomRows(more) = added.factor * columns.coefficients;
  return {std::move(coefficients), columns.kept};
}

OrthonormalRows::Added OrthonormalRows::add(const sim::BlockedLayer& left, std::int64_t first,
                                            const IndependentColumns& columns, int threads) {
  const std::int64_t known = rows_.rows();
  const auto more = static_cast<std::int64_t>(columns.kept.size());
  if (more == 0) return {Eigen::MatrixXd::Zero(known, 0), Eigen::MatrixXd(0, 0)};
  rows_.grow(more);
  Eigen::MatrixXd from_left = Eigen::MatrixXd::Zero(columns.coefficients.cols(), more);
  from_left(columns.kept, Eigen::all) = columns.from_kept;
  Added added;
  const auto written = [&](std::int64_t block) {
    auto rows =
        at::mm(transposed_view(from_left), left.block(block).narrow(0, first, from_left.rows()));
    rows_.write(block, known, rows);
    return rows;
  };
  if (known == 0) {
    sim::for_each_block(rows_.blocks().count(), threads, written);
    added.along = Eigen::MatrixXd::Zero(0, more);
  } else {
    added.along = sum_of_products(rows_.blocks(), known, more, threads,
                                  [&](std::int64_t block, at::Tensor& products) {
                                    rows_.add_products(block, written(block), products);
                                  });
  }
  const Eigen::MatrixXd taken_off = -added.along;
  const Eigen::MatrixXd gram = sum_of_products(
      rows_.blocks(), more, more, threads, [&](std::int64_t block, at::Tensor& products) {
        auto rows = rows_.read(block, known, more);
        rows_.add_combination(block, transposed_view(taken_off), rows);
        rows_.write(block, known, rows);
        products.addmm_(rows, rows.t());
      });
  const Eigen::LLT<Eigen::MatrixXd> factored(gram);
  const Eigen::MatrixXd lower = factored.matrixL();
  const Eigen::MatrixXd inverse_transposed =
      lower.triangularView<Eigen::Lower>().solve(Eigen::MatrixXd::Identity(more, more)).transpose();
  sim::for_each_block(rows_.blocks().count(), threads, [&](std::int64_t block) {
    rows_.write(block, known,
                at::mm(transposed_view(inverse_transposed), rows_.read(block, known, more)));
  });
  added.factor = lower.transpose();
  return added;
}

}  // namespace wideproof::train
