// SPDX-License-Identifier: MIT
#include <wideproof/app/experiment/experiment_paths.hpp>

#include <filesystem>
#include <string>
#include <vector>

#include <wideproof/app/experiment/experiment_file.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* three_inputs = "1,0\n0,1\n1,1\n";

/// An experiment and its inputs, each in a folder of its own: study/exp.toml, data/x.csv.
class ExperimentPaths : public Runs {
 protected:
  ExperimentPaths() {
    for (const auto* folder : {"study", "data"}) fs::create_directory(path(folder));
    write("data/x.csv", three_inputs);
    std::string text = tiny;
    text.replace(text.find("source = \"circle\"\ncount = 3"), 27,
                 "source = \"csv\"\nfile = \"../data/x.csv\"");
    write("study/exp.toml", text);
  }

  /// The status of a line of the shell, which is to say nothing on stderr.
  int status(const std::string& line) const {
    const auto outcome = shell(line);
    EXPECT_EQ(outcome.err, "") << line;
    return outcome.status;
  }
  std::string key_in(const std::string& file, const std::string& key) const {
    const auto text = contents(path(file));
    const auto begin = text.find("\n" + key + " = ");
    return begin == std::string::npos
               ? "nothing"
               : text.substr(begin + 1, text.find('\n', begin + 1) - begin - 1);
  }
};

constexpr int undecided = 3;

TEST_F(ExperimentPaths, AreNamedAnewFromAnotherFolder) {
  EXPECT_EQ(path_from("", "x.csv", ""), "x.csv");
  EXPECT_EQ(path_from("", "./x.csv", ""), "./x.csv");
  EXPECT_EQ(path_from("", "../data/x.csv", "study"), "data/x.csv");
  EXPECT_EQ(path_from("runs/one", "data/x.csv", ""), "../../data/x.csv");
  EXPECT_EQ(path_from("study", "../data/x.csv", "study"), "../data/x.csv");
  EXPECT_EQ(path_from("study/runs", "x.csv", "study"), "../x.csv");
  EXPECT_EQ(path_from("anywhere", "/data/x.csv", "study"), "/data/x.csv");
  EXPECT_EQ(path_from(path("runs"), "x.csv", path("study")), "../study/x.csv");
}

TEST_F(ExperimentPaths, KeepTheNamesOfLinksAndAreNotMisledByThem) {
  fs::create_directories(path("far/away"));
  fs::create_directory_symlink(path("far/away"), path("link"));
  EXPECT_EQ(path_from(path("runs"), "../link/x.csv", path("study")), "../link/x.csv");
  // link/.. is the folder far.
  EXPECT_EQ(path_from(path("runs"), "../link/../x.csv", path("study")), "../far/x.csv");
  EXPECT_EQ(path_from(path("link"), "x.csv", path("study")), "../../study/x.csv");
}

TEST_F(ExperimentPaths, AreFoundWhereverAFileNamesThem) {
  auto table = parse_toml(R"(study.name = "inputs.file"
compare.prediction = "theory"
targets.file = "y.csv"
[sweep]
inputs = [{source = "csv", file = "a.csv"}, {source = "csv", file = "/b.csv"}]
compare.prediction = ["theory", "p.npy"]
[[claims]]
statement = "x.csv"
at = { inputs.file = "a.csv" }
)",
                          "text");
  take_paths_from("runs", table, "");
  EXPECT_EQ(table["study"]["name"], "inputs.file");
  EXPECT_EQ(table["compare"]["prediction"], "theory");
  EXPECT_EQ(table["targets"]["file"], "../y.csv");
  EXPECT_EQ(table["sweep"]["inputs"][0]["file"], "../a.csv");
  EXPECT_EQ(table["sweep"]["inputs"][1]["file"], "/b.csv");
  EXPECT_EQ(table["sweep"]["compare"]["prediction"][0], "theory");
  EXPECT_EQ(table["sweep"]["compare"]["prediction"][1], "../p.npy");
  EXPECT_EQ(table["claims"][0]["statement"], "x.csv");
  EXPECT_EQ(table["claims"][0]["at"]["inputs"]["file"], "../a.csv");
}

TEST_F(ExperimentPaths, AreTakenFromTheFilesFolder) {
  EXPECT_EQ(status("$0 validate study/exp.toml --out run --quiet"), undecided);
  EXPECT_EQ(status("cd study && $0 validate exp.toml --out ../other --quiet"), undecided);
  EXPECT_EQ(status("cd data && $0 validate \"$PWD/../study/exp.toml\" --out ../third --quiet"),
            undecided);
  EXPECT_EQ(key_in("run/experiment.toml", "file"), "file = '../data/x.csv'");
  for (const auto* other : {"other", "third"})
    EXPECT_EQ(run_file(other, "results.h5"), run_file("run", "results.h5")) << other;
  EXPECT_EQ(summary("run").at("files").at(0).at("path"), "../data/x.csv");
}

