// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/row_quantiles.hpp>

#include <gtest/gtest.h>
#include <torch/types.h>

#include "some_training.hpp"

namespace wideproof::train {
namespace {

/// Rows that are normal, and rows that no bracket for normal ones holds: shifted, of two values, of
/// one, 0.
at::Tensor all_kinds_of_rows(std::int64_t width, at::ScalarType dtype) {
  auto rows = sim::to_tensor(testing::some_field(8, width), at::kDouble);
  rows[1].mul_(1e-20);
  rows[2].add_(50);
  rows[3].sign_();
  rows[4].fill_(-3);
  rows[5].zero_();
  rows[6].abs_().neg_();
  rows[7].pow_(5);
  return rows.to(dtype);
}

TEST(RowQuantiles, AreThoseOfTheLayersActivation) {
  for (const double f : {0.02, 0.3, 0.5, 0.9}) {
    const sim::LayerActivation activation({.network = model::Network({.active_fraction = f})});
    for (const std::int64_t width : {1, 2, 11, 401, 1024}) {
      for (const auto dtype : {at::kFloat, at::kDouble}) {
        // Rows that do not follow each other, as those of a wider buffer.
        const auto all = torch::zeros({8, width + 3}, dtype);
        const auto h = all.narrow(1, 2, width);
        h.copy_(all_kinds_of_rows(width, dtype));
        const auto truth = activation.threshold(h, 1);
        const auto difference = (row_quantiles(activation, h) - truth).abs();
        const double rounding = dtype == at::kFloat ? 3e-7 : 6e-16;  // of three operations
        EXPECT_TRUE((difference <= rounding * truth.abs()).all().item<bool>()) << f << ' ' << width;
      }
    }
  }
}

}  // namespace
}  // namespace wideproof::train
