// SPDX-License-Identifier: MIT
#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "runs.hpp"

namespace wideproof::app {
namespace {

/// Runs that last several times as long as a checkpoint takes to come, on one thread.
class Resume : public Runs {
 protected:
  Launch long_run(const std::string& out, const std::string& threads, bool resume) const {
    std::vector<std::string> arguments = {"validate",  "tiny.toml", "--out",  out,
                                          "--threads", threads,     "--quiet"};
    for (const auto* setting : {"simulation.widths=[64, 128]", "simulation.replicates=4000",
                                "simulation.checkpoint_seconds=0.25"}) {
      arguments.insert(arguments.end(), {"--set", setting});
    }
    if (!inputs_.empty()) arguments.insert(arguments.end(), {"--set", inputs_});
    if (resume) arguments.emplace_back("--resume");
    return launch(arguments);
  }

  /// Starts a run, and ends it by `signal` once it has written a checkpoint.
  Outcome interrupted(const std::string& out, int signal) const {
    Process process(long_run(out, "1", false));
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::minutes(10);
    while (!std::filesystem::exists(path(out + "/checkpoint.h5")) &&
           std::chrono::steady_clock::now() < give_up) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    process.signal(signal);
    return process.wait();
  }

  void expect_resumed_like(const std::string& whole, const std::string& out) const {
    ASSERT_TRUE(std::filesystem::exists(path(out + "/checkpoint.h5")));
    EXPECT_FALSE(std::filesystem::exists(path(out + "/results.h5")));
    const auto outcome = run_program(long_run(out, "2", true));
    EXPECT_EQ(outcome.status, run_program(long_run(whole, "2", true)).status);
    EXPECT_EQ(outcome.err, "");
    EXPECT_TRUE(run_file(out, "results.h5") == run_file(whole, "results.h5"));
    EXPECT_FALSE(std::filesystem::exists(path(out + "/checkpoint.h5")));
  }

