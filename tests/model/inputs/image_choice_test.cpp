// SPDX-License-Identifier: MIT
#include <wideproof/model/inputs/image_choice.hpp>

#include <gmock/gmock.h>

#include <algorithm>
#include <map>

#include "input_files.hpp"

namespace wideproof::model {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsSubsetOf;
using testing::SizeIs;

using Indices = std::vector<std::int64_t>;

InputSpec idx_spec() {
  InputSpec spec;
  spec.source = InputSpec::Source::idx;
  spec.images = "images";
  return spec;
}

//                     0  1  2  3  4  5  6  7  8  9
const Indices labels = {2, 0, 1, 1, 0, 2, 1, 0, 2, 1};

TEST(ChooseImages, TakesAllInFileOrderWhenNothingIsAsked) {
  EXPECT_THAT(choose_images(idx_spec(), 4, {}), ElementsAre(0, 1, 2, 3));
}

TEST(ChooseImages, DrawsCountImagesInFileOrder) {
  auto spec = idx_spec();
  spec.count = 20;
  spec.seed = 5;
  const Indices chosen = choose_images(spec, 1000, {});
  EXPECT_THAT(chosen, SizeIs(20));
  EXPECT_TRUE(std::adjacent_find(chosen.begin(), chosen.end(), std::greater_equal<>()) ==
              chosen.end());
  EXPECT_GE(chosen.front(), 0);
  EXPECT_LT(chosen.back(), 1000);
}

TEST(ChooseImages, DependsOnTheSeedAlone) {
  auto spec = idx_spec();
  spec.count = 10;
  spec.seed = 3;
  const Indices chosen = choose_images(spec, 1000, {});
  EXPECT_EQ(choose_images(spec, 1000, {}), chosen);
  spec.seed = 4;
  EXPECT_NE(choose_images(spec, 1000, {}), chosen);
}

TEST(ChooseImages, DrawsTheSameOnEveryMachine) {
  auto spec = idx_spec();
  spec.count = 5;
  spec.seed = 20240108;
  EXPECT_THAT(choose_images(spec, 10000, {}), ElementsAre(278, 354, 4327, 4808, 7804));
}

TEST(ChooseImages, DrawsFromAnImmenseFileWithoutListingIt) {
  auto spec = idx_spec();
  spec.count = 3;
  EXPECT_THAT(choose_images(spec, std::int64_t{1} << 40, {}), SizeIs(3));
}

TEST(ChooseImages, TakesEveryImageOfTheClassesInFileOrder) {
  auto spec = idx_spec();
  spec.classes = {2, 0};
  EXPECT_THAT(choose_images(spec, 10, labels), ElementsAre(0, 1, 4, 5, 7, 8));
}

TEST(ChooseImages, DrawsCountImagesOfTheClasses) {
  auto spec = idx_spec();
  spec.classes = {1};
  spec.count = 3;
  const Indices chosen = choose_images(spec, 10, labels);
  EXPECT_THAT(chosen, SizeIs(3));
  EXPECT_THAT(chosen, IsSubsetOf({2, 3, 6, 9}));
}

TEST(ChooseImages, OrdersPerClassByClassAsListedThenByFile) {
  auto spec = idx_spec();
  spec.per_class = 3;
  EXPECT_THAT(choose_images(spec, 8, {0, 1, 1, 0, 1, 0, 0, 1}).size(), 6U);
  spec.classes = {2, 0};
  EXPECT_THAT(choose_images(spec, 10, labels), ElementsAre(0, 5, 8, 1, 4, 7));
  spec.classes = {};
  const Indices chosen = choose_images(spec, 10, labels);
  EXPECT_THAT(Indices(chosen.begin(), chosen.begin() + 3), ElementsAre(1, 4, 7));
  EXPECT_THAT(Indices(chosen.begin() + 3, chosen.begin() + 6), IsSubsetOf({2, 3, 6, 9}));
  EXPECT_THAT(Indices(chosen.begin() + 6, chosen.end()), ElementsAre(0, 5, 8));
}

/// χ² of the counts of `outcome(seed)` over 20000 seeds against ten outcomes equally likely.
template <class Outcome>
double chi_square(Outcome outcome) {
  constexpr int draws = 20000;
  constexpr int cells = 10;
  std::map<Indices, int> counts;
  auto spec = idx_spec();
  spec.count = 2;
  for (int seed = 0; seed < draws; ++seed) {
    spec.seed = static_cast<std::uint64_t>(seed);
    ++counts[outcome(choose_images(spec, 5, {}))];
  }
  const double expected = static_cast<double>(draws) / cells;
  double sum = expected * (cells - static_cast<double>(counts.size()));
  for (const auto& [cell, count] : counts)
    sum += (count - expected) * (count - expected) / expected;
  return sum;
}

// χ² of nine degrees of freedom exceeds this with probability 1e-6.
constexpr double rejection_chi_square = 44.811;

TEST(ChooseImages, EverySubsetIsEquallyLikely) {
  EXPECT_LT(chi_square([](const Indices& pair) { return pair; }), rejection_chi_square);
}

TEST(ChooseImages, TheTestOfEquallyLikelySubsetsRejectsAShiftedDraw) {
  EXPECT_GT(chi_square([](const Indices& pair) {
              return pair == Indices{0, 1} ? Indices{0, 2} : pair;
            }),
            rejection_chi_square);
}

TEST(ChooseImages, NamesHowManyImagesThereAre) {
  auto spec = idx_spec();
  spec.count = 11;
  EXPECT_EQ(refusal([&] { choose_images(spec, 10, {}); }),
            "inputs.count = 11: the file holds only 10 images");
  spec.classes = {0, 2};
  EXPECT_EQ(refusal([&] { choose_images(spec, 10, labels); }),
            "inputs.count = 11: the file holds only 6 images of these classes");
  spec.count = 0;
  spec.per_class = 4;
  EXPECT_EQ(refusal([&] { choose_images(spec, 10, labels); }),
            "inputs.per_class = 4: class 0 has only 3 images");
}

TEST(ChooseImages, NamesAClassThatNoImageHas) {
  auto spec = idx_spec();
  spec.classes = {1, 7};
  EXPECT_EQ(refusal([&] { choose_images(spec, 10, labels); }),
            "inputs.classes = [1, 7]: no image has the label 7; the labels run from 0 to 2");
}

TEST(ChooseImages, RefusesMoreThanAnExperimentTakes) {
  auto spec = idx_spec();
  EXPECT_THAT(refusal([&] { choose_images(spec, std::int64_t{1} << 40, {}); }),
              HasSubstr("all 1099511627776 images are more than the 100000"));
  EXPECT_THAT(refusal([&] { choose_images(spec, 100001, Indices(100001, 1)); }),
              HasSubstr("all 100001 images"));
  spec.per_class = 50001;
  Indices two_classes(100002, 0);
  std::fill(two_classes.begin() + 50001, two_classes.end(), 1);
  EXPECT_THAT(refusal([&] { choose_images(spec, 100002, two_classes); }),
              HasSubstr("of 2 classes make more than the 100000"));
}

}  // namespace
}  // namespace wideproof::model
