// SPDX-License-Identifier: MIT
#include <wideproof/sim/tangent/stored_gradients.hpp>

#include <cstddef>
#include <utility>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/mul.h>

#include <wideproof/sim/numeric/ordered_blocks.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>

namespace wideproof::sim {

StoredGradients::StoredGradients(const GradientRows& rows, LayerPool& pool, int threads,
                                 const WriteBlock& write)
    : rows_(rows), pool_(pool), threads_(threads) {
  for (std::int64_t probe = 0; probe < rows_.full; ++probe) full_.push_back(pool_.take());
  if (rows_.has_own) row_ = at::empty({blocks().width()}, pool_.dtype());
  for_each_block(blocks().count(), threads_, [&](std::int64_t b) {
    auto all = at::empty({rows_.count(), blocks().size(b)}, pool_.dtype());
    write(b, all);
    for (std::int64_t probe = 0; probe < rows_.full; ++probe) {
      block(probe, b).copy_(all.narrow(0, rows_.first(probe), rows_.inputs));
    }
    if (rows_.has_own) {
      row_.narrow(0, blocks().first(b), all.size(1)).copy_(all[rows_.count() - 1]);
    }
  });
}

StoredGradients::~StoredGradients() {
  for (auto& layer : full_) pool_.give_back(std::move(layer));
}

void StoredGradients::filter(const std::function<at::Tensor(const at::Tensor&)>& filter) {
  for_each_block(rows_.full * rows_.inputs, threads_, [&](std::int64_t row) {
    auto& layer = full_[static_cast<std::size_t>(row / rows_.inputs)];
    layer.set_row(row % rows_.inputs, filter(layer.row(row % rows_.inputs)));
  });
  if (rows_.has_own) row_ = filter(row_);
}

void StoredGradients::activate(const std::function<at::Tensor(std::int64_t block)>& slopes) {
  if (rows_.has_own) full_.push_back(pool_.take());
  for_each_block(blocks().count(), threads_, [&](std::int64_t b) {
    const auto of_block = slopes(b);
    for (std::int64_t probe = 0; probe < rows_.full; ++probe) block(probe, b).mul_(of_block);
    if (!rows_.has_own) return;
    auto out = block(rows_.full, b);
    at::mul_out(out, of_block, row_.narrow(0, blocks().first(b), out.size(1)));
  });
  rows_.full += rows_.has_own ? 1 : 0;
  rows_.has_own = false;
}

void StoredGradients::add_row(
    const std::function<void(std::int64_t block, at::Tensor out)>& write) {
  row_ = at::empty({blocks().width()}, pool_.dtype());
  for_each_block(blocks().count(), threads_, [&](std::int64_t b) {
    write(b, row_.narrow(0, blocks().first(b), blocks().size(b)));
  });
  rows_.has_own = true;
}

Eigen::ArrayXXd StoredGradients::sums() const {
  Eigen::ArrayXXd sums = Eigen::ArrayXXd::Zero(rows_.inputs, rows_.full);
  add_blocks(
      blocks().count(), threads_,
      [&](std::int64_t b) {
        Eigen::ArrayXXd of_block(rows_.inputs, rows_.full);
        for (std::int64_t probe = 0; probe < rows_.full; ++probe) {
          of_block.col(probe) = to_array(block(probe, b).sum(-1, /*keepdim=*/false, at::kDouble));
        }
        return of_block;
      },
      sums);
  return sums;
}

void StoredGradients::read(std::int64_t b, at::Tensor out) const {
  for (std::int64_t probe = 0; probe < rows_.full; ++probe) {
    out.narrow(0, rows_.first(probe), rows_.inputs).copy_(block(probe, b));
  }
  if (rows_.has_own) {
    out[rows_.count() - 1].copy_(row_.narrow(0, blocks().first(b), out.size(1)));
  }
}

}  // namespace wideproof::sim
