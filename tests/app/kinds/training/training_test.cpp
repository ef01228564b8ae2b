// SPDX-License-Identifier: MIT
#include <cmath>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/folders/provenance.hpp>
#include <wideproof/app/kinds/training/training_run.hpp>
#include <wideproof/app/study/run_files.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

using testing::HasSubstr;

/// Section 8b's four points of a circle, centred: a true prediction is called wrong with a chance
/// of 1%.
constexpr const char* tiny_training = R"([study]
name = "tiny"
kind = "training"
seed = 3
[network]
depth = 1
active_fraction = 0.3
[inputs]
source = "csv"
file = "x.csv"
[test]
source = "csv"
file = "t.csv"
[targets]
source = "csv"
file = "y.csv"
test_file = "z.csv"
[training]
learning_rate = 0.1
steps = 50
record = [0, 10, 50]
centred = true
[simulation]
widths = [128, 256, 512, 1024]
replicates = 60
[compare]
equivalence_margin = 0.2
)";

class Training : public Runs {
 protected:
  Training() {
    write("tiny.toml", tiny_training);
    write("x.csv", rows_at({0, 1.2, 2.9, 4.6}));
    write("t.csv", rows_at({0.5, 3.7}));
    write("y.csv", "1\n-0.5\n0.8\n-1\n");
    write("z.csv", "0\n0\n");
  }

  static std::string without_test() {
    auto text = std::string(tiny_training);
    const auto test = text.find("[test]");
    text.erase(test, text.find("[targets]") - test);
    text.erase(text.find("test_file"), std::string("test_file = \"z.csv\"\n").size());
    return text;
  }

  static std::string rows_at(const std::vector<double>& angles) {
    std::string rows;
    for (const double angle : angles)
      rows += fmt::format("{:.17g},{:.17g}\n", std::cos(angle), std::sin(angle));
    return rows;
  }

  Outcome validate(const std::string& out, const std::vector<std::string>& settings = {}) const {
    std::vector<std::string> further;
    for (const auto& setting : settings) further.insert(further.end(), {"--set", setting});
    return validate_file("tiny.toml", out, further);
  }

  /// Four numbers a class of a mixture, for what has no limit.
  static std::vector<std::string> classes() {
    return {"inputs={source=\"mixture\", count=24, dimension=6, clusters=3, separation=1.5}",
            "test={source=\"mixture\", count=12, dimension=6, clusters=3, separation=1.5, seed=1}",
            "targets={source=\"labels\"}",
            "training={loss=\"cross-entropy\", optimizer=\"adam\", learning_rate=0.01, "
            "batch_size=7, epochs=6, record=[0, 10, 24]}",
            "simulation={widths=[16, 32], replicates=3}"};
  }
};

TEST_F(Training, AgreesWithTheLimitOfDescent) {
  const auto outcome = validate("run");
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  const auto json = summary("run");
  EXPECT_EQ(json.at("study").at("kind"), "training");
  ASSERT_EQ(json.at("trained").size(), 12U);
  const auto& last = json.at("trained").at(11);
  EXPECT_EQ(last.at("width"), 1024);
  EXPECT_EQ(last.at("step"), 50);
  EXPECT_EQ(last.at("replicates"), 60);
  ASSERT_EQ(last.at("output_mean").size(), 6U);
  ASSERT_EQ(last.at("output_mean").at(0).size(), 1U);
  // After 50 steps it is all but at the end of training: section 8b.
  const auto& predicted = json.at("predicted").at(2);
  EXPECT_EQ(predicted.at("step"), 50);
  EXPECT_NEAR(predicted.at("output_mean").at(4).at(0).get<double>(), 0.4360540379, 1e-3);
  EXPECT_NEAR(predicted.at("output_mean").at(5).at(0).get<double>(), -0.0320719980, 1e-3);
  EXPECT_EQ(predicted.at("output_deviation").at(0).at(0).get<double>(), 0);
  for (int point = 0; point < 6; ++point) {
    const double error = last.at("output_standard_error").at(point).at(0);
    EXPECT_NEAR(last.at("output_mean").at(point).at(0).get<double>(),
                predicted.at("output_mean").at(point).at(0).get<double>(), 6 * error + 0.02);
  }
  EXPECT_LT(json.at("tangent_drift").at("high").get<double>(), 0);
}

/// Section 8b's readout alone, networks with what they start with: mean and deviation.
TEST_F(Training, ReadoutsReachThePosterior) {
  const auto outcome =
      validate("run", {"training.layers=readout", "training.centred=false", "training.steps=4000",
                       "training.record=[4000]", "simulation.replicates=400"});
  EXPECT_NE(outcome.status, 1) << outcome.out << outcome.err;
  const auto predicted = summary("run").at("predicted").at(0);
  EXPECT_NEAR(predicted.at("output_mean").at(4).at(0).get<double>(), 0.4657546131, 1e-8);
  EXPECT_NEAR(predicted.at("output_mean").at(5).at(0).get<double>(), -0.0581127146, 1e-8);
  EXPECT_NEAR(predicted.at("output_deviation").at(4).at(0).get<double>(), 0.3062307795, 1e-8);
  EXPECT_NEAR(predicted.at("output_deviation").at(5).at(0).get<double>(), 0.5523512578, 1e-8);
  const auto measured = summary("run").at("trained").back();
  // A deviation of 400 normal numbers is known to 3.5%; five of these.
  EXPECT_NEAR(measured.at("output_deviation").at(4).at(0).get<double>(), 0.3062307795, 0.06);
  EXPECT_NEAR(measured.at("output_deviation").at(5).at(0).get<double>(), 0.5523512578, 0.11);
}

