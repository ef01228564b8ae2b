// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/folders/provenance.hpp>
#include <wideproof/app/kinds/generalization/generalization_run.hpp>
#include <wideproof/app/kinds/generalization/generalization_template.hpp>
#include <wideproof/app/kinds/generalization/regression_results.hpp>
#include <wideproof/app/study/run_files.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

constexpr const char* tiny_regression = R"([study]
name = "tiny"
kind = "generalization"
seed = 7
[network]
depth = 2
active_fraction = 0.3
[network.presynaptic]
filter = "box"
taps = 3
[inputs]
source = "circle"
count = 64
[targets]
source = "half-circle"
[generalization]
training_points = [8, 16]
draws = 4
ridge = 0.01
[simulation]
widths = [32, 128]
replicates = 2
)";

class Generalization : public Runs {
 protected:
  Generalization() { write("tiny.toml", tiny_regression); }

  Outcome validate(const std::string& out, const std::vector<std::string>& further = {}) const {
    return validate_file("tiny.toml", out, further);
  }

  /// The run with targets of both signs, times `unit`, in place of the half circle's.
  Outcome validate_in(const std::string& unit, const std::string& out) const {
    std::string text;
    for (int i = 0; i < 64; ++i) text += (i % 5 < 2 ? "" : "-") + unit + "\n";
    write("y.csv", text);
    return validate(out, {"--set", R"(targets={source="csv",file="y.csv"})"});
  }
};

TEST_F(Generalization, SetsThreeErrorsBesideEachOther) {
  const auto outcome = validate("run");
  EXPECT_EQ(outcome.err, "");
  const auto json = summary("run");
  EXPECT_EQ(json.at("schema"), "wideproof.summary/1");
  EXPECT_EQ(json.at("study").at("kind"), "generalization");
  const auto& curve = json.at("generalization").at("learning_curve");
  ASSERT_EQ(curve.size(), 2U);
  for (const auto& point : curve) {
    EXPECT_EQ(point.at("draws"), 4);
    EXPECT_EQ(point.at("pool"), 2 * point.at("training_points").get<int>());
    for (const double mean :
         {point.at("predicted").at("mean").get<double>(),
          point.at("kernel").at("pool").at("mean").get<double>(),
          point.at("networks").at(1).at("error").at("pool").at("mean").get<double>()}) {
      EXPECT_GT(mean, 0.0);
      EXPECT_LT(mean, 1.0);  // the targets' own power is 1
    }
    EXPECT_EQ(point.at("networks").at(0).at("width"), 32);
    EXPECT_EQ(point.at("networks").at(0).at("networks"), 8);
  }
  const std::vector<std::string> known = {"agree", "disagree", "inconclusive"};
  EXPECT_THAT(known, testing::Contains(json.at("verdict").at("outcome").get<std::string>()));
}

TEST_F(Generalization, EndsInTheSameBitsOnAnyNumberOfThreads) {
  validate("one", {"--threads", "1"});
  validate("three", {"--threads", "3"});
  EXPECT_TRUE(run_file("one", "results.h5") == run_file("three", "results.h5"));
  EXPECT_EQ(run_file("one", "draws.csv"), run_file("three", "draws.csv"));
}

TEST_F(Generalization, GoesOnWhereItWasInterrupted) {
  const auto experiment = parse_experiment(tiny_regression, "tiny", {});
  const RunFolder folder(path("stopped"));
  folder.claim(to_toml(experiment), RunFolder::IfTaken::refuse);
  GeneralizationRun run(experiment, std::make_shared<RegressionData>(experiment));
  int tasks = 0;
  EXPECT_FALSE(run.advance(folder, [&](const RunProgress&) { return ++tasks < 5; }));
  EXPECT_TRUE(folder.holds("checkpoint.h5"));
  EXPECT_FALSE(folder.holds("summary.json"));

  int left = 0;
  EXPECT_TRUE(run.advance(folder, [&](const RunProgress&) { return ++left > 0; }));
  EXPECT_EQ(tasks + left, 2 * 4 * (1 + 2 * 2));
  finish(run, folder, provenance(), ReportParts::all, {});
  EXPECT_FALSE(folder.holds("checkpoint.h5"));
  validate("whole");
  EXPECT_TRUE(run_file("stopped", "results.h5") == run_file("whole", "results.h5"));
}

TEST_F(Generalization, RefusesACheckpointOfAnotherExperiment) {
  const auto experiment = parse_experiment(tiny_regression, "tiny", {});
  const auto tasks = regression_table(regression_tasks(experiment));
  TaskState state(tasks.size());
  state[3] = to_numbers({{0.1, 0.2, 0.3}, std::nullopt});
  const auto file = write("checkpoint.h5", to_task_checkpoint(tasks, state, {}, "this", {}));
  const auto back = read_task_checkpoint(file, tasks, "this", {}).state;
  ASSERT_TRUE(back[3]);
  EXPECT_EQ(from_numbers(*back[3]).error.unseen, 0.3);
  EXPECT_FALSE(from_numbers(*back[3]).predicted);
  EXPECT_FALSE(back[2]);
  EXPECT_THAT(model::refusal([&] { read_task_checkpoint(file, tasks, "that", {}); }),
              HasSubstr("belongs to another experiment"));
}

