// SPDX-License-Identifier: MIT
#include <wideproof/sim/ensembles/centred_halves.hpp>

#include <algorithm>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/sub.h>
#include <ATen/ops/zeros.h>

#include <wideproof/sim/numeric/matrix_product.hpp>
#include <wideproof/sim/numeric/ordered_blocks.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>

namespace wideproof::sim {
namespace {

/// Rows of G: a quarter of them, but fewer than this multiply slowly.
constexpr std::int64_t least_rows_of_gram = 128;

constexpr std::int64_t numbers_at_once = std::int64_t{1} << 17;

double squared(double x) {
  return x * x;
}

}  // namespace

/// Over some neurons.
struct CentredHalves::Sums {
  Eigen::ArrayXXd squares;
  Eigen::ArrayXXd block_norms;
  double diagonal = 0.0;

  Sums& operator+=(const Sums& other) {
    squares += other.squares;
    block_norms += other.block_norms;
    diagonal += other.diagonal;
    return *this;
  }
};

CentredHalves::CentredHalves(const at::Tensor& activations, int threads, const at::Tensor& scratch)
    : half_(activations.size(1) / 2),
      blocks_(std::min(most_blocks, half_)),
      centred_(scratch.defined() ? scratch : at::empty(activations.sizes(), activations.options())),
      members_(at::zeros({2 * half_, 2 * blocks_}, activations.options())) {
  for (std::int64_t b = 0; b < 2 * blocks_; ++b) {
    const std::int64_t first = b / blocks_ * half_ + begin(b % blocks_);
    members_.narrow(0, first, size(b % blocks_)).narrow(1, b, 1).fill_(1);
  }
  centre(activations, threads);
  multiply_halves(threads);
}

void CentredHalves::centre(const at::Tensor& activations, int threads) {
  const std::int64_t width = activations.size(0);
  const auto rows = std::clamp<std::int64_t>(numbers_at_once / activations.size(1), 1, width);
  Sums sums{Eigen::ArrayXXd::Zero(half_, 2), Eigen::ArrayXXd::Zero(blocks_, 2)};
  add_blocks((width + rows - 1) / rows, threads,
             [&](std::int64_t part) {
               return centre_rows(activations, part * rows, std::min(rows, width - part * rows));
             },
             sums);
  squares_ = sums.squares;
  block_norms_ = sums.block_norms;
  diagonal_ = sums.diagonal / squared(static_cast<double>(half_ - 1));
}

CentredHalves::Sums CentredHalves::centre_rows(const at::Tensor& activations, std::int64_t first,
                                               std::int64_t count) {
  const auto z = activations.narrow(0, first, count).unflatten(1, {2, half_});
  auto x = centred_.narrow(0, first, count).view({count, 2, half_});
  at::sub_out(x, z, z.mean(2, /*keepdim=*/true));
  const auto squares = x.square();
  const auto variances = squares.sum(2).to(at::kDouble);
  Sums sums{to_matrix(squares.sum(0).to(at::kDouble).t()).array(),
            {},
            (variances.select(1, 0) * variances.select(1, 1)).sum().item<double>()};
  // Sums over each block of each half, by a product with ones.
  auto block_sums = at::empty({count, 2 * blocks_}, x.options());
  multiply(centred_.narrow(0, first, count), members_, block_sums);
  const auto norms = block_sums.to(at::kDouble).square().sum(0);
  sums.block_norms = to_array(norms).reshaped(blocks_, 2);
  return sums;
}

void CentredHalves::multiply_halves(int threads) {
  gram_sums_ = gram_squares_ = row_squares_ = column_squares_ =
      Eigen::MatrixXd::Zero(blocks_, blocks_);
  const auto second = centred_.narrow(1, half_, half_);
  const std::int64_t at_once =
      std::max<std::int64_t>(least_rows_of_gram / size(0), (blocks_ + 3) / 4);
  for_each_block((blocks_ + at_once - 1) / at_once, threads, [&](std::int64_t part) {
    const std::int64_t end = std::min((part + 1) * at_once, blocks_);
    const std::int64_t first = begin(part * at_once);
    auto gram = at::empty({begin(end) - first, half_}, centred_.options());
    multiply_transposed(centred_.narrow(1, first, gram.size(0)), second, gram);
    for (std::int64_t b = part * at_once; b < end; ++b) {
      const Eigen::MatrixXd rows =
          to_matrix(gram.narrow(0, begin(b) - first, size(b)).to(at::kDouble));
      for (std::int64_t c = 0; c < blocks_; ++c) {
        const auto tile = rows.middleCols(begin(c), size(c));
        gram_sums_(b, c) = tile.sum();
        gram_squares_(b, c) = tile.squaredNorm();
        row_squares_(b, c) = tile.rowwise().sum().squaredNorm();
        column_squares_(b, c) = tile.colwise().sum().squaredNorm();
      }
    }
  });
}

std::int64_t CentredHalves::left(std::int64_t without) const {
  return without == none ? half_ : half_ - size(without);
}

double CentredHalves::trace(std::int64_t half, std::int64_t without) const {
  const auto kept = static_cast<double>(left(without));
  double squares = squares_.col(half).sum();
  if (without != none) {
    // The samples kept add up to minus those left out: their mean is that over their number.
    squares -= squares_.col(half).segment(begin(without), size(without)).sum() +
               block_norms_(without, half) / kept;
  }
  return squares / (kept - 1);
}

double CentredHalves::product(std::int64_t first, std::int64_t second) const {
  const auto rows = static_cast<double>(left(first));
  const auto columns = static_cast<double>(left(second));
  double squares = gram_squares_.sum();
  // Rows and columns of G add up to zero, so those kept to minus those left out. What is kept is
  // centred: means of rows and of columns off, the mean of all on.
  if (first != none) {
    squares -= gram_squares_.row(first).sum() + column_squares_.row(first).sum() / rows;
  }
  if (second != none) {
    squares -= gram_squares_.col(second).sum() + row_squares_.col(second).sum() / columns;
  }
  if (first != none && second != none) {
    squares += gram_squares_(first, second) + row_squares_(first, second) / columns +
               column_squares_(first, second) / rows +
               squared(gram_sums_(first, second)) / (rows * columns);
  }
  return squares / ((rows - 1) * (columns - 1));
}

}  // namespace wideproof::sim
