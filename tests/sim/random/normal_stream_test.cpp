// SPDX-License-Identifier: MIT
#include <wideproof/sim/random/normal_stream.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <random>
#include <stdexcept>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <Random123/philox.h>

#include <wideproof/sim/random/normal_groups.hpp>

namespace wideproof::sim {
namespace {

constexpr std::uint32_t last_group = 0xFFFFFFE0;
constexpr int error_bound = 5;  // units in the last place, as NormalStream's comment has it

using Words = std::array<std::uint32_t, words_in_group>;
template <class Real>
using Normals = std::array<Real, normals_in_group<Real>>;

const StreamName name{.seed = 0x123456789abcdef, .width = 77, .replicate = 5, .layer = 3};

Words words_of(const StreamName& stream, std::uint32_t first_block) {
  Words words;
  group_words(PhiloxOrigin(stream), first_block, words.data());
  return words;
}

template <class Real>
Normals<Real> normals_of(const Words& words) {
  Normals<Real> normals;
  group_normals(words.data(), normals.data());
  return normals;
}

template <class Real>
std::vector<Real> draw(std::uint64_t first, std::int64_t count) {
  std::vector<Real> normals(static_cast<std::size_t>(count));
  NormalStream(name).draw(first, count, normals.data());
  return normals;
}

/// Calls `check` once for each target that was compiled and that this processor can run.
template <class Check>
void on_every_target(const Check& check) {
  struct Restore {
    ~Restore() { hwy::SetSupportedTargetsForTest(0); }
  } restore;
  for (const auto target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    SCOPED_TRACE(hwy::TargetName(target));
    check();
  }
}

/// The mapping of NormalStream's comment, with the C library's functions in extended precision.
using Exact = long double;
std::pair<Exact, Exact> exact_pair(Exact u, Exact one_minus_u, Exact x, bool negative, bool swap) {
  const Exact radius = std::sqrt(-2 * (u < .5L ? std::log(u) : std::log1p(-one_minus_u)));
  const Exact angle = std::numbers::pi_v<Exact> / 2 * x;
  const Exact cosine = (negative ? -radius : radius) * std::cos(angle);
  const Exact sine = radius * std::sin(angle);
  return swap ? std::pair(sine, cosine) : std::pair(cosine, sine);
}

std::pair<Exact, Exact> exact_pair(std::uint32_t v, std::uint32_t w) {
  const std::uint64_t bits = (std::uint64_t{v} << 8) | (w & 0xFF);
  const Exact u = (static_cast<Exact>(bits) + .5L) * 0x1p-40L;
  const Exact x = (static_cast<Exact>((w >> 8) & 0x3FFFFF) + .5L) * 0x1p-22L - .5L;
  return exact_pair(u, 1 - u, x, (w >> 31) != 0, ((w >> 30) & 1) != 0);
}

std::pair<Exact, Exact> exact_pair(std::uint64_t v, std::uint64_t w) {
  const Exact u = (static_cast<Exact>(v) + .5L) * 0x1p-64L;
  const Exact one_minus_u = (static_cast<Exact>(~v) + .5L) * 0x1p-64L;
  const Exact x = (static_cast<Exact>((w >> 11) & ((1ULL << 51) - 1)) + .5L) * 0x1p-51L - .5L;
  return exact_pair(u, one_minus_u, x, (w >> 63) != 0, ((w >> 62) & 1) != 0);
}

template <class Real>
Exact ulps(Real value, Exact exact) {
  const int last_bit = std::ilogb(exact) - std::numeric_limits<Real>::digits + 1;
  return std::abs(static_cast<Exact>(value) - exact) / std::ldexp(1.0L, last_bit);
}

/// The largest error of the group's normals in units of their last place.
Exact error_of(const Words& words, const Normals<float>& normals) {
  Exact largest = 0;
  for (std::size_t i = 0; i < blocks_in_group; ++i) {
    for (const std::size_t at : {i, i + 2 * blocks_in_group}) {
      const auto [first, second] = exact_pair(words[at], words[at + blocks_in_group]);
      largest = std::max(
          {largest, ulps(normals[at], first), ulps(normals[at + blocks_in_group], second)});
    }
  }
  return largest;
}

Exact error_of(const Words& words, const Normals<double>& normals) {
  Exact largest = 0;
  for (std::size_t i = 0; i < blocks_in_group; ++i) {
    const auto joined = [&](std::size_t word) {
      return std::uint64_t{words[i + word * blocks_in_group]} << 32 |
             words[i + (word + 1) * blocks_in_group];
    };
    const auto [first, second] = exact_pair(joined(0), joined(2));
    largest =
        std::max({largest, ulps(normals[i], first), ulps(normals[i + blocks_in_group], second)});
  }
  return largest;
}

/// Words of which every other has long runs of zeros or ones, where logarithm and sine are small.
Words hard_words(std::mt19937& random) {
  Words words;
  for (auto& word : words) {
    word = static_cast<std::uint32_t>(random());
    const auto choice = random() % 8;
    const auto bits = random() % 32;
    if (choice == 0) word >>= bits;
    if (choice == 1) word |= ~(0xFFFFFFFFU >> bits);
    if (choice == 2) word &= 0xFFFFFFFFU << bits;
    if (choice == 3) word = ((random() & 3) << 30) + 0x20000000U + (word >> 3 >> bits);
  }
  return words;
}

template <class Real>
class NormalStreamOf : public ::testing::Test {};
using Reals = ::testing::Types<float, double>;
TYPED_TEST_SUITE(NormalStreamOf, Reals);

TEST(NormalGroups, HoldTheWordsOfPhiloxOnEveryTarget) {
  const r123::Philox4x32 generator;
  const PhiloxOrigin origin(name);
  on_every_target([&] {
    for (const std::uint32_t first : {0U, 32U, 0x7FFFFFF8U, last_group}) {
      const auto words = words_of(name, first);
      for (std::uint32_t block = 0; block < blocks_in_group; ++block) {
        const auto expected =
            generator({{first + block, origin.counter[1], origin.counter[2], origin.counter[3]}},
                      {{origin.key[0], origin.key[1]}});
        for (std::uint32_t word = 0; word < 4; ++word) {
          ASSERT_EQ(words[blocks_in_group * word + block], expected[word]);
        }
      }
    }
  });
}

TEST(NormalGroups, HoldTheWordsOfTheReferenceEngine) {
  Philox philox(name);
  for (std::uint32_t first = 0; first < 100 * blocks_in_group; first += blocks_in_group) {
    const auto words = words_of(name, first);
    for (std::uint32_t block = 0; block < blocks_in_group; ++block) {
      for (std::uint32_t word = 0; word < 4; ++word) {
        ASSERT_EQ(words[blocks_in_group * word + block], philox());
      }
    }
  }
}

TYPED_TEST(NormalStreamOf, LiesWithinFiveUnitsInTheLastPlaceOfTheExactMapping) {
  constexpr int groups = 4000;
  Exact largest = 0;
  std::mt19937 random(1);
  for (std::uint32_t group = 0; group < groups; ++group) {
    for (const auto& words : {words_of(name, blocks_in_group * group), hard_words(random)}) {
      largest = std::max(largest, error_of(words, normals_of<TypeParam>(words)));
    }
  }
  EXPECT_LT(largest, error_bound);
  // The twin: the neighbouring block's words have other normals.
  auto words = words_of(name, 0);
  const auto normals = normals_of<TypeParam>(words);
  std::rotate(words.begin(), words.begin() + 1, words.end());
  EXPECT_GT(error_of(words, normals), error_bound);
}

TYPED_TEST(NormalStreamOf, IsFiniteAndExactAtTheExtremes) {
  constexpr bool single = std::is_same_v<TypeParam, float>;
  const std::vector<std::uint32_t> extremes{0,          1,          0xFF,       0x100,
                                            0x1FFFFFFF, 0x20000000, 0x3FFFFFFF, 0x40000000,
                                            0x7FFFFFFF, 0x80000000, 0xB504F333, 0xB504F334,
                                            0xFFFFFF00, 0xFFFFFFFE, 0xFFFFFFFF};
  Words words;
  TypeParam largest = 0;
  TypeParam smallest = 1;
  for (const auto a : extremes) {
    for (const auto b : extremes) {
      for (const auto c : extremes) {
        for (std::size_t i = 0; i < blocks_in_group; ++i) {
          words[i] = a;
          words[i + blocks_in_group] = b;
          words[i + 2 * blocks_in_group] = c;
          words[i + 3 * blocks_in_group] = extremes[i % extremes.size()];
        }
        const auto normals = normals_of<TypeParam>(words);
        ASSERT_LT(error_of(words, normals), error_bound);
        for (const auto x : normals) {
          largest = std::max(largest, std::abs(x));
          smallest = std::min(smallest, std::abs(x));
        }
      }
    }
  }
  EXPECT_NEAR(largest, std::sqrt(2 * (single ? 41 : 65) * std::log(2.0)), 1e-6);
  EXPECT_GT(smallest, 0);
}

TYPED_TEST(NormalStreamOf, HasTheSameBitsOnEveryTarget) {
  constexpr std::int64_t count = 20000;
  const auto expected = draw<TypeParam>(0, count);
  std::mt19937 random(2);
  std::vector<Words> words(100);
  std::generate(words.begin(), words.end(), [&] { return hard_words(random); });
  std::vector<Normals<TypeParam>> normals;
  for (const auto& group : words) normals.push_back(normals_of<TypeParam>(group));
  int targets = 0;
  on_every_target([&] {
    EXPECT_EQ(draw<TypeParam>(0, count), expected);
    for (std::size_t i = 0; i < words.size(); ++i) {
      ASSERT_EQ(normals_of<TypeParam>(words[i]), normals[i]);
    }
    ++targets;
  });
  EXPECT_GE(targets, 1);
}

TYPED_TEST(NormalStreamOf, GivesTheSameNumbersInAnyOrderAndPiecesOfAnySize) {
  constexpr std::int64_t count = 700;
  const auto whole = draw<TypeParam>(0, count);
  for (const std::int64_t first : {0, 1, 63, 64, 127, 128, 129, 200}) {
    for (const std::int64_t piece : {0, 1, 15, 63, 64, 65, 127, 128, 129, 256, 300}) {
      const auto part = draw<TypeParam>(static_cast<std::uint64_t>(first), piece);
      EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin() + first)) << first << piece;
    }
  }
}