TEST_F(Training, TellsHowSparseAndSelectiveLayersAre) {
  auto settings = classes();
  settings.emplace_back("network.depth=2");
  const auto outcome = validate("run", settings);
  EXPECT_NE(outcome.status, 2) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.err, testing::Not(HasSubstr("was not drawn")));
  EXPECT_TRUE(std::filesystem::exists(path("run/figures/selectivity.svg")));
  const auto json = summary("run");
  EXPECT_TRUE(json.at("selectivity_missing").is_null());
  for (const char* key : {"sparsity", "selectivity", "test_sparsity", "test_selectivity"})
    ASSERT_EQ(json.at(key).size(), 2U * 2U * 3U) << key;  // widths, layers, steps
  const auto& start = json.at("sparsity").at(0);
  EXPECT_EQ(start.at("step"), 0);
  // The limit of f = .3, and what 3 networks of 16 neurons scatter around.
  EXPECT_NEAR(start.at("hoyer").at("predicted").get<double>(), .5744935339, 1e-9);
  EXPECT_NEAR(start.at("hoyer").at("mean").get<double>(), .5744935339, .2);
  EXPECT_TRUE(json.at("sparsity").at(1).at("hoyer").at("predicted").is_null());
  const auto& selective = json.at("selectivity");
  for (const auto& at : selective) {
    for (const char* index : {"ccmas", "class_selectivity", "eta_squared"})
      for (const auto* of : {&at, &at.at("untrained"), &at.at("null")}) {
        const double mean = of->at(index).at("mean");
        EXPECT_GT(mean, 0) << index;
        EXPECT_LT(mean, 1) << index;
      }
    EXPECT_TRUE(at.at("untrained").at("eta_squared").at("predicted").is_number());
  }
  // At step 0 the networks are those before training.
  EXPECT_EQ(selective.at(0).at("ccmas").at("mean"),
            selective.at(0).at("untrained").at("ccmas").at("mean"));
  EXPECT_EQ(selective.at(2).at("untrained"), selective.at(0).at("untrained"));
  EXPECT_TRUE(std::filesystem::exists(path("run/activity.csv")));
  settings.emplace_back("network.activation=tanh");
  EXPECT_NE(validate("signed", settings).status, 2);
  EXPECT_THAT(summary("signed").at("selectivity_missing").get<std::string>(),
              HasSubstr("Activities can be negative"));
  const auto signed_index = summary("signed").at("selectivity").at(0);
  EXPECT_TRUE(signed_index.at("ccmas").at("mean").is_null());
  EXPECT_TRUE(signed_index.at("eta_squared").at("mean").is_number());
}

TEST_F(Training, HasNoSelectivityWithoutClasses) {
  EXPECT_NE(validate("run", {"simulation.replicates=4", "simulation.engine=direct"}).status, 2);
  const auto json = summary("run");
  EXPECT_TRUE(json.at("selectivity").is_null());
  EXPECT_THAT(json.at("selectivity_missing").get<std::string>(), HasSubstr("no classes"));
  EXPECT_TRUE(json.at("sparsity").is_array());
}

/// 24 inputs of a mixture; 120 neurons and 3 outputs at the largest width.
TEST_F(Training, JudgesThePersistenceOfUntrainedNetworks) {
  auto settings = classes();
  settings[4] = "simulation={widths=[30, 120], replicates=12}";
  settings.emplace_back("compare={persistence=true, equivalence_margin=0.2}");
  const auto outcome = validate("run", settings);
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_THAT(run_file("run", "report.html"), HasSubstr("the persistence of their correlations"));
  const auto json = summary("run");
  ASSERT_EQ(json.at("persistence").size(), 2U);
  const auto& widest = json.at("persistence").at(1);
  EXPECT_EQ(widest.at("width"), 120);
  EXPECT_EQ(widest.at("neurons"), 123);
  EXPECT_EQ(widest.at("samples"), 24);
  for (const char* number : {"t1", "t2", "mean_correlation"}) {
    const auto& at = widest.at(number);
    const double predicted = at.at("predicted");
    // T2 is the difference of two parts of .1 each. The null is far beyond these margins.
    const double margin = number == std::string("t2") ? .04 : .2 * std::abs(predicted);
    EXPECT_NEAR(at.at("mean").get<double>(), predicted, margin) << number;
    EXPECT_GT(std::abs(at.at("independent").get<double>() - predicted), margin) << number;
    EXPECT_GT(at.at("predicted_error").get<double>(), 0) << number;
    EXPECT_GT(at.at("standard_error").get<double>(), 0) << number;
  }
  ASSERT_EQ(json.at("claims").size(), 3U);
  EXPECT_EQ(json.at("claims").at(0).at("name"), "persistence-t1");
  EXPECT_THAT(run_file("run", "persistence.csv"), HasSubstr("\n120,123,24,12,t1,"));
  EXPECT_THAT(run_file("run", "report.html"), HasSubstr("Persistence before training"));
  EXPECT_THAT(run_file("run", "experiment.toml"), HasSubstr("persistence = true"));
  // From results.h5 alone.
  EXPECT_EQ(program({"report", "run"}).status, 0);
  EXPECT_EQ(summary("run").at("persistence"), json.at("persistence"));
  EXPECT_EQ(validate("without", classes()).status, 3);
  EXPECT_TRUE(summary("without").at("persistence").is_null());
}

