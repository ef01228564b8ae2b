// SPDX-License-Identifier: MIT
#include <wideproof/sim/ensembles/centred_halves.hpp>

#include <algorithm>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/sub.h>
#include <ATen/ops/zeros.h>

#include <wideproof/sim/ensembles/sample_gram.hpp>
#include <wideproof/sim/numeric/matrix_product.hpp>
#include <wideproof/sim/numeric/ordered_blocks.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>

namespace wideproof::sim {
namespace {

constexpr std::int64_t numbers_at_once = std::int64_t{1} << 17;

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

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
      threads_(threads),
      centred_(scratch.defined() ? scratch : at::empty(activations.sizes(), activations.options())),
      members_(at::zeros({2 * half_, 2 * blocks_}, activations.options())) {
  for (std::int64_t b = 0; b < 2 * blocks_; ++b) {
    const std::int64_t first = b / blocks_ * half_ + begin(b % blocks_);
    members_.narrow(0, first, size(b % blocks_)).narrow(1, b, 1).fill_(1);
  }
  centre(activations);
}

void CentredHalves::centre(const at::Tensor& activations) {
  const std::int64_t width = activations.size(0);
  const auto rows = std::clamp<std::int64_t>(numbers_at_once / activations.size(1), 1, width);
  Sums sums{Eigen::ArrayXXd::Zero(half_, 2), Eigen::ArrayXXd::Zero(blocks_, 2)};
  add_blocks((width + rows - 1) / rows, threads_,
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

TracePair CentredHalves::traces_without(std::int64_t block) const {
  Eigen::Array2d kept = squares_.colwise().sum();
  auto left = static_cast<double>(half_);
  if (block >= 0) {
    left -= static_cast<double>(size(block));
    // The samples kept add up to minus those left out: the mean moves by that over `left`.
    kept -= squares_.middleRows(begin(block), size(block)).colwise().sum().transpose() +
            block_norms_.row(block).transpose() / left;
  }
  return {kept(0) / (left - 1), kept(1) / (left - 1), 0.0};
}

std::vector<TracePair> CentredHalves::by_samples() const {
  const auto gram =
      sample_gram(centred_.narrow(1, 0, half_), centred_.narrow(1, half_, half_), threads_);
  const Eigen::Map<const RowMajor> g(gram.data_ptr<double>(), half_, half_);
  Eigen::MatrixXd row_sums(half_, blocks_), column_sums(half_, blocks_);
  Eigen::MatrixXd sums(blocks_, blocks_), squares(blocks_, blocks_);
  for (std::int64_t b = 0; b < blocks_; ++b) {
    row_sums.col(b) = g.middleCols(begin(b), size(b)).rowwise().sum();
    column_sums.col(b) = g.middleRows(begin(b), size(b)).colwise().sum().transpose();
    for (std::int64_t c = 0; c < blocks_; ++c) {
      const auto part = g.block(begin(b), begin(c), size(b), size(c));
      sums(b, c) = part.sum();
      squares(b, c) = part.squaredNorm();
    }
  }
  std::vector<TracePair> traces;
  for (std::int64_t block = -1; block < blocks_; ++block) {
    auto& pair = traces.emplace_back(traces_without(block));
    double kept = squares.sum();
    auto left = static_cast<double>(half_);
    if (block >= 0) {
      // Rows and columns of G add up to zero, so those kept to minus those left out. The kept part
      // is centred: means of rows and of columns off, that of all on.
      left -= static_cast<double>(size(block));
      const auto without = [&](const Eigen::MatrixXd& of) {
        return of.col(block).squaredNorm() -
               of.col(block).segment(begin(block), size(block)).squaredNorm();
      };
      kept -= squares.row(block).sum() + squares.col(block).sum() - squares(block, block) +
              (without(row_sums) + without(column_sums)) / left -
              squared(sums(block, block) / left);
    }
    pair.product = kept / squared(left - 1);
  }
  return traces;
}

at::Tensor CentredHalves::samples_of(std::int64_t half, std::int64_t block) const {
  const auto first = half * half_ + (block < 0 ? 0 : begin(block));
  return centred_.narrow(1, first, block < 0 ? half_ : size(block)).t().contiguous();
}

Eigen::MatrixXd CentredHalves::products_without(std::int64_t half, std::int64_t block,
                                                const Eigen::MatrixXd& all) const {
  const auto samples = samples_of(half, block);
  const auto left = static_cast<double>(half_ - size(block));
  const Eigen::VectorXd sum = to_array(samples.sum(0).to(at::kDouble)).matrix();
  return all - to_matrix(sample_gram(samples, threads_)) - sum * sum.transpose() / left;
}

std::vector<TracePair> CentredHalves::by_neurons() const {
  std::vector<TracePair> traces;
  const Eigen::MatrixXd first = to_matrix(sample_gram(samples_of(0, -1), threads_));
  const Eigen::MatrixXd second = to_matrix(sample_gram(samples_of(1, -1), threads_));
  traces.push_back(traces_without(-1));
  traces[0].product = first.cwiseProduct(second).sum() / squared(static_cast<double>(half_ - 1));
  for (std::int64_t block = 0; block < blocks_; ++block) {
    auto& pair = traces.emplace_back(traces_without(block));
    const Eigen::MatrixXd kept = products_without(0, block, first);
    pair.product = kept.cwiseProduct(products_without(1, block, second)).sum() /
                   squared(static_cast<double>(half_ - size(block) - 1));
  }
  return traces;
}

}  // namespace wideproof::sim
