// SPDX-License-Identifier: MIT
#include <filesystem>
#include <map>
#include <string>

#include "runs.hpp"

namespace wideproof::app {
namespace {

class Report : public Runs {
 protected:
  Report() { EXPECT_EQ(validate(command("run")), 3); }
  std::string complaint(const std::string& folder) const {
    return model::refusal([&] { report(command(folder)); });
  }
};

TEST_F(Report, WritesTheTablesAgainByteForByte) {
  const auto before = everything();
  for (const auto* table : {"gram", "correlation", "fluctuation", "convergence", "extrapolation"}) {
    ASSERT_TRUE(std::filesystem::remove(path(std::string("run/") + table + ".csv")));
  }
  const auto outcome = program({"report", "run"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, testing::HasSubstr("verdict: inconclusive"));
  EXPECT_EQ(everything(), before);
}

TEST_F(Report, RefusesAFolderWithoutAFinishedRun) {
  expect_refusal(program({"report", "nowhere"}),
                 {"DIR = \"nowhere\": holds no finished run: experiment.toml is missing"});
  expect_refusal(program({"report", std::string(5000, 'x')}), {"DIR = ", "experiment.toml"});
  std::filesystem::remove(path("run/results.h5"));
  EXPECT_THAT(complaint("run"), testing::HasSubstr("results.h5 is missing"));
}

TEST_F(Report, RefusesAPredictionAlone) {
  ASSERT_EQ(predict(command("theory")), 0);
  EXPECT_THAT(complaint("theory"), testing::HasSubstr("holds a prediction alone"));
}

TEST_F(Report, RefusesDamagedFilesByName) {
  const auto results = run_file("run", "results.h5");
  const auto summary = run_file("run", "summary.json");
  write("run/results.h5", results.substr(0, results.size() / 2));
  EXPECT_THAT(complaint("run"), testing::HasSubstr("run/results.h5\": cannot be opened"));
  write("run/results.h5", results);
  for (const auto& bad : {std::string("{"), std::string("{}"), std::string("[1]"), std::string()}) {
    write("run/summary.json", bad);
    EXPECT_THAT(complaint("run"), testing::HasSubstr("run/summary.json\": is no summary"));
  }
  write("run/summary.json", summary);
  EXPECT_EQ(report(command("run")), 0);
}

}  // namespace
}  // namespace wideproof::app