TEST_F(Generalization, RefusesResultsOfAnotherExperiment) {
  validate("run");
  auto text = run_file("run", "experiment.toml");
  text.replace(text.find("ridge = 0.01"), 12, "ridge = 0.02");
  write("run/experiment.toml", text);
  write("edited.toml", text);
  expect_refusal(validate_file("edited.toml", "run", {"--resume"}),
                 {"generalization.ridge is 0.02 there and 0.01 in the results"});
}

TEST_F(Generalization, RefusesWhatFloat32CannotHoldBeforeItTouchesAFolder) {
  validate("run");
  const auto before = everything();
  expect_refusal(
      validate("run", {"--force", "--set", "network.activation=\"erf\"", "--set",
                       "network.bias_variance=1e80", "--set", "network.weight_variance=1", "--set",
                       "simulation.dtype=\"float32\""}),
      {"simulation.dtype = \"float32\"", "network.bias_variance = 1e+80"});
  EXPECT_EQ(everything(), before);
}

TEST_F(Generalization, RefusesADamagedCheckpoint) {
  const auto tasks =
      regression_table(regression_tasks(parse_experiment(tiny_regression, "tiny", {})));
  TaskState state(tasks.size());
  state[0] = to_numbers({{0.1234567, 0.2, 0.3}, std::nullopt});
  auto bytes = to_task_checkpoint(tasks, state, {}, "this", {});
  const double value = 0.1234567;
  const auto at = bytes.find(std::string(reinterpret_cast<const char*>(&value), sizeof value));
  ASSERT_NE(at, std::string::npos);
  bytes[at] = static_cast<char>(bytes[at] ^ 1);
  const auto file = write("checkpoint.h5", bytes);
  EXPECT_THAT(model::refusal([&] { read_task_checkpoint(file, tasks, "this", {}); }),
              HasSubstr("its checksum does not fit"));
}

TEST_F(Generalization, IsReportedAgainFromItsResults) {
  validate("run");
  const auto curve = run_file("run", "learning_curve.csv");
  write("run/learning_curve.csv", "");
  EXPECT_EQ(program({"report", "run", "--quiet"}).status, 0);
  EXPECT_EQ(run_file("run", "learning_curve.csv"), curve);
}

// A squared error is zero but for rounding only beside the targets' squares.
TEST_F(Generalization, JudgesAlikeInAnyUnitOfTheTargets) {
  const auto in_ones = validate_in("1", "ones");
  for (const std::string unit : {"1e-12", "1e60"}) {
    const auto out = "run" + unit;
    EXPECT_EQ(validate_in(unit, out).status, in_ones.status) << unit;
    const auto claims = run_file(out, "claims.csv");
    EXPECT_THAT(claims, Not(HasSubstr("zero but for rounding"))) << unit;
    EXPECT_EQ(program({"report", out, "--quiet"}).status, 0) << unit;
    EXPECT_EQ(run_file(out, "claims.csv"), claims) << unit;
  }
}

TEST_F(Generalization, RefusesTargetsWhoseErrorsLeaveDoublePrecision) {
  for (const std::string unit : {"1e160", "1e75", "1e-75", "1e-170"})
    expect_refusal(validate_in(unit, "run"),
                   {"targets = mean square ", "must be 0 or lie in [1e-140, 1e+140]"});
  EXPECT_FALSE(std::filesystem::exists(path("run")));
}

TEST_F(Generalization, RunsItsTemplate) {
  const auto experiment = parse_experiment(std::string(generalization_template()), "template", {});
  EXPECT_EQ(experiment.kind().name(), "generalization");
  EXPECT_EQ(experiment.simulation().widths.size(), 3U);
}

TEST_F(Generalization, DoesNotTakeMorePointsThanThereAre) {
  expect_refusal(validate("run", {"--set", "generalization.training_points=[8, 33]"}),
                 {"generalization.training_points = 33", "pool of 66 points", "64 inputs"});
}

TEST_F(Generalization, IsNoStudyForTheOtherVerbs) {
  expect_refusal(program({"predict", "tiny.toml"}), {"study.kind", "has no \"wideproof "});
  expect_refusal(program({"power", "tiny.toml"}), {"study.kind"});
}

TEST_F(Generalization, DoesWithoutNetworks) {
  EXPECT_EQ(validate("run", {"--set", "simulation.widths=[]"}).err, "");
  EXPECT_TRUE(
      summary("run").at("generalization").at("learning_curve").at(0).at("networks").empty());
}

}  // namespace
}  // namespace wideproof::app
