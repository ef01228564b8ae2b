// SPDX-License-Identifier: MIT
#include <wideproof/sim/random/philox.hpp>

#include <array>
#include <random>
#include <set>
#include <stdexcept>
#include <vector>

#include <gmock/gmock.h>
#include <boost/random/uniform_int_distribution.hpp>

#include <Random123/philox.h>

namespace wideproof::sim {
namespace {

using Counter = r123::Philox4x32::ctr_type;
using Key = r123::Philox4x32::key_type;

static_assert(std::uniform_random_bit_generator<Philox>);

std::vector<std::uint32_t> words(const StreamName& name, int count) {
  Philox philox(name);
  std::vector<std::uint32_t> result;
  for (int i = 0; i < count; ++i) result.push_back(philox());
  return result;
}

/// The counter's last three words and the key of Random123's third vector, digits of π.
StreamName pi_name() {
  return {.seed = 0x299f31d0a4093822,
          .purpose = Purpose{0x03},
          .width = 0x13198a2e,
          .replicate = 0x85a308d3,
          .layer = 0x707344};
}

// The vectors are those of Random123's kat_vectors, "philox 4x32 10".
TEST(Philox, TheGeneratorBelowItGivesTheKnownAnswers) {
  const std::uint32_t ones = 0xffffffff;
  const r123::Philox4x32 generator;
  EXPECT_EQ(generator(Counter{{0, 0, 0, 0}}, Key{{0, 0}}),
            (Counter{{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}}));
  EXPECT_EQ(generator(Counter{{ones, ones, ones, ones}}, Key{{ones, ones}}),
            (Counter{{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}}));
  EXPECT_EQ(generator(Counter{{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}},
                      Key{{0xa4093822, 0x299f31d0}}),
            (Counter{{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}));
}

TEST(Philox, StartsWithTheKnownAnswerOfTheZeroCounterAndKey) {
  EXPECT_THAT(words({.purpose = Purpose{0}}, 4),
              ::testing::ElementsAre(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8));
}

TEST(Philox, CountsBlocksInTheFirstCounterWordAndNamesTheStreamInTheOthers) {
  constexpr std::uint32_t blocks = 50;  // more than one refill
  const auto stream = words(pi_name(), 4 * blocks);
  const r123::Philox4x32 generator;
  for (std::uint32_t block = 0; block < blocks; ++block) {
    const auto expected = generator(Counter{{block, 0x85a308d3, 0x13198a2e, 0x03707344}},
                                    Key{{0xa4093822, 0x299f31d0}});
    for (std::uint32_t i = 0; i < 4; ++i) EXPECT_EQ(stream[4 * block + i], expected[i]);
  }
}

TEST(Philox, RepeatsForTheSameName) {
  EXPECT_EQ(words(pi_name(), 100), words(pi_name(), 100));
}

TEST(Philox, EveryPartOfTheNameMakesAnotherStream) {
  const StreamName base{.seed = 1, .width = 2, .replicate = 3, .layer = 4};
  std::vector<StreamName> names(7, base);
  names[1].seed = 2;
  names[2].seed |= std::uint64_t{1} << 40;
  names[3].purpose = Purpose::biases;
  names[4].width = 5;
  names[5].replicate = 6;
  names[6].layer = 7;
  std::set<std::uint32_t> seen;
  for (const auto& name : names) {
    for (const auto word : words(name, 16)) seen.insert(word);
  }
  // Of 112 independent 32-bit words two agree with a chance of 1.4e-6.
  EXPECT_EQ(seen.size(), 7 * 16);
}

TEST(Philox, RefusesALayerThatDoesNotFitTheCounter) {
  EXPECT_NO_THROW(Philox({.layer = (1U << 24) - 1}));
  EXPECT_THROW(Philox({.layer = 1U << 24}), std::logic_error);
}

TEST(Philox, DrivesTheDistributionsOfBoostAndTheStandard) {
  Philox philox(pi_name());
  boost::random::uniform_int_distribution<int> die(1, 6);
  std::uniform_int_distribution<int> coin(0, 1);
  std::set<int> faces;
  std::set<int> sides;
  // One face is missing after 200 throws with a chance below 6 (5/6)^200 = 1e-15.
  for (int i = 0; i < 200; ++i) {
    faces.insert(die(philox));
    sides.insert(coin(philox));
  }
  EXPECT_EQ(faces, (std::set{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(sides, (std::set{0, 1}));
}

}  // namespace
}  // namespace wideproof::sim
