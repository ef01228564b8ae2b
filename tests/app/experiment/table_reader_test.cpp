// SPDX-License-Identifier: MIT
#include <wideproof/app/experiment/table_reader.hpp>

#include <string>

#include "runs.hpp"

namespace wideproof::app {
namespace {

const toml::table table = toml::parse(R"(
whole = 3
fraction = 2.5
negative = -1
word = "text"
wholes = [1, 2]
mixed = [1, 2.5, true]
[inner]
taps = 13
)");

template <class Read>
std::string complaint_of_read(Read read) {
  TableReader reader(table, "outer");
  return model::refusal([&] { read(reader); });
}

TEST(TableReader, ReadsEachType) {
  TableReader reader(table, "");
  EXPECT_EQ(reader.integer("whole"), 3);
  EXPECT_EQ(reader.seed("whole"), 3U);
  EXPECT_EQ(reader.number("fraction"), 2.5);
  EXPECT_EQ(reader.number("whole"), 3.);
  EXPECT_EQ(reader.string("word"), "text");
  EXPECT_THAT(*reader.integers("wholes"), testing::ElementsAre(1, 2));
  EXPECT_THAT(*reader.numbers("wholes"), testing::ElementsAre(1., 2.));
  EXPECT_EQ(reader.table("inner").integer("taps"), 13);
}

TEST(TableReader, GivesNothingForAnAbsentKey) {
  TableReader reader(table, "");
  EXPECT_EQ(reader.integer("absent"), std::nullopt);
  EXPECT_EQ(reader.number("absent"), std::nullopt);
  EXPECT_EQ(reader.string("absent"), std::nullopt);
  EXPECT_EQ(reader.integers("absent"), std::nullopt);
  EXPECT_EQ(reader.table("absent").integer("taps"), std::nullopt);
}

TEST(TableReader, RefusesAnotherTypeByItsFullKey) {
  EXPECT_EQ(complaint_of_read([](auto& reader) { reader.integer("fraction"); }),
            "outer.fraction = 2.5: must be an integer");
  EXPECT_EQ(complaint_of_read([](auto& reader) { reader.seed("negative"); }),
            "outer.negative = -1: must be at least 0");
  EXPECT_EQ(complaint_of_read([](auto& reader) { reader.string("whole"); }),
            "outer.whole = 3: must be a string");
  EXPECT_EQ(complaint_of_read([](auto& reader) { reader.numbers("mixed"); }),
            "outer.mixed[2] = true: must be a number");
  EXPECT_EQ(complaint_of_read([](auto& reader) { reader.integers("whole"); }),
            "outer.whole = 3: must be a list, each item an integer");
  EXPECT_EQ(complaint_of_read([](auto& reader) { reader.table("whole"); }),
            "outer.whole = 3: must be a table");
  EXPECT_THAT(complaint_of_read([](auto& reader) { reader.table("inner").string("taps"); }),
              testing::StartsWith("outer.inner.taps = 13: "));
}

TEST(TableReader, FinishesOnlyWhenEveryKeyWasAskedFor) {
  const auto small = toml::parse("depth = 3\nactive_fracton = 0.1");
  TableReader reader(small, "network");
  reader.integer("depth");
  reader.number("active_fraction");
  EXPECT_EQ(model::refusal([&] { reader.finish(); }),
            "network.active_fracton = 0.1: unknown key; did you mean \"active_fraction\"?");
  reader.number("active_fracton");
  EXPECT_NO_THROW(reader.finish());
}

}  // namespace
}  // namespace wideproof::app