TEST_F(ExperimentPaths, OfARunRepeatItFromItsFolder) {
  EXPECT_EQ(status("$0 validate study/exp.toml --out runs/one --quiet"), undecided);
  EXPECT_THAT(run_file("runs/one", "report.html"),
              testing::AllOf(testing::HasSubstr("In the folder of this page:"),
                             testing::HasSubstr("wideproof validate experiment.toml --out again")));
  EXPECT_EQ(status("cd runs/one && $0 validate experiment.toml --out again --quiet"), undecided);
  EXPECT_EQ(run_file("runs/one/again", "gram.csv"), run_file("runs/one", "gram.csv"));
  EXPECT_EQ(key_in("runs/one/again/experiment.toml", "file"), "file = '../../../data/x.csv'");
}

TEST_F(ExperimentPaths, OfSettingsAndPipesAreTakenFromTheWorkingDirectory) {
  write("x.csv", "1,0\n0,1\n1,2\n");
  EXPECT_EQ(status("$0 validate study/exp.toml --set inputs.file=x.csv --out set --quiet"),
            undecided);
  EXPECT_EQ(key_in("set/experiment.toml", "file"), "file = '../x.csv'");
  for (const auto* source : {"- < exp.toml", "/dev/stdin < exp.toml", "<(cat exp.toml)"}) {
    const auto line =
        std::string("cd study && \"$0\" predict --force --out ../run --quiet ") + source;
    EXPECT_EQ(status("bash -c '" + line + "' \"$0\""), 0) << source;
    EXPECT_EQ(key_in("run/experiment.toml", "file"), "file = '../data/x.csv'") << source;
  }
  expect_refusal(shell("$0 predict - < study/exp.toml"), {"inputs.file = \"../data/x.csv\""});
}

TEST_F(ExperimentPaths, OfPredictionsAreTakenAlike) {
  EXPECT_EQ(status("$0 predict study/exp.toml --out theory --quiet"), 0);
  EXPECT_EQ(key_in("theory/experiment.toml", "prediction"), "prediction = 'theory'");
  write("study/own.toml",
        contents(path("study/exp.toml")) + "[compare]\nprediction = \"../theory/results.h5\"\n");
  EXPECT_EQ(status("$0 validate study/own.toml --out runs/own --quiet"), undecided);
  EXPECT_EQ(summary("runs/own").at("prediction_source"), "../../theory/results.h5");
  const auto told = run_file("runs/own", "summary.json");
  const auto page = run_file("runs/own", "report.html");
  EXPECT_EQ(status("cd study && $0 report ../runs/own --quiet"), 0);
  EXPECT_EQ(run_file("runs/own", "summary.json"), told);
  EXPECT_EQ(run_file("runs/own", "report.html"), page);
}

TEST_F(ExperimentPaths, LetARunBeResumedFromAnywhere) {
  const std::string longer = " --set simulation.replicates=4000 --quiet --out ";
  EXPECT_EQ(shell("$0 validate study/exp.toml --time-limit 0.001s" + longer + "run").status, 130);
  EXPECT_EQ(status("cd study && $0 validate exp.toml --resume" + longer + "../run"), undecided);
  EXPECT_EQ(status("cd data && $0 validate ../study/exp.toml --resume" + longer + "../run"),
            undecided);
  write("data/y.csv", three_inputs);
  expect_refusal(
      shell("$0 validate study/exp.toml --resume --set inputs.file=data/y.csv" + longer + "run"),
      {"inputs.file is \"../data/x.csv\" there and \"../data/y.csv\" here"});
}

TEST_F(ExperimentPaths, OfASweepReachEachPoint) {
  write("data/y.csv", "1,0\n0,1\n1,2\n");
  write("study/sweep.toml", contents(path("study/exp.toml")) +
                                "[sweep]\ninputs.file = [\"../data/x.csv\", \"../data/y.csv\"]\n");
  EXPECT_EQ(status("$0 validate study/sweep.toml --out runs/sweep --quiet"), undecided);
  EXPECT_THAT(contents(path("runs/sweep/experiment.toml")),
              testing::HasSubstr("inputs.file = [\"../../data/x.csv\", \"../../data/y.csv\"]"));
  EXPECT_EQ(key_in("runs/sweep/points/02/experiment.toml", "file"),
            "file = '../../../../data/y.csv'");
  EXPECT_THAT(run_file("runs/sweep", "sweep.csv"), testing::HasSubstr("../data/x.csv"));

  EXPECT_EQ(status("cd study && $0 report ../runs/sweep --quiet"), 0);
  EXPECT_EQ(status("cd study && $0 validate sweep.toml --resume --out ../runs/sweep --quiet"),
            undecided);
  EXPECT_EQ(status("cd runs/sweep && $0 validate experiment.toml --out again --quiet"), undecided);
  EXPECT_EQ(status("cd runs/sweep/points/02 && $0 validate experiment.toml --out again --quiet"),
            undecided);
  for (const auto* point : {"again/points/02", "points/02/again"})
    EXPECT_EQ(run_file(std::string("runs/sweep/") + point, "gram.csv"),
              run_file("runs/sweep/points/02", "gram.csv"))
        << point;
}

}  // namespace
}  // namespace wideproof::app
