// SPDX-License-Identifier: MIT
#include <wideproof/train/regularizers/dropout_masks.hpp>

#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>
#include <torch/types.h>

namespace wideproof::train {
namespace {

constexpr sim::NetworkId some_network{.seed = 3, .width = 200, .replicate = 1};
const std::vector<std::int64_t> some_widths = {200, 130};
constexpr std::int64_t batch = 64;

at::Tensor mask_of(const DropoutMasks& masks, std::int64_t step, std::size_t layer,
                   at::ScalarType dtype = at::kDouble) {
  const auto mask = torch::empty({batch, some_widths[layer]}, dtype);
  masks.draw(step, layer, 0, mask);
  return mask;
}

TEST(DropoutMasks, KeepTheMeanAndDropAtTheirChance) {
  for (const double chance : {0.0, 0.2, 0.9}) {
    const DropoutMasks masks(some_network, chance, some_widths, batch);
    const auto mask = mask_of(masks, 5, 0);
    const auto is_dropped = mask == 0;
    EXPECT_TRUE((is_dropped | (mask == 1 / (1 - chance))).all().item<bool>());
    // Of 12,800 fair draws; five standard errors, a chance of 6e-7.
    const double share = is_dropped.to(at::kDouble).mean().item<double>();
    EXPECT_NEAR(share, chance, 5 * std::sqrt(chance * (1 - chance) / (200. * batch)));
  }
}

TEST(DropoutMasks, AreTheirNames) {
  const DropoutMasks masks(some_network, 0.5, some_widths, batch);
  const auto mask = mask_of(masks, 7, 1);
  const auto part = torch::empty({3, 130}, at::kDouble);
  masks.draw(7, 1, 20, part);
  EXPECT_TRUE(part.equal(mask.narrow(0, 20, 3)));
  EXPECT_TRUE(mask.equal(mask_of(DropoutMasks(some_network, 0.5, some_widths, batch), 7, 1)));
  EXPECT_TRUE(mask_of(masks, 7, 1, at::kFloat).equal(mask.to(at::kFloat)));
}

TEST(DropoutMasks, DifferByStepLayerPlaceAndNetwork) {
  const DropoutMasks masks(some_network, 0.5, some_widths, batch);
  const auto mask = mask_of(masks, 7, 1);
  // Masks of one name agree everywhere, others at half of 8,320 places; five standard errors.
  const auto expect_other = [&](const at::Tensor& other) {
    EXPECT_NEAR((mask == other).to(at::kDouble).mean().item<double>(), .5, .0275);
  };
  expect_other(mask_of(masks, 8, 1));
  expect_other(mask_of(masks, std::int64_t{1} << 40, 1));
  expect_other(mask_of(masks, 7, 0).narrow(1, 0, 130));
  expect_other(mask.roll(1, 0));
  auto other = some_network;
  other.replicate = 2;
  expect_other(mask_of(DropoutMasks(other, 0.5, some_widths, batch), 7, 1));
}

}  // namespace
}  // namespace wideproof::train
