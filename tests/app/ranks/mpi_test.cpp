// SPDX-License-Identifier: MIT
#include <sched.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include <nlohmann/json.hpp>

#include "mpi_jobs.hpp"

namespace wideproof::app {
namespace {

class Mpi : public MpiJobs {
 protected:
  nlohmann::json made_by(const std::string& out) const {
    return nlohmann::json::parse(run_file(out, "summary.json")).at("provenance");
  }
};

TEST_F(Mpi, GivesTheBitsOfOneProcessForAnyNumberOfRanksAndThreads) {
  std::string text = tiny;  // which is to look at its precision several times
  text.replace(text.find("replicates = 8"), 14, "precision = 0.02\nmost_replicates = 900");
  write("precise.toml", text);
  const auto with = [&](const std::string& threads, const std::string& out) {
    return std::vector<std::string>{"validate", "precise.toml", "--quiet", "--threads",
                                    threads,    "--out",        out};
  };
  const int status = program(with("1", "alone")).status;
  EXPECT_EQ(made_by("alone").at("ranks"), 1);
  const auto results = run_file("alone", "results.h5");
  ASSERT_NE(results, "");
  for (const int count : {1, 2, 4}) {
    for (const auto* threads : {"1", "3"}) {
      const auto out = std::to_string(count) + "x" + threads;
      EXPECT_EQ(run_program(job(count, with(threads, out))).status, status);
      EXPECT_TRUE(run_file(out, "results.h5") == results) << out;
      EXPECT_EQ(made_by(out).at("ranks"), count);
      EXPECT_EQ(made_by(out).at("threads"), std::stoi(threads));
      EXPECT_FALSE(std::filesystem::exists(path(out + "/checkpoint.h5")));
    }
  }
}

TEST_F(Mpi, SpreadsLargeNetworksThatTakeARanksThreadsTogether) {
  const std::vector<std::string> what = {"validate",
                                         "tiny.toml",
                                         "--quiet",
                                         "--set",
                                         "simulation.widths=[64, 16384]",
                                         "--set",
                                         "simulation.engine=\"direct\"",
                                         "--set",
                                         "network.depth=1",
                                         "--threads",
                                         "2"};
  auto alone = what;
  alone.insert(alone.end(), {"--out", "alone"});
  auto shared = what;
  shared.insert(shared.end(), {"--out", "shared"});
  EXPECT_EQ(program(alone).status, run_program(job(2, shared)).status);
  ASSERT_NE(run_file("alone", "results.h5"), "");
  EXPECT_TRUE(run_file("alone", "results.h5") == run_file("shared", "results.h5"));
}

TEST_F(Mpi, DealsLabelsOutAlikeOnAnyNumberOfRanks) {
  const auto with = [](const std::string& out) {
    return std::vector<std::string>{
        "validate",
        "tiny.toml",
        "--quiet",
        "--threads",
        "2",
        "--out",
        out,
        "--set",
        "inputs={source=\"mixture\", count=6, dimension=8, clusters=3, separation=2.0}"};
  };
  const int status = program(with("alone")).status;
  const auto results = run_file("alone", "results.h5");
  EXPECT_FALSE(summary("alone").at("selectivity").is_null());
  for (const int count : {2, 3}) {
    const auto out = std::to_string(count);
    EXPECT_EQ(run_program(job(count, with(out))).status, status);
    EXPECT_TRUE(run_file(out, "results.h5") == results) << out;
  }
}

TEST_F(Mpi, DividesTheCoresAmongTheRanks) {
  cpu_set_t cores;
  ASSERT_EQ(::sched_getaffinity(0, sizeof(cores), &cores), 0);
  run_program(job(3, {"validate", "tiny.toml", "--out", "run", "--quiet"}));
  EXPECT_EQ(made_by("run").at("threads"), std::max(1, CPU_COUNT(&cores) / 3));
}

TEST_F(Mpi, PrintsOnce) {
  const auto validated = run_program(job(2, {"validate", "tiny.toml", "--out", "run"}));
  EXPECT_EQ(occurrences(validated.out, "verdict: inconclusive"), 1) << validated.out;
  EXPECT_EQ(occurrences(validated.err, "wideproof"), 0) << validated.err;
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"predict", "tiny.toml"},
        {"init"},
        {"report", "run"},
        {"--help"}}) {
    const auto outcome = run_program(job(2, arguments));
    EXPECT_EQ(outcome.status, 0);
    EXPECT_EQ(outcome.out, program(arguments).out);
    EXPECT_EQ(outcome.err, "");
  }
}

TEST_F(Mpi, SaysOnceWhatAllRanksFindWrong) {
  const auto before = everything();
  expect_failure(run_program(job(3, {"validate", "tiny.toml", "--set", "network.depth=0"})), 2,
                 "network.depth = 0: must lie in");
  expect_failure(run_program(job(3, {"validat"})), 2, "\"validat\": must be one of");
  expect_failure(run_program(job(2, {"predict", "nowhere.toml"})), 2, "");
  EXPECT_EQ(everything(), before);
}

TEST_F(Mpi, StopsWhereARankPreparedAnotherStudy) {
  const std::vector<std::string> run = {"validate", "tiny.toml", "--out", "run"};
  const auto beside = [&](const std::vector<std::string>& other) {
    return run_program(mpirun(together(ranks(1, run), ranks(1, other))));
  };
  const auto before = everything();
  expect_failure(beside({"validate", "tiny.toml", "--out", "run", "--seed", "8"}), 2,
                 "rank 1 of 2: the experiment differs from rank 0's");
  expect_failure(beside({"predict", "tiny.toml"}), 2, "rank 1 of 2: ");

  // One name, and a file of that name on each node.
  const auto csv = "[inputs]\nsource = \"csv\"\nfile = \"x.csv\"\n";
  std::filesystem::create_directory(path("node"));
  write("csv.toml", csv);
  write("node/csv.toml", csv);
  write("x.csv", "1,0\n0,1\n1,1\n");
  write("node/x.csv", "1,0\n0,1\n1,2\n");
  const auto here = ranks(1, {"validate", "csv.toml", "--out", "run"});
  auto there = here;
  there.insert(there.begin(), {"-wdir", path("node")});
  const auto files = everything();
  expect_failure(run_program(mpirun(together(here, there))), 2,
                 "rank 1 of 2: what the input files hold differs from rank 0's");
  EXPECT_EQ(everything(), files);
}

/// Which may be a pipe that rank 0 alone has.
TEST_F(Mpi, ReadsTheExperimentOnceForAllRanks) {
  const auto job = together(ranks(1, {"validate", "tiny.toml", "--out", "run"}),
                            ranks(1, {"validate", "nowhere.toml", "--out", "run"}));
  EXPECT_EQ(run_program(mpirun(job)).status, 3);
  EXPECT_EQ(program({"validate", "tiny.toml", "--out", "alone", "--quiet"}).status, 3);
  EXPECT_TRUE(run_file("run", "results.h5") == run_file("alone", "results.h5"));
  expect_failure(run_program(mpirun(ranks(2, {"validate", "nowhere.toml"}))), 2,
                 "\"nowhere.toml\": no such file");
}

TEST_F(Mpi, IsRefusedByAProgramBuiltWithoutIt) {
  const auto outcome =
      run_program(mpirun(ranks(2, {"validate", "tiny.toml", "--out", "run"}, WIDEPROOF_ALONE)));
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, testing::HasSubstr("-DWIDEPROOF_WITH_MPI=ON"));
  EXPECT_FALSE(std::filesystem::exists(path("run")));
}

}  // namespace
}  // namespace wideproof::app
