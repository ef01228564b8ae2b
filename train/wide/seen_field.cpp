// SPDX-License-Identifier: MIT
#include <wideproof/train/wide/seen_field.hpp>

#include <algorithm>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>

#include <wideproof/sim/numeric/ordered_blocks.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>
#include <wideproof/train/wide/neuron_products.hpp>

namespace wideproof::train {
namespace {

/// Vectors that are shown at a time: with more, making them orthonormal among themselves would
/// outweigh the rest.
constexpr std::int64_t vectors_at_once = 64;

/// Normals of one vector in a stream: a multiple of what the generator draws at once.
std::int64_t normals_of_vector(std::int64_t width) {
  return (width + 63) / 64 * 64;
}

}  // namespace

SeenField::SeenField(const sim::NetworkId& id, std::int64_t layer, const sim::NeuronBlocks& blocks)
    : right_{OrthonormalRows(blocks), GrowingRows(blocks),
             sim::NormalStream(stream_name(id, sim::Purpose::forward_training, layer))},
      left_{OrthonormalRows(blocks), GrowingRows(blocks),
            sim::NormalStream(stream_name(id, sim::Purpose::backward_training, layer))} {}

Eigen::MatrixXd SeenField::see(Side side, sim::BlockedLayer& vectors, int threads) {
  auto& of_side = known(side);
  const std::int64_t count = vectors.blocks().inputs();
  Eigen::MatrixXd coefficients(of_side.basis.count(), 0);
  for (std::int64_t first = 0; first < count; first += vectors_at_once) {
    const std::int64_t size = std::min(vectors_at_once, count - first);
    const std::int64_t before = of_side.basis.count();
    auto extension = of_side.basis.extend(vectors, first, size, threads);
    draw_images(side, before, extension.added, threads);
    of_side.shown += size;
    Eigen::MatrixXd all = Eigen::MatrixXd::Zero(of_side.basis.count(), first + size);
    all.topLeftCorner(before, first) = coefficients;
    all.rightCols(size) = extension.coefficients;
    coefficients = std::move(all);
  }
  return coefficients;
}

void SeenField::draw_normals(const Known& of, std::int64_t block,
                             const std::vector<Eigen::Index>& added, at::Tensor& out) const {
  const std::int64_t length = normals_of_vector(blocks().width());
  for (std::size_t i = 0; i < added.size(); ++i) {
    draw_into(of.stream, (of.shown + added[i]) * length + blocks().first(block),
              out[static_cast<std::int64_t>(i)]);
  }
}

void SeenField::draw_images(Side side, std::int64_t first, const std::vector<Eigen::Index>& added,
                            int threads) {
  auto& of_side = known(side);
  const auto& other = beyond(side);
  const auto count = static_cast<std::int64_t>(added.size());
  if (count == 0) return;
  of_side.images.grow(count);
  const auto drawn = [&](std::int64_t block) {
    auto normals = at::empty({count, blocks().size(block)}, at::kDouble);
    draw_normals(of_side, block, added, normals);
    of_side.images.write(block, first, normals);
    return normals;
  };
  const std::int64_t seen = other.basis.count();
  if (seen == 0) {
    sim::for_each_block(blocks().count(), threads, drawn);
    return;
  }
  const Eigen::MatrixXd missing = sum_of_products(
      blocks(), seen, count, threads, [&](std::int64_t block, at::Tensor& products) {
        other.basis.rows().add_products(block, drawn(block).neg_(), products);
        other.images.add_products(block, of_side.basis.rows().read(block, first, count), products);
      });
  sim::for_each_block(blocks().count(), threads, [&](std::int64_t block) {
    auto images = of_side.images.read(block, first, count);
    other.basis.rows().add_combination(block, transposed_view(missing), images);
    of_side.images.write(block, first, images);
  });
}

void SeenField::multiply(Side side, const Eigen::MatrixXd& coefficients, double scale,
                         sim::BlockedLayer& out, int threads) const {
  const Eigen::MatrixXd of_images = scale * coefficients;
  Eigen::MatrixXd of_basis(0, coefficients.cols());
  if (learnt_.size() > 0) {
    // Of vectors newer than what was learnt last, what is learnt knows nothing.
    if (side == Side::right) {
      of_basis = learnt_ * of_images.topRows(learnt_.cols());
    } else {
      of_basis = learnt_.transpose() * of_images.topRows(learnt_.rows());
    }
  }
  sim::for_each_block(blocks().count(), threads, [&](std::int64_t block) {
    auto rows = out.block(block);
    rows.zero_();
    known(side).images.add_combination(block, transposed_view(of_images), rows);
    beyond(side).basis.rows().add_combination(block, transposed_view(of_basis), rows);
  });
}

void SeenField::learn(const Eigen::MatrixXd& left, const Eigen::MatrixXd& right) {
  Eigen::MatrixXd learnt = left * right.transpose();
  learnt.topLeftCorner(learnt_.rows(), learnt_.cols()) += learnt_;
  learnt_ = std::move(learnt);
}

double SeenField::largest_dropped() const {
  return std::max(right_.basis.largest_dropped(), left_.basis.largest_dropped());
}

}  // namespace wideproof::train
