// SPDX-License-Identifier: MIT
#include <wideproof/model/lateral_filter.hpp>

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "input_files.hpp"

namespace wideproof::model {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using Kind = LateralFilter::Kind;
using FilterOptions = LateralFilter::Options;

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

LateralFilter made(const FilterOptions& options) {
  return LateralFilter("network.presynaptic", options);
}

std::string filter_refusal(const FilterOptions& options) {
  return refusal([&] { made(options); });
}

TEST(LateralFilter, NoneAndUniformHaveOneTapAndAreNotLocal) {
  EXPECT_TRUE(LateralFilter().is_none());
  for (const LateralFilter& filter : {LateralFilter(), LateralFilter::uniform(3)}) {
    EXPECT_FALSE(filter.is_local());
    EXPECT_EQ(filter.taps().size(), 1);
  }
  EXPECT_EQ(LateralFilter::uniform(3).options().degree, 3);
}

TEST(LateralFilter, BoxTapsAreOnes) {
  EXPECT_TRUE((LateralFilter::box(4).taps() == Eigen::ArrayXXd::Ones(1, 4)).all());
  const auto torus = LateralFilter::box(3, Sheet::torus);
  ASSERT_EQ(torus.taps().rows(), 3);
  EXPECT_TRUE((torus.taps() == Eigen::ArrayXXd::Ones(3, 3)).all());
  EXPECT_TRUE(torus.is_local());
}

TEST(LateralFilter, GaussianTapsFollowTheirScale) {
  const auto filter = made({.kind = Kind::gaussian, .taps = 5, .scale = 1.5});
  ASSERT_EQ(filter.taps().cols(), 5);
  for (int a = -2; a <= 2; ++a) {
    EXPECT_NEAR(filter.taps()(0, a + 2), std::exp(-a * a / 4.5), 1e-15);
  }
}

TEST(LateralFilter, GaussianTapsSurviveAMinuteScale) {
  const auto filter = made({.kind = Kind::gaussian, .taps = 3, .scale = 1e-200});
  EXPECT_EQ(filter.taps()(0, 0), 0);
  EXPECT_EQ(filter.taps()(0, 1), 1);
}

TEST(LateralFilter, TapsOnATorusFollowTheEuclideanDistance) {
  const auto filter =
      made({.kind = Kind::exponential, .sheet = Sheet::torus, .taps = 3, .scale = 2});
  ASSERT_EQ(filter.taps().rows(), 3);
  EXPECT_EQ(filter.taps()(1, 1), 1);
  EXPECT_NEAR(filter.taps()(0, 1), std::exp(-0.5), 1e-15);
  EXPECT_NEAR(filter.taps()(2, 0), std::exp(-std::sqrt(2) / 2), 1e-15);
}

TEST(LateralFilter, ABalancedMexicanHatSumsToZero) {
  for (const Sheet sheet : {Sheet::ring, Sheet::torus}) {
    const auto filter =
        made({.kind = Kind::mexican_hat, .sheet = sheet, .scale = 1, .surround_scale = 2});
    EXPECT_NEAR(filter.taps().sum(), 0, 1e-14);
    EXPECT_GT(filter.taps()(filter.taps().rows() / 2, filter.taps().cols() / 2), 0);
    EXPECT_LT(filter.taps()(filter.taps().rows() / 2, filter.taps().cols() / 2 - 3), 0);
  }
  const auto weak =
      made({.kind = Kind::mexican_hat, .scale = 1, .surround_scale = 2, .surround_strength = 0.25});
  EXPECT_NEAR(weak.taps().sum(), 0.75, 1e-14);
}

TEST(LateralFilter, DefaultTapsReachIntoTheTails) {
  EXPECT_EQ(made({.kind = Kind::gaussian, .scale = 2}).options().taps, 25);
  EXPECT_EQ(made({.kind = Kind::exponential, .scale = 2}).options().taps, 73);
  EXPECT_EQ(made({.kind = Kind::mexican_hat, .scale = 1, .surround_scale = 2}).options().taps, 25);
  for (const Kind kind : {Kind::gaussian, Kind::exponential}) {
    EXPECT_LT(made({.kind = kind, .scale = 2}).taps()(0, 0), 2e-8);
  }
}

TEST(LateralFilter, NamesTapsOutOfRange) {
  EXPECT_EQ(filter_refusal({.kind = Kind::box}),
            "network.presynaptic.taps = 0: must lie in [1, 4095] on a ring");
  EXPECT_EQ(filter_refusal({.kind = Kind::box, .sheet = Sheet::torus, .taps = 129}),
            "network.presynaptic.taps = 129: must lie in [1, 127] on a torus");
  EXPECT_EQ(
      filter_refusal({.kind = Kind::gaussian, .scale = 500.0}),
      "network.presynaptic.scale = 500: asks for 6001 taps; at most 4095 on a ring: give taps "
      "as well");
  EXPECT_THAT(filter_refusal({.kind = Kind::box, .taps = -3}), HasSubstr("taps = -3"));
  EXPECT_THAT(filter_refusal({.kind = Kind::box, .taps = 4096}), HasSubstr("taps = 4096"));
  EXPECT_EQ(filter_refusal({.kind = Kind::gaussian, .taps = 4, .scale = 1}),
            "network.presynaptic.taps = 4: must be odd, so that the filter has a centre");
}

TEST(LateralFilter, NamesScalesOutOfRange) {
  for (const double scale : {0.0, -1.0, 1000.5, not_a_number, infinity}) {
    for (const Kind kind : {Kind::gaussian, Kind::exponential, Kind::mexican_hat}) {
      EXPECT_EQ(
          filter_refusal({.kind = kind, .scale = scale, .surround_scale = 2}),
          fmt::format("network.presynaptic.scale = {}: must lie in (0, 1000] neurons", scale));
    }
  }
  for (const double surround : {0.0, 1.0, 1001.0, not_a_number}) {
    EXPECT_EQ(filter_refusal({.kind = Kind::mexican_hat, .scale = 1, .surround_scale = surround}),
              fmt::format("network.presynaptic.surround_scale = {}: must lie in (1, 1000] neurons",
                          surround));
  }
}

TEST(LateralFilter, NamesASurroundStrengthOutOfRange) {
  for (const double strength : {0.0, -0.5, 1.5, not_a_number}) {
    EXPECT_THAT(filter_refusal({.kind = Kind::mexican_hat,
                                .scale = 1,
                                .surround_scale = 2,
                                .surround_strength = strength}),
                HasSubstr(fmt::format("surround_strength = {}: must lie in (0, 1]", strength)));
  }
}

TEST(LateralFilter, RefusesAMexicanHatThatCancels) {
  EXPECT_THAT(
      filter_refusal({.kind = Kind::mexican_hat, .taps = 1, .scale = 1, .surround_scale = 2}),
      EndsWith("taps = 1: leaves no filter: centre and surround cancel; give more taps"));
}

TEST(LateralFilter, NamesADegreeOutOfRange) {
  EXPECT_NO_THROW(LateralFilter::uniform(-1));
  for (const double degree : {-1.5, not_a_number, infinity}) {
    EXPECT_EQ(refusal([&] { LateralFilter::uniform(degree); }),
              fmt::format("filter.degree = {}: must be finite and at least -1", degree));
  }
}

TEST(LateralFilter, MustFitTheRing) {
  EXPECT_NO_THROW(LateralFilter::box(16).check_fits("k", 16));
  EXPECT_EQ(refusal([] { LateralFilter::box(17).check_fits("k", 16); }),
            "k.taps = 17: must not exceed the width 16");
}

TEST(LateralFilter, MustFitTheShorterSideOfTheTorus) {
  const auto filter = LateralFilter::box(3, Sheet::torus);
  EXPECT_NO_THROW(filter.check_fits("k", 12));
  EXPECT_EQ(refusal([&] { filter.check_fits("k", 26); }),
            "k.taps = 3: must not exceed 2: width 26 makes a torus of 2 x 13 neurons");
}

TEST(LateralFilter, AUniformDegreeMustStayBelowTheWidth) {
  EXPECT_NO_THROW(LateralFilter::uniform(15.5).check_fits("k", 16));
  EXPECT_THAT(refusal([] { LateralFilter::uniform(16).check_fits("k", 16); }),
              testing::StartsWith("k.degree = 16: must be below every width"));
  EXPECT_NO_THROW(LateralFilter().check_fits("k", 1));
}

}  // namespace
}  // namespace wideproof::model
