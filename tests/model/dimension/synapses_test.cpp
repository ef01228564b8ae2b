// SPDX-License-Identifier: MIT
#include <wideproof/model/dimension/synapses.hpp>

#include <gmock/gmock.h>

#include <functional>
#include <limits>

#include "input_files.hpp"

namespace wideproof::model {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::string refusal_of(const std::function<void(Synapses&)>& change,
                       const std::vector<std::int64_t>& widths = {100}) {
  Synapses synapses;
  change(synapses);
  return refusal([&] { synapses.validate(widths); });
}

TEST(Synapses, TakeTheirDefaults) {
  EXPECT_NO_THROW(Synapses{}.validate({1, 100}));
}

TEST(Synapses, GiveTheCorrelationAtAWidth) {
  EXPECT_DOUBLE_EQ((Synapses{.correlation = 2}.correlation_at(100)), 0.2);
  EXPECT_DOUBLE_EQ((Synapses{.correlation = 2, .exponent = 1}.correlation_at(100)), 0.02);
  EXPECT_DOUBLE_EQ((Synapses{.correlation = 0.5, .exponent = 0}.correlation_at(100)), 0.5);
  EXPECT_EQ(Synapses{}.correlation_at(100), 0);
}

TEST(Synapses, RefuseACorrelationThatNoWeightsHave) {
  EXPECT_THAT(refusal_of([](Synapses& s) { s.correlation = -0.1; }),
              HasSubstr("network.synapses.correlation = -0.1: must be at least 0"));
  EXPECT_THAT(refusal_of([](Synapses& s) { s.correlation = std::nan(""); }),
              HasSubstr("network.synapses.correlation = nan: must lie in"));
  EXPECT_THAT(refusal_of([](Synapses& s) {
                s.law = SynapseLaw::orthogonal;
                s.correlation = 1;
              }),
              HasSubstr("must be 0 for network.synapses.law = \"orthogonal\""));
}

TEST(Synapses, RefuseACorrelationAboveOneAtAWidth) {
  EXPECT_NO_THROW((Synapses{.correlation = 10}.validate({100, 200})));
  EXPECT_EQ(refusal_of([](Synapses& s) { s.correlation = 10.5; }, {400, 100}),
            "network.synapses.correlation = 10.5: gives weights a correlation of 1.05 at width "
            "100; it must not exceed 100^0.5 = 10");
}

TEST(Synapses, RefuseAnExponentThatWouldLetCorrelationsGrow) {
  EXPECT_THAT(refusal_of([](Synapses& s) { s.exponent = -0.5; }),
              HasSubstr("network.synapses.exponent = -0.5: must lie in [0, 10]"));
  EXPECT_THAT(refusal_of([](Synapses& s) { s.exponent = std::numeric_limits<double>::infinity(); }),
              HasSubstr("network.synapses.exponent = inf"));
}

TEST(Synapses, LearnInStepsOfSomeRate) {
  const auto learning = [](double rate, std::int64_t steps) {
    return refusal_of([=](Synapses& s) {
      s.learning = SynapseLearning::hebb;
      s.rate = rate;
      s.steps = steps;
    });
  };
  EXPECT_THAT(learning(0, 1), HasSubstr("network.synapses.rate = 0: must lie in (0, "));
  EXPECT_THAT(learning(std::nan(""), 1), HasSubstr("network.synapses.rate = nan"));
  EXPECT_THAT(learning(1, 0), HasSubstr("network.synapses.steps = 0: must lie in [1, "));
  EXPECT_NO_THROW((Synapses{.learning = SynapseLearning::oja, .shuffled = true}.validate()));
  EXPECT_NO_THROW((Synapses{.rate = 0, .steps = 0}.validate()));
}

TEST(Synapses, AreShuffledAfterLearningAlone) {
  EXPECT_EQ(refusal_of([](Synapses& s) { s.shuffled = true; }),
            "network.synapses.shuffled = true: is the control of learning; "
            "network.synapses.learning is \"none\"");
}

template <class Enum, class FromName>
void expect_names_both_ways(std::initializer_list<Enum> values, FromName from_name) {
  for (const Enum value : values) {
    EXPECT_THAT(name_of(value), testing::Not(IsEmpty()));
    EXPECT_EQ(from_name("key", name_of(value)), value);
  }
}

TEST(Synapses, HaveNamesInBothDirections) {
  expect_names_both_ways({SynapseLaw::gaussian, SynapseLaw::binary, SynapseLaw::orthogonal},
                         synapse_law_from_name);
  expect_names_both_ways({SynapseSide::receiving, SynapseSide::sending}, synapse_side_from_name);
  expect_names_both_ways({SynapseSigns::uniform, SynapseSigns::mixed}, synapse_signs_from_name);
  expect_names_both_ways({SynapseLearning::none, SynapseLearning::hebb, SynapseLearning::oja},
                         synapse_learning_from_name);
  EXPECT_THAT(refusal([] { synapse_law_from_name("network.synapses.law", "binray"); }),
              HasSubstr("network.synapses.law = \"binray\": must be one of gaussian, binary, "
                        "orthogonal; did you mean \"binary\"?"));
}

}  // namespace
}  // namespace wideproof::model
