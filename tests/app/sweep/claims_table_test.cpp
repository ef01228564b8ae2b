// SPDX-License-Identifier: MIT
#include <wideproof/app/sweep/claims_table.hpp>

#include <string>

#include <wideproof/app/sweep/sweep_spec.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* regressions = R"([study]
name = "claims"
kind = "generalization"
[network]
depth = 2
active_fraction = 0.3
[inputs]
source = "circle"
count = 64
[targets]
source = "half-circle"
[generalization]
training_points = [8, 16]
)";

/// The sweep's claims: of the keys given, the least that a claim has besides.
SweepSpec claimed(const std::string& sweep, const std::string& claim) {
  const std::string first =
      claim.find("training_points") == std::string::npos ? "training_points = 16\n" : "";
  return parse_sweep(regressions + sweep + "[[claims]]\nstatement = \"s\"\n" + first + claim, "",
                     {})
      .value();
}

std::string claim_complaint(const std::string& sweep, const std::string& claim) {
  return model::refusal([&] { claimed(sweep, claim); });
}

const std::string depths = "[sweep]\nnetwork.depth = [1, 2]\n";
const std::string first_is_best = "kind = \"best\"\nat = {network.depth = 1}\n";
const std::string half =
    "kind = \"ratio\"\nat = {network.depth = 1}\n"
    "over = {network.depth = 2}\nhigh = 0.5\n";
const std::string is_small = "kind = \"value\"\nat = {network.depth = 1}\nvalue = 0.1\n";

TEST(SweepClaimsOfAFile, NeedASweep) {
  EXPECT_EQ(claim_complaint("", first_is_best), "claims: need a [sweep], whose points they name");
}

TEST(SweepClaimsOfAFile, NameWhatThePointsMeasure) {
  EXPECT_EQ(claimed(depths, first_is_best).claims.size(), 1);
  EXPECT_THAT(claim_complaint(depths, "training_points = 12\n" + first_is_best),
              HasSubstr("claims[0].training_points = 12: must be one that the point network.depth "
                        "= 1 has: 8, 16"));
  EXPECT_THAT(claim_complaint(depths, "width = 32\n" + is_small),
              HasSubstr("claims[0].width = 32: must be 0, for the kernel, or a width"));
  const std::string widths = "[sweep]\nsimulation.widths = [[32], [64]]\n";
  EXPECT_NO_THROW(claimed(widths,
                          "width = 32\nkind = \"value\"\nvalue = 0.1\n"
                          "at = {simulation.widths = [32]}\n"));
  EXPECT_THAT(claim_complaint(widths,
                              "width = 32\nkind = \"value\"\nvalue = 0.1\n"
                              "at = {simulation.widths = [64]}\n"),
              HasSubstr("claims[0].width = 32"));
}

TEST(SweepClaimsOfAFile, AreAboutTheQuantityThatTheyName) {
  EXPECT_EQ(claimed(depths, is_small).claims.at(0).quantity, "");
  EXPECT_EQ(claimed(depths, "quantity = \"error\"\n" + is_small).claims.at(0).quantity, "error");
  EXPECT_EQ(claim_complaint(depths, "quantity = \"\"\n" + is_small),
            "claims[0].quantity = \"\": must name a quantity");
  EXPECT_EQ(
      claim_complaint(depths, "quantity = \"norm\"\n" + is_small),
      "claims[0].quantity = \"norm\": must be one that the sweep measures draw by draw: error");
}

TEST(SweepClaimsOfAFile, HoldNoKeyThatTheirKindDoesNotRead) {
  const auto refused = [](const std::string& claim, const std::string& key) {
    EXPECT_THAT(claim_complaint(depths, claim),
                testing::StartsWith("claims[0]." + key + ": is not read by kind = "));
  };
  refused(is_small + "low = 0.1\n", "low");
  refused(is_small + "over = {network.depth = 2}\n", "over");
  refused(first_is_best + "high = 1.0\n", "high");
  refused(first_is_best + "value = 1.0\n", "value");
  refused(half + "tolerance = 0.1\n", "tolerance");
}

TEST(SweepClaimsOfAFile, HoldFiniteNumbers) {
  EXPECT_THAT(claim_complaint(depths, half + "low = nan\n"), HasSubstr("claims[0].low = nan"));
}

TEST(SweepClaimsOfAFile, AreExactOfFixedDataOnly) {
  const std::string split =
      "[sweep]\nnetwork.depth = [1, 2]\n"
      "generalization.split = [\"random\", \"alternate\"]\n";
  const auto value_at = [&](const std::string& number) {
    return "exact = true\nkind = \"value\"\nvalue = 0.1\n"
           "at = {network.depth = 1, generalization.split = \"" +
           number + "\"}\n";
  };
  EXPECT_NO_THROW(claimed(split, value_at("alternate")));
  EXPECT_THAT(claim_complaint(split, value_at("random")),
              HasSubstr("claims[0].exact = true: needs generalization.split = \"alternate\""));
  const std::string best =
      "exact = true\nkind = \"best\"\n"
      "at = {network.depth = 1, generalization.split = \"alternate\"}\n";
  EXPECT_THAT(claim_complaint(split, best), HasSubstr("claims[0].exact = true"));
  EXPECT_NO_THROW(claimed(split, best + "over = {generalization.split = \"alternate\"}\n"));
}

TEST(SweepClaimsOfAFile, NameWordsFilesAndTablesAsTheSweepDoes) {
  const std::string value = "kind = \"value\"\nvalue = 0.1\n";
  EXPECT_EQ(claimed("[sweep]\nstudy.seed = [20240108, 20240109]\n",
                    value + "at = {study.seed = 20240108}\n")
                .claims.size(),
            1);
  const std::string file = "[[sweep.points]]\ntargets.source = \"csv\"\ntargets.file = ";
  EXPECT_EQ(claimed(file + "\"t/a.csv\"\n" + file + "\"t/b.csv\"\n",
                    value + "at = {targets.file = \"t/a.csv\"}\n")
                .claims.size(),
            1);
}

}  // namespace
}  // namespace wideproof::app