  std::string inputs_;  ///< others than those of tiny.toml
};

TEST_F(Resume, DealsLabelsOutAsARunThatNeverStopped) {
  inputs_ = "inputs={source=\"mixture\", count=6, dimension=8, clusters=3, separation=2.0}";
  run_program(long_run("whole", "2", false));
  EXPECT_FALSE(summary("whole").at("selectivity").is_null());
  EXPECT_EQ(interrupted("terminated", SIGTERM).status, 130);
  expect_resumed_like("whole", "terminated");
}

TEST_F(Resume, EndsInTheBitsOfARunThatNeverStopped) {
  run_program(long_run("whole", "2", false));
  const auto terminated = interrupted("terminated", SIGTERM);
  EXPECT_EQ(terminated.status, 130);
  EXPECT_THAT(terminated.err,
              testing::StartsWith("wideproof: interrupted; terminated/checkpoint.h5 keeps what was "
                                  "done; to go on: "));
  EXPECT_THAT(terminated.err, testing::EndsWith(" --resume\n"));
  expect_resumed_like("whole", "terminated");

  // What a closed terminal sends.
  EXPECT_EQ(interrupted("hung up", SIGHUP).status, 130);
  expect_resumed_like("whole", "hung up");

  EXPECT_EQ(interrupted("killed", SIGKILL).status, 128 + SIGKILL);
  expect_resumed_like("whole", "killed");
}

TEST_F(Resume, EndsInTheBitsOfARunThatNeverStoppedAtATimeLimit) {
  auto limited = long_run("limited", "2", false);
  limited.arguments.insert(limited.arguments.end(), {"--time-limit", "0.1s"});
  const auto outcome = run_program(limited);
  EXPECT_EQ(outcome.status, 130);
  EXPECT_THAT(outcome.err, testing::HasSubstr(" --out limited "));
  EXPECT_THAT(outcome.err, testing::EndsWith(" --time-limit 0.1s --resume\n"));
  run_program(long_run("whole", "2", false));
  expect_resumed_like("whole", "limited");
}

/// By a gnuplot that waits until the signal has come.
TEST_F(Resume, SaysWhatIsKeptWhereASignalComesWhileFilesAreWritten) {
  std::filesystem::create_directory(path("bin"));
  write("bin/gnuplot",
        fmt::format("#!/bin/sh\n: > '{}'\nsleep 1\nPATH=${{PATH#*:}} exec gnuplot \"$@\"\n",
                    path("drawing")));
  std::filesystem::permissions(path("bin/gnuplot"), std::filesystem::perms::all);
  write("dimension.toml",
        "[study]\nkind = \"dimension\"\n[network]\ndepth = 2\n[ensemble]\nsamples = 100\n"
        "[simulation]\nwidths = [32, 64]\nreplicates = 8\n");
  for (const std::string name : {"tiny", "dimension"}) {
    const auto command = "validate " + name + ".toml --quiet --out " + name;
    Launch slow =
        launch({"-c", "PATH=\"$1/bin:$PATH\" exec \"$0\" " + command, WIDEPROOF_PROGRAM, path("")});
    slow.program = "/bin/sh";
    Process process(slow);
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::minutes(10);
    while (!std::filesystem::exists(path("drawing")) && std::chrono::steady_clock::now() < give_up)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    process.signal(SIGINT);
    const auto stopped = process.wait();
    EXPECT_EQ(stopped.status, 130);
    EXPECT_THAT(stopped.err, testing::StartsWith(fmt::format(
                                 "wideproof: interrupted; {}/results.h5 keeps what was computed; "
                                 "to go on: ",
                                 name)));
    EXPECT_THAT(stopped.err, testing::EndsWith(" --resume\n"));
    EXPECT_FALSE(std::filesystem::exists(path(name + "/summary.json")));
    std::filesystem::remove(path("drawing"));
    // The rest is written from there.
    const auto results = std::filesystem::last_write_time(path(name + "/results.h5"));
    const auto resumed = validate_file(name + ".toml", name, {"--resume"});
    EXPECT_EQ(resumed.err, "");
    EXPECT_EQ(std::filesystem::last_write_time(path(name + "/results.h5")), results);
    EXPECT_EQ(resumed.status, validate_file(name + ".toml", "whole " + name).status);
    EXPECT_EQ(run_file(name, "claims.csv"), run_file("whole " + name, "claims.csv"));
    EXPECT_TRUE(std::filesystem::exists(path(name + "/report.html")));
  }
}

TEST_F(Resume, MayHaveOtherCheckpointsAndMemory) {
  ASSERT_EQ(interrupted("run", SIGTERM).status, 130);
  auto other = long_run("run", "2", true);
  other.arguments.insert(other.arguments.end(), {"--set", "simulation.checkpoint_seconds=7",
                                                 "--set", "simulation.memory_gib=3.5"});
  const auto outcome = run_program(other);
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.status, run_program(long_run("whole", "2", false)).status);
  EXPECT_TRUE(run_file("run", "results.h5") == run_file("whole", "results.h5"));
}

TEST_F(Resume, EndsInTheBitsOfARunThatNeverStoppedWhereAPrecisionEndsIt) {
  const auto precise = [&](const std::string& out, const std::string& threads, bool resume) {
    auto launched =
        launch({"validate", "precise.toml", "--out", out, "--threads", threads, "--quiet"});
    if (resume) launched.arguments.emplace_back("--resume");
    return launched;
  };
  auto text = std::string(tiny);
  const auto place = text.find("replicates = 8");
  ASSERT_NE(place, std::string::npos);
  write("precise.toml", text.replace(place, 14, "precision = 0.006"));
  const auto whole = run_program(precise("whole", "1", false));
  auto limited = precise("limited", "2", false);
  limited.arguments.insert(limited.arguments.end(), {"--time-limit", "0.1s"});
  EXPECT_EQ(run_program(limited).status, 130);
  EXPECT_EQ(run_program(precise("limited", "3", true)).status, whole.status);
  EXPECT_TRUE(run_file("limited", "results.h5") == run_file("whole", "results.h5"));
}

TEST_F(Resume, RefusesADamagedCheckpointOrOneOfAnotherExperimentUntouched) {
  ASSERT_EQ(interrupted("run", SIGINT).status, 130);
  const auto checkpoint = run_file("run", "checkpoint.h5");
  const auto expect_refused = [&](const std::string& content) {
    write("run/checkpoint.h5", content);
    const auto before = everything();
    expect_refusal(run_program(long_run("run", "1", true)),
                   {"checkpoint = \"run/checkpoint.h5\": "});
    EXPECT_EQ(everything(), before);
  };
  expect_refused(checkpoint.substr(0, checkpoint.size() / 2));
  auto flipped = checkpoint;
  flipped[3] = static_cast<char>(~flipped[3]);
  expect_refused(flipped);

  write("run/checkpoint.h5", checkpoint);
  auto other = long_run("run", "1", true);
  other.arguments.insert(other.arguments.end(), {"--seed", "8"});
  expect_refusal(
      run_program(other),
      {"--out = \"run\": holds a run of another experiment, which --resume cannot go on with: "
       "study.seed is 7 there and 8 here\n"});
  expect_refusal(run_program(long_run("run", "1", false)),
                 {"--out = \"run\": holds the same run, unfinished; --resume goes on with it"});
  EXPECT_TRUE(run_file("run", "checkpoint.h5") == checkpoint);
}

/// Of inputs, labels and predictions alike: the run knows its files by what they held.
TEST_F(Resume, RefusesInputsThatHaveChanged) {
  write("x.csv", "1,0\n0,1\n1,1\n");
  const auto run = [&](const std::vector<std::string>& how) {
    auto launched = long_run("run", "1", false);
    launched.arguments.insert(launched.arguments.end(),
                              {"--set", "inputs={source=\"csv\", file=\"x.csv\"}"});
    launched.arguments.insert(launched.arguments.end(), how.begin(), how.end());
    return run_program(launched);
  };
  ASSERT_EQ(run({"--time-limit", "0.1s"}).status, 130);
  write("x.csv", "1,0\n0,1\n1,2\n");
  const auto before = everything();
  const std::vector<std::string> says = {"inputs.file = \"x.csv\": has changed since the run began",
                                         "sha256"};
  expect_refusal(run({"--resume"}), says);
  EXPECT_EQ(everything(), before);
  write("x.csv", "1,0\n0,1\n1,1\n");
  const int status = run({"--resume"}).status;
  EXPECT_TRUE(status == 0 || status == 3) << status;
  EXPECT_EQ(run({"--resume"}).status, status);
  write("x.csv", "1,0\n0,1\n1,2\n");
  expect_refusal(run({"--resume"}), says);
}

TEST_F(Resume, RefusesResultsOfAnotherExperiment) {
  const auto run = [this](const std::vector<std::string>& how) {
    return validate_file("tiny.toml", "run", how);
  };
  ASSERT_EQ(run({}).status, 3);
  // What is left where a run by force was killed at once.
  write("other.toml", run_file("run", "experiment.toml"));
  ASSERT_EQ(validate_file("other.toml", "other", {"--set", "network.active_fraction=0.1"}).status,
            3);
  write("run/experiment.toml", run_file("other", "experiment.toml"));
  const auto before = everything();
  expect_refusal(run({"--resume", "--set", "network.active_fraction=0.1"}),
                 {"experiment.toml\": is not the experiment that results.h5 was made with: "
                  "network.active_fraction is 0.1 there and 0.3 in the results"});
  EXPECT_EQ(everything(), before);
  EXPECT_EQ(run({"--force", "--set", "network.active_fraction=0.1"}).status, 3);
  EXPECT_TRUE(run_file("run", "results.h5") == run_file("other", "results.h5"));
}

TEST_F(Resume, StartsFromTheBeginningWhereNothingRan) {
  auto fresh = command("fresh");
  fresh.options.if_taken = RunFolder::IfTaken::resume;
  EXPECT_EQ(validate(fresh), 3);
  ASSERT_EQ(validate(command("run")), 3);
  EXPECT_EQ(run_file("fresh", "results.h5"), run_file("run", "results.h5"));
}

}  // namespace
}  // namespace wideproof::app
