// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include <array>

#include <wideproof/model/activation.hpp>
#include <wideproof/model/inputs/input_spec.hpp>
#include <wideproof/model/lateral_filter.hpp>
#include <wideproof/model/nearest_name.hpp>
#include <wideproof/model/nonlinearity/activation_choice.hpp>
#include <wideproof/model/sheet.hpp>

#include "input_files.hpp"

namespace wideproof::model {
namespace {

using testing::HasSubstr;
using testing::Optional;

constexpr std::array<std::string_view, 4> keys = {"active_fraction", "weight_variance",
                                                  "bias_variance", "depth"};

TEST(NearestName, MendsALetterAddedDroppedChangedOrSwapped) {
  for (const std::string_view slip : {"active_fractionn", "activ_fraction", "active_fraktion",
                                      "actvie_fraction", "active-fraction", "active_fraction"}) {
    EXPECT_THAT(nearest_name(keys, slip), Optional(std::string_view("active_fraction"))) << slip;
  }
}

TEST(NearestName, CountsASwapAsOneSlip) {
  constexpr std::array<std::string_view, 2> names = {"abxd", "abdc"};
  EXPECT_THAT(nearest_name(names, "abcd"), Optional(std::string_view("abxd")));
  constexpr std::array<std::string_view, 1> pair = {"ab"};
  EXPECT_THAT(nearest_name(pair, "ba"), Optional(std::string_view("ab")));
}

TEST(NearestName, TakesTheNearestOfSeveral) {
  EXPECT_THAT(nearest_name(keys, "wias_variance"), Optional(std::string_view("bias_variance")));
  EXPECT_THAT(nearest_name(keys, "weigt_variance"), Optional(std::string_view("weight_variance")));
}

TEST(NearestName, SuggestsNothingFarOff) {
  EXPECT_EQ(nearest_name(keys, "colour"), std::nullopt);
  EXPECT_EQ(nearest_name(keys, ""), std::nullopt);
  EXPECT_EQ(nearest_name({}, "depth"), std::nullopt);
  EXPECT_EQ(nearest_name(keys, std::string(1 << 20, 'a')), std::nullopt);
}

TEST(NearestName, EndsAMessageWithAQuestionOrNothing) {
  EXPECT_EQ(did_you_mean(keys, "dept"), "; did you mean \"depth\"?");
  EXPECT_EQ(did_you_mean(keys, "colour"), "");
}

template <class Enum, class FromName>
void expect_round_trip(std::initializer_list<Enum> values, FromName from_name) {
  for (const Enum value : values) {
    ASSERT_FALSE(name_of(value).empty());
    EXPECT_EQ(from_name("key", name_of(value)), value) << name_of(value);
  }
}

TEST(Names, RoundTrip) {
  for (const auto& choice : {ActivationChoice{Activation::thresholded_relu},
                             {Activation::thresholded_step},
                             {Activation::relu},
                             {Activation::erf},
                             {Activation::tanh},
                             {Activation::linear},
                             {Activation::sparse_projection},
                             {Activation::pointwise, Function::gelu},
                             {Activation::pointwise, Function::expression},
                             {Activation::thresholded_pointwise, Function::tanh},
                             {Activation::thresholded_pointwise, Function::hard_swish}}) {
    const auto read = activation_from_name("key", name_of(choice));
    EXPECT_EQ(read.activation, choice.activation) << name_of(choice);
    if (is_pointwise(choice.activation)) {
      EXPECT_EQ(read.function, choice.function);
    }
  }
  expect_round_trip({ThresholdRule::fixed, ThresholdRule::std, ThresholdRule::quantile},
                    threshold_rule_from_name);
  expect_round_trip({Sheet::ring, Sheet::torus}, sheet_from_name);
  using Kind = LateralFilter::Kind;
  expect_round_trip(
      {Kind::none, Kind::box, Kind::gaussian, Kind::exponential, Kind::mexican_hat, Kind::uniform},
      filter_kind_from_name);
  using Source = InputSpec::Source;
  expect_round_trip(
      {Source::circle, Source::cosines, Source::gaussian, Source::csv, Source::npy, Source::idx},
      input_source_from_name);
}

TEST(Names, AnUnknownOneIsAnsweredWithAllAndTheNearest) {
  EXPECT_EQ(refusal([] { sheet_from_name("network.presynaptic.sheet", "rinng"); }),
            "network.presynaptic.sheet = \"rinng\": must be one of ring, torus; did you mean "
            "\"ring\"?");
  EXPECT_EQ(refusal([] { threshold_rule_from_name("network.threshold", ""); }),
            "network.threshold = \"\": must be one of fixed, std, quantile");
  EXPECT_THAT(refusal([] { activation_from_name("k", "thresholded_relu"); }),
              HasSubstr("did you mean \"thresholded-relu\"?"));
  EXPECT_THAT(refusal([] { activation_from_name("k", "thresholded-gello"); }),
              HasSubstr("or one of them after \"thresholded-\""));
  EXPECT_THAT(refusal([] { activation_from_name("k", "callable"); }), HasSubstr("must be one of"));
  EXPECT_THAT(refusal([] { filter_kind_from_name("k", "bo\nx"); }), HasSubstr(R"(k = "bo\nx")"));
  EXPECT_THAT(refusal([] { input_source_from_name("k", "cirlce"); }), HasSubstr("\"circle\"?"));
}

TEST(Activation, TwoOfThemHaveAThreshold) {
  EXPECT_TRUE(is_thresholded(Activation::thresholded_relu));
  EXPECT_TRUE(is_thresholded(Activation::thresholded_step));
  for (const auto activation :
       {Activation::relu, Activation::erf, Activation::tanh, Activation::linear}) {
    EXPECT_FALSE(is_thresholded(activation));
  }
}

TEST(ShapeOf, ARingIsOneRow) {
  EXPECT_EQ(shape_of(Sheet::ring, 12), (SheetShape{1, 12}));
}

TEST(ShapeOf, ATorusIsAsNearToASquareAsItsWidthAllows) {
  EXPECT_EQ(shape_of(Sheet::torus, 12), (SheetShape{3, 4}));
  EXPECT_EQ(shape_of(Sheet::torus, 16), (SheetShape{4, 4}));
  EXPECT_EQ(shape_of(Sheet::torus, 13), (SheetShape{1, 13}));
  EXPECT_EQ(shape_of(Sheet::torus, 1), (SheetShape{1, 1}));
  EXPECT_EQ(shape_of(Sheet::torus, 10'000'000), (SheetShape{3125, 3200}));
}

}  // namespace
}  // namespace wideproof::model
