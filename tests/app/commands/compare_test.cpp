// SPDX-License-Identifier: MIT
// `wideproof compare`, the built program on finished runs.
#include <string>
#include <vector>

#include "runs.hpp"

namespace wideproof::app {
namespace {

using testing::HasSubstr;

class ComparedRuns : public Runs {
 protected:
  void run(const std::string& out, std::vector<std::string> settings = {}) const {
    settings.insert(settings.begin(),
                    {"simulation.widths=[64, 128, 256, 512]", "simulation.replicates=400"});
    std::vector<std::string> further;
    for (const auto& setting : settings) {
      further.emplace_back("--set");
      further.push_back(setting);
    }
    const auto outcome = validate_file("tiny.toml", out, further);
    ASSERT_NE(outcome.status, 2) << outcome.err;
  }
  Outcome compare(const std::string& one, const std::string& other) const {
    return program({"compare", one, other, "--out", "compared", "--force"});
  }
};

TEST_F(ComparedRuns, OfOneSeedShowTheSameBits) {
  run("one");
  run("other", {"simulation.memory_gib=20"});
  const auto outcome = compare("one", "other");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("show the same"));
  EXPECT_TRUE(summary("compared")["same_bits"].get<bool>());
  EXPECT_TRUE(summary("compared")["claims"].empty());
}

TEST_F(ComparedRuns, OfTwoSeedsOrEnginesAgreeByATest) {
  run("one");
  run("seed", {"study.seed=8", "compare.equivalence_margin=0.2"});
  run("engine", {"simulation.engine=direct"});
  for (const char* other : {"seed", "engine"}) {
    const auto outcome =
        program({"compare", "one", other, "--quiet", "--out", other + std::string("_c")});
    EXPECT_NE(outcome.status, 1) << other;
    EXPECT_NE(outcome.status, 2) << outcome.err;
    EXPECT_EQ(summary(other + std::string("_c"))["claims"][0]["name"], "means");
  }
}

TEST_F(ComparedRuns, OfOtherExperimentsAreRefusedByTheFirstKey) {
  run("one");
  run("fraction", {"network.active_fraction=0.31", "study.seed=9"});
  run("inputs", {"inputs.count=4"});
  EXPECT_EQ(compare("one", "fraction").status, 2);
  EXPECT_THAT(compare("one", "fraction").err, HasSubstr("network.active_fraction: 0.3 in one"));
  EXPECT_THAT(compare("one", "inputs").err, HasSubstr("inputs.count: 3 in one, 4 in the other"));
  EXPECT_THAT(compare("one", "nowhere").err, HasSubstr("does not exist"));
}

/// A regression: the file of one run says that it was of the other's network.
TEST_F(ComparedRuns, OfALawThatWentAstrayDisagree) {
  run("one", {"network.active_fraction=0.25"});
  run("astray", {"network.active_fraction=0.3125", "study.seed=9"});
  std::string results = contents(path("astray/results.h5"));
  const std::string said = "active_fraction = 0.3125";
  const auto at = results.find(said);
  ASSERT_NE(at, std::string::npos);
  results.replace(at, said.size(), "active_fraction = 0.25  ");
  write("astray/results.h5", results);
  std::filesystem::remove(path("astray/experiment.toml"));
  const auto outcome = compare("one", "astray");
  EXPECT_EQ(outcome.status, 1) << outcome.out << outcome.err;
}

TEST_F(ComparedRuns, OfKindsWithoutItAreRefused) {
  write("coarse.toml",
        "[study]\nkind = \"tangent\"\n[network]\ndepth = 1\n"
        "[inputs]\nsource = \"circle\"\ncount = 2\n"
        "[simulation]\nwidths = [32, 64]\nreplicates = 8\n");
  EXPECT_NE(validate_file("coarse.toml", "tangents").status, 2);
  EXPECT_EQ(compare("tangents", "tangents").status, 2);
  EXPECT_THAT(compare("tangents", "tangents").err, HasSubstr("runs of kind \"gram\""));
}

}  // namespace
}  // namespace wideproof::app
