// SPDX-License-Identifier: MIT
// Ranks share out studies of every kind, and sweeps.
#include <filesystem>
#include <string>
#include <vector>

#include "mpi_jobs.hpp"

namespace wideproof::app {
namespace {

constexpr const char* regressions = R"([study]
name = "regressions"
kind = "generalization"
[network]
depth = 1
active_fraction = 0.3
[inputs]
source = "circle"
count = 64
[targets]
source = "half-circle"
[generalization]
training_points = [8, 16]
draws = 3
[simulation]
widths = [32, 64]
)";

constexpr const char* coins = R"([study]
name = "coins"
kind = "coin"
[coin]
draws = 25
)";

constexpr const char* trainings = R"([study]
name = "trainings"
kind = "training"
[network]
depth = 2
active_fraction = 0.3
[inputs]
source = "circle"
count = 6
[targets]
source = "step"
periods = 2
[training]
learning_rate = 0.05
steps = 6
record = [0, 3, 6]
[simulation]
widths = [16, 32]
replicates = 5
)";

class MpiKinds : public MpiJobs {
 protected:
  MpiKinds() {
    write("regressions.toml", regressions);
    write("coins.toml", coins);
    write("trainings.toml", std::string(trainings) + "engine = \"direct\"\n");
    write("wide-trainings.toml", std::string(trainings) + "engine = \"collapsed\"\n");
    write("sweep.toml", std::string(tiny) + "[sweep]\nnetwork.active_fraction = [0.2, 0.4]\n");
    write("sweep-of-regressions.toml",
          std::string(regressions) + "[sweep]\nnetwork.active_fraction = [0.2, 0.4]\n");
  }

  static std::vector<std::string> validate_into(const std::string& file, const std::string& out) {
    return {"validate", file, "--quiet", "--threads", "2", "--out", out};
  }

  /// One process and three ranks give the same files.
  void expect_same(const std::string& file, const std::vector<std::string>& results,
                   const std::string& with = WIDEPROOF_PROGRAM) const {
    auto alone = launch(validate_into(file, "alone"));
    alone.program = with;
    const auto status = run_program(alone).status;
    const auto shared = run_program(mpirun(ranks(3, validate_into(file, "shared"), with)));
    EXPECT_EQ(shared.status, status) << shared.err;
    for (const auto& name : results) {
      ASSERT_NE(run_file("alone", name), "") << name;
      EXPECT_TRUE(run_file("alone", name) == run_file("shared", name)) << name;
    }
    EXPECT_FALSE(std::filesystem::exists(path("shared/checkpoint.h5")));
  }
};

TEST_F(MpiKinds, ShareOutRegressions) {
  expect_same("regressions.toml", {"results.h5", "learning_curve.csv", "draws.csv"});
}

TEST_F(MpiKinds, ShareOutNetworksThatTrain) {
  expect_same("trainings.toml", {"results.h5", "training.csv", "activity.csv"});
}

TEST_F(MpiKinds, ShareOutNetworksThatTrainWithoutWeights) {
  expect_same("wide-trainings.toml", {"results.h5", "training.csv", "trained.csv"});
}

TEST_F(MpiKinds, ShareOutAKindOfAFewNumbers) {
  expect_same("coins.toml", {"results.h5", "draws.csv"}, WIDEPROOF_WITH_COIN);
}

TEST_F(MpiKinds, ShareOutThePointsOfASweep) {
  expect_same("sweep.toml", {"sweep.csv", "points/01/results.h5", "points/02/results.h5"});
}

TEST_F(MpiKinds, ShareOutASweepOfRegressions) {
  expect_same("sweep-of-regressions.toml",
              {"sweep.csv", "points/01/results.h5", "points/02/results.h5"});
}

TEST_F(MpiKinds, GoOnFromACheckpointOfAnotherNumberOfRanks) {
  ASSERT_NE(program(validate_into("regressions.toml", "whole")).status, 2);
  auto stopped = validate_into("regressions.toml", "run");
  stopped.insert(stopped.end(), {"--time-limit", "0.001s"});
  EXPECT_EQ(run_program(job(3, stopped)).status, 130);
  ASSERT_TRUE(std::filesystem::exists(path("run/checkpoint.h5")));
  auto resumed = validate_into("regressions.toml", "run");
  resumed.emplace_back("--resume");
  EXPECT_NE(run_program(job(2, resumed)).status, 2);
  EXPECT_TRUE(run_file("run", "results.h5") == run_file("whole", "results.h5"));
}

TEST_F(MpiKinds, EndTogetherWhereOneRankPreparedAnotherSweep) {
  const auto outcome =
      run_program(mpirun(together(ranks(1, validate_into("sweep.toml", "run")),
                                  ranks(1, validate_into("sweep-of-regressions.toml", "run")))));
  // Rank 0's file is every rank's.
  EXPECT_NE(outcome.status, 2) << outcome.err;
  auto other = validate_into("sweep.toml", "other");
  other.insert(other.end(), {"--seed", "8"});
  expect_failure(run_program(mpirun(
                     together(ranks(1, validate_into("sweep.toml", "other")), ranks(1, other)))),
                 2, "rank 1 of 2: the experiment differs from rank 0's");
  EXPECT_FALSE(std::filesystem::exists(path("other")));
}

}  // namespace
}  // namespace wideproof::app