TYPED_TEST(NormalStreamOf, IsTheNormalsOfItsGroupsOneAfterAnother) {
  constexpr std::int64_t in_group = normals_in_group<TypeParam>;
  for (const std::uint32_t first_block : {0U, 96U, last_group}) {
    const auto normals = normals_of<TypeParam>(words_of(name, first_block));
    const auto drawn =
        draw<TypeParam>(std::uint64_t{first_block} / blocks_in_group * in_group, in_group);
    EXPECT_TRUE(std::equal(drawn.begin(), drawn.end(), normals.begin()));
  }
}

TYPED_TEST(NormalStreamOf, EndsWithItsLastBlock) {
  constexpr std::uint64_t end = std::uint64_t{1} << (std::is_same_v<TypeParam, float> ? 34 : 33);
  const NormalStream stream(name);
  std::vector<TypeParam> out(100);
  EXPECT_NO_THROW(stream.draw(end - 100, 100, out.data()));
  EXPECT_NO_THROW(stream.draw(end, 0, out.data()));
  EXPECT_THROW(stream.draw(end - 99, 100, out.data()), std::length_error);
  EXPECT_THROW(stream.draw(end + 1, 0, out.data()), std::length_error);
  EXPECT_THROW(stream.draw(~std::uint64_t{0}, 100, out.data()), std::length_error);
}

TEST(NormalStream, RefusesALayerThatDoesNotFitTheCounter) {
  EXPECT_NO_THROW(NormalStream({.layer = (1U << 24) - 1}));
  EXPECT_THROW(NormalStream({.layer = 1U << 24}), std::logic_error);
}

}  // namespace
}  // namespace wideproof::sim