/// Beside a law of trained outputs, which weights that are drawn follow too.
TEST_F(Training, JudgesPersistenceBesideTrainedOutputs) {
  const auto outcome = validate("run", {"compare.persistence=true", "simulation.widths=[64, 128]",
                                        "simulation.replicates=20"});
  EXPECT_NE(outcome.status, 2) << outcome.err;
  const auto json = summary("run");
  std::vector<std::string> names;
  for (const auto& claim : json.at("claims")) names.push_back(claim.at("name"));
  EXPECT_THAT(names, testing::Contains("limit"));
  EXPECT_THAT(names, testing::Contains("persistence-t2"));
}

TEST_F(Training, PredictsPersistence) {
  const auto outcome = program({"predict", "tiny.toml", "--set", "compare.persistence=true",
                                "--set", "simulation.widths=[40, 80]", "--out", "run"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("Correlations of all neurons over the first 4 inputs"));
  const auto persistence = summary("run").at("persistence");
  ASSERT_EQ(persistence.size(), 2U);
  EXPECT_LT(persistence.at(1).at("t1").at("predicted").get<double>(), 0);
  EXPECT_TRUE(persistence.at(1).at("t1").at("mean").is_null());
}

TEST_F(Training, RefusesPersistenceWhereItIsNotDefined) {
  const auto refusal = [&](std::vector<std::string> settings) {
    settings.emplace_back("compare.persistence=true");
    const auto outcome = validate("refused", settings);
    EXPECT_EQ(outcome.status, 2) << outcome.out;
    return outcome.err;
  };
  EXPECT_THAT(refusal({"network.postsynaptic={filter=\"box\", taps=3}"}),
              HasSubstr("compare.persistence = true: is predicted of independent receiving"));
  EXPECT_THAT(refusal({"simulation.engine=collapsed"}),
              HasSubstr("compare.persistence = true: needs neurons"));
  EXPECT_THAT(refusal({"training.layers=readout", "training.ridge=0.1"}),
              HasSubstr("which training.ridge excludes"));
  EXPECT_THAT(refusal({"simulation.widths=[20000]"}),
              HasSubstr("correlates at most 20000 neurons, hidden ones and outputs, and the widest "
                        "networks have 20001"));
  write("x.csv", rows_at({0, 1.2}));
  write("y.csv", "1\n-0.5\n");
  EXPECT_THAT(refusal({}),
              HasSubstr("compare.persistence = true: needs 3 inputs that train or more, and there "
                        "are 2"));
}

TEST_F(Training, BothEnginesTrainNetworksOfOneLaw) {
  EXPECT_NE(validate("direct", {"simulation.engine=direct"}).status, 1);
  EXPECT_NE(validate("collapsed", {"simulation.engine=collapsed"}).status, 1);
  const auto of = [this](const std::string& run) { return summary(run).at("trained").back(); };
  const auto direct = of("direct"), collapsed = of("collapsed");
  for (int point = 4; point < 6; ++point) {
    const double error =
        std::hypot(direct.at("output_standard_error").at(point).at(0).get<double>(),
                   collapsed.at("output_standard_error").at(point).at(0).get<double>());
    EXPECT_NEAR(direct.at("output_mean").at(point).at(0).get<double>(),
                collapsed.at("output_mean").at(point).at(0).get<double>(), 5 * error);
  }
}

TEST_F(Training, TellsRightFormulasFromWrongOnes) {
  const auto outcome = program({"power", "tiny.toml", "--runs", "2", "--out", "power"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(run_file("power", "power.csv"), testing::ContainsRegex("the theory\"?,0,2,0,"));
  EXPECT_THAT(run_file("power", "power.csv"), testing::ContainsRegex("k' left out\"?,1,2,2,"));
}

TEST_F(Training, ShowsNoPowerOfWhatIsMeasuredOnly) {
  const auto outcome = program({"power", "tiny.toml", "--set", "training.momentum=0.5"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err,
              HasSubstr("study.kind = \"training\": there is nothing to judge: a law "));
}

TEST_F(Training, MeasuresWhatHasNoLimit) {
  std::vector<std::string> arguments = {"validate", "tiny.toml", "--out", "run"};
  for (const auto& setting : classes()) arguments.insert(arguments.end(), {"--set", setting});
  const auto outcome = program(arguments);
  EXPECT_EQ(outcome.status, 3) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("measured only: a law of trained outputs is derived of"));
  const auto json = summary("run");
  EXPECT_TRUE(json.at("predicted").is_null());
  const auto& start = json.at("trained").at(3);
  const auto& end = json.at("trained").at(5);
  EXPECT_EQ(end.at("step"), 24);
  EXPECT_LT(end.at("loss").get<double>(), start.at("loss").get<double>());
  EXPECT_GT(end.at("accuracy").get<double>(), 0.5);
  EXPECT_EQ(end.at("output_mean").size(), 36U);
  EXPECT_EQ(end.at("output_mean").at(0).size(), 3U);
}

TEST_F(Training, TrainsProjectedLayers) {
  const std::vector<std::string> settings = {
      "network={depth=2, activation=\"sparse-projection\", sparseness=0.6}",
      "simulation={widths=[100, 200], replicates=3}"};
  const auto outcome = validate("run", settings);
  EXPECT_EQ(outcome.status, 3) << outcome.err;
  const auto json = summary("run");
  EXPECT_TRUE(json.at("critical_step_size").is_null());
  const auto& trained = json.at("trained");
  EXPECT_LT(trained.back().at("loss").get<double>(), .1 * trained.at(3).at("loss").get<double>());
  for (const auto& layer : json.at("sparsity")) {
    EXPECT_NEAR(layer.at("hoyer").at("mean").get<double>(), .6, 1e-5);
    // 2Q(α), to what few narrow layers may be off; of one sign they would be half.
    EXPECT_NEAR(layer.at("active_fraction").get<double>(), .277, .07);
  }
  auto predicted = std::vector<std::string>{"predict", "tiny.toml"};
  for (const auto& setting : settings) predicted.insert(predicted.end(), {"--set", setting});
  const auto prediction = program(predicted);
  EXPECT_EQ(prediction.status, 0) << prediction.err;
  EXPECT_THAT(prediction.out, testing::Not(HasSubstr("lambda_max")));
  EXPECT_THAT(prediction.out, HasSubstr("derived of no hidden layers of activation"));
  expect_refusal(validate("collapsed", {settings[0], "simulation.engine=collapsed"}),
                 {"simulation.engine = \"collapsed\": trains no layers of activation = "
                  "\"sparse-projection\""});
}

TEST_F(Training, ShowsWhatIsAddedToTheLoss) {
  auto settings = classes();
  EXPECT_EQ(validate("without", settings).status, 3);
  EXPECT_TRUE(summary("without").at("trained").at(0).at("regularizer").is_null());
  const auto with = [&](const std::string& regularizer) {
    settings[3] =
        "training={loss=\"cross-entropy\", optimizer=\"adam\", learning_rate=0.01, batch_size=7, "
        "epochs=6, record=[0, 10, 24], dropout=0.1, regularizer={" +
        regularizer + "}}";
    return settings;
  };
  const auto outcome = validate("tree", with("kind=\"t2\", strength=0.5, a=0.25, neurons=8"));
  EXPECT_EQ(outcome.status, 3) << outcome.err;
  const auto trained = summary("tree").at("trained");
  // Of 8 neurons of one hidden layer and 3 outputs: all of w in (0, 1).
  for (const auto& at : trained) {
    EXPECT_LT(at.at("regularizer").get<double>(), 0);
    EXPECT_GT(at.at("regularizer").get<double>(), -0.75);
    EXPECT_GT(at.at("regularizer_standard_error").get<double>(), 0);
  }
  EXPECT_THAT(run_file("tree", "experiment.toml"),
              testing::AllOf(HasSubstr("kind = 't2'"), HasSubstr("a = 0.25"),
                             HasSubstr("neurons = 8"), HasSubstr("dropout = 0.1")));
  const auto again = program({"validate", path("tree/experiment.toml"), "--out", "again"});
  EXPECT_EQ(again.status, 3) << again.err;
  EXPECT_THAT(again.out, HasSubstr("dropout 0.1, 0.5 times t2"));
  EXPECT_EQ(summary("again").at("trained"), trained);

  EXPECT_EQ(validate("share", with("kind=\"mean-correlation\", strength=0, neurons=0.5")).status,
            3);
  EXPECT_THAT(run_file("share", "experiment.toml"), HasSubstr("neurons = 0.5"));
}

/// 2/lambda_max of the four points is 0.64: networks of finite width leave the limit's own path of
/// growing outputs within a few steps, and a true theory would be called wrong.
TEST_F(Training, JudgesNothingWhereDescentDiverges) {
  const auto outcome = program({"validate", "tiny.toml", "--out", "run", "--set",
                                "training.learning_rate=1", "--set", "training.steps=20", "--set",
                                "training.record=[20]", "--set", "simulation.replicates=20"});
  EXPECT_EQ(outcome.status, 3) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("of rates below 2/lambda_max"));
  EXPECT_TRUE(summary("run").at("predicted").is_null());
}

/// 48 of 300 runs on four points of a circle called the true limit wrong, at 5%.
TEST_F(Training, JudgesNothingWhereQuantilesHandOnGradients) {
  const auto judges = [this](const std::string& rule, const std::string& layers) {
    const auto outcome = validate(
        "run-" + rule + layers, {"training.threshold_gradient=through", "network.threshold=" + rule,
                                 "training.layers=" + layers, "simulation.replicates=4"});
    EXPECT_NE(outcome.status, 2) << outcome.err;
    return !summary("run-" + rule + layers).at("predicted").is_null();
  };
  EXPECT_FALSE(judges("quantile", "all"));
  EXPECT_THAT(program({"predict", "tiny.toml", "--set", "training.threshold_gradient=through"}).out,
              HasSubstr("of quantiles that are detached alone"));
  EXPECT_TRUE(judges("quantile", "readout"));
  EXPECT_TRUE(judges("std", "all"));
}

TEST_F(Training, SetsInputsApart) {
  EXPECT_EQ(validate("run", {"inputs={source=\"gaussian\", count=30, dimension=4}",
                             "targets={source=\"teacher\"}", "training.test_fraction=0.2",
                             "training.validation_fraction=0.25", "simulation.replicates=2",
                             "training.layers=readout"})
                .status,
            2);  // [test] is there
  write("tiny.toml", without_test());
  const auto outcome =
      validate("run", {"inputs={source=\"gaussian\", count=30, dimension=4}",
                       "targets={source=\"teacher\"}", "training.test_fraction=0.2",
                       "training.validation_fraction=0.25", "simulation.replicates=12"});
  EXPECT_NE(outcome.status, 2) << outcome.err;
  EXPECT_EQ(summary("run").at("trained").at(0).at("output_mean").size(), 30U);
  EXPECT_GT(summary("run").at("trained").at(0).at("validation_loss").get<double>(), 0);
  const auto told = summary("run").at("trained");
  EXPECT_NE(program({"report", "run", "--quiet"}).status, 2);
  EXPECT_EQ(summary("run").at("trained"), told);  // from what the run keeps
}

TEST_F(Training, EndsInTheSameBitsOnAnyNumberOfThreadsAndWhereItWasInterrupted) {
  std::vector<std::string> settings = classes();
  std::vector<std::string> arguments;
  for (const auto& setting : settings) arguments.insert(arguments.end(), {"--set", setting});
  auto with = [&](const std::string& threads) {
    auto all = arguments;
    all.insert(all.end(), {"--threads", threads});
    return all;
  };
  validate_file("tiny.toml", "one", with("1"));
  validate_file("tiny.toml", "three", with("3"));
  EXPECT_TRUE(run_file("one", "results.h5") == run_file("three", "results.h5"));

  const auto experiment = parse_experiment(tiny_training, "tiny", settings, path(""));
  const RunFolder folder(path("stopped"));
  folder.claim(to_toml(experiment, folder.path()), RunFolder::IfTaken::refuse);
  const auto loaded = std::make_shared<const LoadedTraining>(experiment);
  int sittings = 0;
  for (bool is_done = false; !is_done; ++sittings) {
    TrainingRun run(experiment, loaded);
    int words = 0;
    is_done = run.advance(folder, [&](const RunProgress&) { return ++words < 2; });
    if (is_done) finish(run, folder, provenance(), ReportParts::all, {});
  }
  EXPECT_GT(sittings, 2);
  EXPECT_TRUE(run_file("stopped", "results.h5") == run_file("one", "results.h5"));
}

/// What such a network has learnt is not saved: a checkpoint that stopped it would begin it anew.
TEST_F(Training, EndsWhereANetworkWithoutWeightsTakesLongerThanACheckpoint) {
  const auto experiment = parse_experiment(
      tiny_training, "tiny",
      {"network.depth=2", "simulation.engine=collapsed", "simulation.widths=[8192]",
       "simulation.replicates=1", "simulation.checkpoint_seconds=0.1"},
      path(""));
  const RunFolder folder(path("run"));
  folder.claim(to_toml(experiment, folder.path()), RunFolder::IfTaken::refuse);
  TrainingRun run(experiment, std::make_shared<const LoadedTraining>(experiment));
  double reached = 0;
  EXPECT_TRUE(run.advance(folder, [&](const RunProgress& progress) {
    const bool goes_forth = progress.fraction >= reached;
    reached = progress.fraction;
    return goes_forth;
  }));
  EXPECT_TRUE(folder.holds("checkpoint.h5"));  // it took longer
}

/// Files of [inputs] and [test] are told apart, or the second would be a first one that changed.
TEST_F(Training, GoesOnWithFilesOfTests) {
  const auto experiment = parse_experiment(
      tiny_training, "tiny", {"simulation.replicates=1", "simulation.engine=direct"}, path(""));
  const auto loaded = std::make_shared<const LoadedTraining>(experiment);
  std::vector<std::string> keys;
  for (const auto& file : loaded->log.files) keys.push_back(file.key);
  EXPECT_THAT(
      keys, testing::ElementsAre("inputs.file", "test.file", "targets.file", "targets.test_file"));
  const RunFolder folder(path("run"));
  folder.claim(to_toml(experiment, folder.path()), RunFolder::IfTaken::refuse);
  EXPECT_FALSE(
      TrainingRun(experiment, loaded).advance(folder, [](const RunProgress&) { return false; }));
  EXPECT_TRUE(
      TrainingRun(experiment, loaded).advance(folder, [](const RunProgress&) { return true; }));
}

TEST_F(Training, ReportsWithoutTraining) {
  validate("run", {"simulation.replicates=12"});
  const auto told = run_file("run", "summary.json");
  const auto page = run_file("run", "report.html");
  std::filesystem::remove(path("run/report.html"));
  EXPECT_EQ(program({"report", "run", "--quiet"}).status, 0);
  EXPECT_EQ(run_file("run", "summary.json"), told);
  EXPECT_EQ(run_file("run", "report.html"), page);
}

TEST_F(Training, IsSweptWithClaims) {
  write("sweep.toml", std::string(tiny_training) + R"([sweep]
training.steps = [5, 20]
)");
  const auto outcome = validate_file(
      "sweep.toml", "run", {"--set", "simulation.replicates=3", "--set", "training.record=[]"});
  EXPECT_THAT(outcome.err, testing::IsEmpty());
  EXPECT_THAT(run_file("run", "sweep.csv"), HasSubstr("loss"));
}

TEST_F(Training, PredictsBothLimits) {
  const auto outcome = program({"predict", "tiny.toml", "--out", "theory"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("0.436"));     // the end of training
  EXPECT_THAT(outcome.out, HasSubstr("0.465755"));  // NNGP
  // Numbered as everywhere.
  EXPECT_THAT(outcome.out, HasSubstr("\n       4 "));
  EXPECT_THAT(outcome.out, HasSubstr("\n  test 2 "));
  EXPECT_EQ(summary("theory").at("predicted").size(), 3U);
}

TEST_F(Training, RefusesWhatCannotBeTrained) {
  const auto refuses = [this](const std::vector<std::string>& settings, const std::string& why) {
    expect_refusal(validate("run", settings), {why});
  };
  refuses({"training.learning_rate=0"}, "training.learning_rate = 0: must be positive");
  refuses({"training.decay=0.5"}, "training.decay = 0.5: schedule \"constant\" does not read it");
  refuses({"training.batch_size=5"},
          "training.batch_size = 5: must not exceed the 4 inputs that train");
  refuses({"training.batch_size=half"}, "training.batch_size = \"half\"");
  refuses({"training.validation_fraction=0.01"}, "sets 0 of 4 inputs apart");
  refuses({"training.patience=3"}, "training.patience = 3: early stopping needs");
  refuses({"training.loss=cross-entropy"}, "training.loss = \"cross-entropy\": needs targets");
  refuses({"targets={source=\"labels\"}"}, "targets.source = \"labels\": needs inputs.labels");
  refuses({"targets={source=\"step\"}"}, "needs inputs.source = \"circle\"");
  refuses({"test={source=\"gaussian\", count=3, dimension=7}"}, "inputs that train have 2");
  refuses({"test={source=\"csv\", file=\"none.csv\"}"}, "test.file = ");
  refuses({"targets={source=\"csv\", file=\"y.csv\"}"}, "targets.test_file = \"\"");
  refuses({"training.record=[60]"}, "must not exceed training.steps, which is 50");
  refuses({"network.activation=thresholded-step", "network.threshold=fixed"},
          "network.activation = \"thresholded-step\": jumps");
  refuses({"simulation.engine=collapsed", "training.momentum=0.5"},
          "simulation.engine = \"collapsed\": trains by full-batch gradient descent");
  refuses({"training.dropout=1"}, "training.dropout = 1: must lie in [0, 1)");
  refuses({"simulation.engine=collapsed", "training.dropout=0.5"}, "regularizer or dropout");
  const auto refuses_regularizer = [&](const std::string& keys, const std::string& why,
                                       const std::string& also = "training.centred=true") {
    refuses({"training.regularizer={" + keys + "}", also}, "training.regularizer." + why);
  };
  refuses_regularizer("kind=\"t3\", strength=1", "kind = \"t3\": must be one of none, l1, l2");
  refuses_regularizer("kind=\"t1\"", "strength = nothing: kind \"t1\" needs");
  refuses_regularizer("kind=\"l1\", strength=-1", "strength = -1: must be at least 0");
  refuses_regularizer("kind=\"t2\", strength=1, a=2", "a = 2: must lie in [0, 1]");
  refuses_regularizer("kind=\"t1\", strength=1, a=0.5", "a = 0.5: kind \"t1\" does not read it");
  refuses_regularizer("kind=\"l1\", strength=1, neurons=0.5",
                      "neurons = 0.5: kind \"l1\" does not read it");
  refuses_regularizer("strength=1", "strength = 1: kind \"none\" does not read it");
  refuses_regularizer("kind=\"t1\", strength=1, neurons=0", "neurons = 0: must be at least 1");
  refuses_regularizer("kind=\"t1\", strength=1, neurons=1.5", "neurons = 1.5: must lie in (0, 1]");
  refuses_regularizer("kind=\"t1\", strength=1, neurons=129", "neurons = 129: must not exceed");
  refuses_regularizer("kind=\"t1\", strength=1", "kind = \"t1\": needs batches",
                      "training.batch_size=1");
  refuses_regularizer("kind=\"t1\", strength=1", "kind = \"t1\": needs batches",
                      "training.batch_size=3");
  refuses_regularizer("kind=\"t1\", strength=1", "kind = \"t1\": needs layers = \"all\"",
                      "training.layers=readout");
  refuses({"simulation.engine=collapsed", "training.schedule=cosine"},
          "simulation.engine = \"collapsed\": trains by full-batch gradient descent");
  refuses({"training={epochs=1000000000, batch_size=1}"},
          "training.epochs = 1000000000: makes 4000000000 steps of 4 inputs");
  refuses({"network.layers=[{width_factor=0.001}]"},
          "network.layers[0].width_factor = 0.001: makes a layer of 1 where the width is 128: must "
          "be at least 2 for network.threshold = \"quantile\"");
  refuses({"training.learning_rate=50"}, "training.learning_rate = 50: ");
  refuses({"simulation.memory_gib=0.01", "simulation.widths=[65536]"}, "memory_gib");
}

TEST_F(Training, RefusesATestFileWithoutTests) {
  auto text = std::string(tiny_training);
  const auto test = text.find("[test]");
  text.erase(test, text.find("[targets]") - test);
  write("tiny.toml", text);
  expect_refusal(validate("run"), {"targets.test_file = \"z.csv\": is of the inputs of the table "
                                   "[test], and there is none"});
}

/// What one point loads, another is given, but not what it asks of it.
TEST_F(Training, ChecksEachPointOfASweep) {
  write("sweep.toml", std::string(tiny_training) + R"([sweep]
training.loss = ["squared", "cross-entropy"]
)");
  expect_refusal(validate_file("sweep.toml", "run"),
                 {"training.loss = \"cross-entropy\": needs targets that are classes"});
}

/// The tiny study's targets are outputs that are no classes.
TEST_F(Training, RefusesClaimsOnSelectivityWithoutClasses) {
  const auto refused = [this](const std::string& quantity, const std::string& why,
                              const std::vector<std::string>& settings = {}) {
    write("sweep.toml", std::string(tiny_training) + R"([sweep]
training.learning_rate = [0.05, 0.1]
[[claims]]
kind = "trend"
statement = "a larger rate makes neurons more selective"
along = "training.learning_rate"
direction = "rising"
width = 128
quantity = ")" + quantity + "\"\n");
    std::vector<std::string> further = {"--set", "simulation.engine=direct"};
    for (const auto& setting : settings) further.insert(further.end(), {"--set", setting});
    expect_refusal(validate_file("sweep.toml", "run", further),
                   {"claims[0].quantity = \"" + quantity + "\": " + why});
  };
  for (const char* quantity : {"ccmas", "class_selectivity", "test eta_squared"})
    refused(quantity, "needs targets that are classes");
  write("y.csv", "1\n-1\n1\n-1\n");
  write("z.csv", "1\n-1\n");
  refused("ccmas", "needs activities that are never negative", {"network={activation=\"tanh\"}"});
}

TEST_F(Training, NamesTheFilesOfTestsAsTheyAre) {
  write("inputs.csv", "1,2,3\n");
  expect_refusal(validate("run", {"test={source=\"csv\", file=\"inputs.csv\"}"}),
                 {"test.source = 3 numbers an input"});
  write("inputs.csv", "1,nan\n");
  expect_refusal(validate("run", {"test={source=\"csv\", file=\"inputs.csv\"}"}),
                 {"test.file = \"inputs.csv\": line 1"});
}

/// The mean of targets that do not train is not known while others do.
TEST_F(Training, CentersTargetsOnThoseThatTrain) {
  const auto experiment =
      parse_experiment(without_test(), "tiny",
                       {"inputs={source=\"gaussian\", count=10, dimension=4}",
                        "targets={source=\"teacher\", center=true}", "training.test_fraction=0.3"},
                       path(""));
  const LoadedTraining loaded(experiment);
  EXPECT_NEAR(loaded.data->targets.topRows(7).mean(), 0, 1e-12);
  EXPECT_GT(std::abs(loaded.data->targets.bottomRows(3).mean()), 1e-3);
}

TEST_F(Training, RefusesASplitThatLeavesAClassOut) {
  write("tiny.toml", without_test());
  const auto splits = [this](const std::string& split) {
    auto settings = classes();
    settings[1] = "study.seed=4";
    settings[3] = "training={loss=\"cross-entropy\", epochs=1, " + split + "}";
    return validate("run", settings);
  };
  expect_refusal(splits("test_fraction=0.95"),
                 {"training.test_fraction = 0.95: leaves no input that trains of class "});
  expect_refusal(splits("validation_fraction=0.95"),
                 {"training.validation_fraction = 0.95: leaves no input that trains of class "});
}

/// The data as read and of norm 1, and once more for each width.
TEST_F(Training, CountsTheMemoryOfData) {
  const auto memory_of = [this](const std::vector<std::string>& settings) {
    auto all = settings;
    all.insert(all.end(), {"inputs={source=\"gaussian\", count=2000, dimension=1000}",
                           "targets={source=\"teacher\"}", "training.test_fraction=0.1",
                           "training.batch_size=50", "simulation.replicates=1"});
    const auto experiment = parse_experiment(without_test(), "tiny", all, path(""));
    return TrainingRun(experiment, std::make_shared<const LoadedTraining>(experiment)).memory();
  };
  const double data = 2000.0 * 1000.0;
  const double one = memory_of({"simulation.widths=[64]"});
  EXPECT_GT(one, 16 * data + 4 * data);
  EXPECT_NEAR(memory_of({"simulation.widths=[62, 63, 64]"}) - one, 2 * 4 * data, 0.1 * data);
}

/// Adam's moments are saved too, and checkpoints hold two networks.
TEST_F(Training, TakesNoMoreMemoryThanItSays) {
  const auto experiment =
      parse_experiment(tiny_training, "tiny",
                       {"network.depth=2", "simulation.engine=direct", "simulation.widths=[2048]",
                        "simulation.replicates=2", "training.optimizer=adam", "training.steps=8",
                        "training.record=[8]"},
                       path(""));
  const RunFolder folder(path("run"));
  folder.claim(to_toml(experiment, folder.path()), RunFolder::IfTaken::refuse);
  TrainingRun run(experiment, std::make_shared<const LoadedTraining>(experiment));
  run.use_threads(2);
  const auto of_process = [](const char* name) {
    std::ifstream status("/proc/self/status");
    double kilobytes = 0;
    for (std::string word; status >> word;)
      if (word == name) status >> kilobytes;
    return 1024 * kilobytes;
  };
  const double before = of_process("VmRSS:");
  std::ofstream("/proc/self/clear_refs") << 5;  // the peak begins anew
  if (of_process("VmHWM:") > 1.1 * before) GTEST_SKIP() << "the peak cannot be set back";
  EXPECT_FALSE(run.advance(folder, [](const RunProgress&) { return false; }));
  EXPECT_TRUE(folder.holds("checkpoint.h5"));
  EXPECT_TRUE(run.advance(folder, [](const RunProgress&) { return true; }));
  EXPECT_LT(of_process("VmHWM:") - before, run.memory());
  EXPECT_GT(of_process("VmHWM:") - before, 0.3 * run.memory());
}

/// Closed forms of very many inputs, and networks that random streams do not hold, are trained
/// weight by weight.
TEST_F(Training, TakesWeightsWhereTheyAreLessWork) {
  const auto memory_of = [this](const std::vector<std::string>& settings) {
    auto all = settings;
    all.insert(all.end(), {"inputs={source=\"gaussian\", count=20000, dimension=4}",
                           "targets={source=\"teacher\"}",
                           "test={source=\"gaussian\", count=1, "
                           "dimension=4}"});
    const auto experiment = parse_experiment(tiny_training, "tiny", all, path(""));
    return TrainingRun(experiment, std::make_shared<const LoadedTraining>(experiment)).memory();
  };
  const double a_matrix = 8 * 20000.0 * 20000.0;
  EXPECT_LT(memory_of({"training.layers=readout"}), a_matrix);
  EXPECT_GT(memory_of({"training.layers=readout", "simulation.engine=collapsed"}), a_matrix);
  EXPECT_LT(memory_of({"training.steps=100000", "training.record=[100000]"}), a_matrix);
}

TEST_F(Training, ReadsImagesOfTestsFromFilesOfTheirOwn) {
  write("train.idx", model::small_images(6));
  write("train-labels.idx", model::small_labels({3, 5, 3, 5, 3, 5}));
  write("test.idx", model::small_images(4));
  write("test-labels.idx", model::small_labels({5, 3, 3, 5}));
  std::vector<std::string> settings = {
      "inputs={source=\"idx\", images=\"train.idx\", labels=\"train-labels.idx\"}",
      "test={source=\"idx\", images=\"test.idx\", labels=\"test-labels.idx\"}",
      "targets={source=\"labels\"}", "training={loss=\"cross-entropy\", epochs=2}",
      "simulation={widths=[16], replicates=2}"};
  EXPECT_EQ(validate("run", settings).status, 3);
  const auto trained = summary("run").at("trained").at(0);
  EXPECT_EQ(trained.at("output_mean").size(), 10U);
  EXPECT_EQ(trained.at("output_mean").at(0).size(), 2U);
  EXPECT_TRUE(trained.at("test_accuracy").is_number());
  std::vector<std::string> keys;
  const auto files = summary("run").at("files");
  for (const auto& file : files) keys.push_back(file.at("key"));
  EXPECT_THAT(keys, testing::UnorderedElementsAre("inputs.images", "inputs.labels", "test.images",
                                                  "test.labels"));
  settings.back() = "inputs.classes=[3, 7]";
  expect_refusal(validate("none", settings),
                 {"inputs.classes = [3, 7]: no image has the label 7; the labels run from 3 to 5"});
  settings.pop_back();
  write("test-labels.idx", model::small_labels({5, 3, 200, 5}));
  expect_refusal(validate("none", settings), {"has label 200, which no training input has"});
}

/// Two classes less than the labels that tests have.
TEST_F(Training, RefusesAClassThatNobodyTrainsOn) {
  auto settings = classes();
  settings[0] = "inputs={source=\"mixture\", count=2, dimension=6, clusters=3, separation=1.5}";
  settings[3] = "training={loss=\"cross-entropy\", epochs=1}";
  expect_refusal(validate("run", settings), {"has label 2, which no training input has"});
}

}  // namespace
}  // namespace wideproof::app
