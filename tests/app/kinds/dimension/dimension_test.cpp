// SPDX-License-Identifier: MIT
#include <cmath>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/folders/provenance.hpp>
#include <wideproof/app/kinds/dimension/dimension_run.hpp>
#include <wideproof/app/kinds/dimension/dimension_template.hpp>
#include <wideproof/app/kinds/dimension/judged_dimension.hpp>
#include <wideproof/app/kinds/dimension/predicted_dimension.hpp>
#include <wideproof/app/kinds/dimension/spectrum_plan.hpp>
#include <wideproof/app/study/run_files.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

using testing::HasSubstr;

/// Seconds, and decided: a true prediction is called wrong with a chance of 1%.
constexpr const char* tiny_dimension = R"([study]
name = "tiny"
kind = "dimension"
seed = 7
[network]
depth = 2
activation = "tanh"
gain = 1.5
[ensemble]
samples = 200
[simulation]
widths = [32, 64, 128, 256]
replicates = 24
[compare]
equivalence_margin = 0.1
)";

class Dimension : public Runs {
 protected:
  Dimension() { write("tiny.toml", tiny_dimension); }

  Outcome validate(const std::string& out, const std::vector<std::string>& settings = {}) const {
    std::vector<std::string> further;
    for (const auto& setting : settings) further.insert(further.end(), {"--set", setting});
    return validate_file("tiny.toml", out, further);
  }
  std::string outcome_of(const std::string& out) const {
    return summary(out).at("verdict").at("outcome");
  }
};

/// Beyond what the Gram's recursion of tanh is computed for, whose constants are then not told.
TEST_F(Dimension, SweepsGainsUpToTheSignLimit) {
  write("gains.toml", std::string(tiny_dimension) + "[sweep]\nnetwork.gain = [1.5, 30.0, 100.0]\n");
  const auto run = program({"predict", path("gains.toml"), "--out", path("gains")});
  EXPECT_EQ(run.status, 0);
  const auto points = summary("gains").at("sweep").at("points");
  ASSERT_EQ(points.size(), 3U);
  EXPECT_TRUE(points.at(2).at("network").at("gram_scale").is_null());
  EXPECT_GT(points.at(2).at("numbers").at(0).at("predicted").get<double>(), 0.6);
}

TEST_F(Dimension, AgreesWithMeanFieldTheory) {
  EXPECT_EQ(validate("run").status, 0);
  const auto json = summary("run");
  EXPECT_EQ(json.at("study").at("kind"), "dimension");
  ASSERT_EQ(json.at("prediction").size(), 2U);
  EXPECT_EQ(json.at("prediction").at(1).at("layer"), 2);
  EXPECT_NEAR(json.at("prediction").at(1).at("dimensionality").get<double>(), 0.4007, 5e-5);
  EXPECT_NEAR(json.at("fixed_point").at("dimensionality").get<double>(), 0.1107, 5e-5);
  EXPECT_NEAR(json.at("fixed_point").at("variance").get<double>(), 0.3526, 5e-5);
  EXPECT_NEAR(json.at("fixed_point").at("eta").get<double>(), 0.9430, 5e-5);
  ASSERT_EQ(json.at("measurement").size(), 8U);
  const auto& last = json.at("measurement").at(7);
  EXPECT_EQ(last.at("width"), 256);
  EXPECT_EQ(last.at("layer"), 2);
  EXPECT_EQ(last.at("replicates"), 24);
  for (const auto* quantity : {"dimensionality", "correlation_strength"}) {
    EXPECT_GT(last.at(quantity).at("standard_error").get<double>(), 0.0);
    EXPECT_NEAR(last.at(quantity).at("mean").get<double>(),
                json.at("prediction").at(1).at(quantity).get<double>(), 0.03);
  }
}

TEST_F(Dimension, DisagreesWhereTheNetworksAreOthers) {
  // What theory says of independent weights does not hold of those of the same signs.
  validate("right");
  const auto experiment =
      parse_experiment(tiny_dimension, "tiny", {"network.synapses.correlation=1"});
  const EnsembleData none(experiment);
  DimensionRun run(experiment, std::make_shared<const EnsembleData>(experiment));
  const auto measured = run.measure([](const RunProgress&) { return true; });
  const auto independent = parse_experiment(tiny_dimension, "tiny", {});
  const auto judged =
      judge_dimension(independent, {}, predict_dimension(independent, none), measured.value());
  EXPECT_EQ(judged.outcome.verdict.outcome, compare::Outcome::disagree);
}

TEST_F(Dimension, KnowsCorrelatedBinaryAndOrthogonalSynapses) {
  EXPECT_EQ(validate("binary", {"network.synapses.law=binary"}).status, 0);
  EXPECT_EQ(validate("orthogonal", {"network.synapses.law=orthogonal"}).status, 0);
  EXPECT_NEAR(summary("orthogonal").at("prediction").at(1).at("dimensionality").get<double>(), 1.0,
              1e-9);
  validate("correlated", {"network.synapses.correlation=1"});
  EXPECT_NEAR(summary("correlated").at("prediction").at(1).at("dimensionality").get<double>(),
              0.2506, 5e-5);
  EXPECT_NE(outcome_of("correlated"), "disagree");
}

TEST_F(Dimension, IsPredictedByTheCentredKernelOfDataFromAFile) {
  std::string rows;
  for (int a = 0; a < 12; ++a)
    rows += fmt::format("{},{},{}\n", std::cos(0.5 * a), std::sin(0.5 * a), 0.1 * a);
  write("x.csv", rows);
  const auto outcome =
      validate("run", {R"(ensemble={source="csv", file="x.csv", samples=12})",
                       "network.activation=relu", "network.gain=1.4142135623730951"});
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  const auto layer = summary("run").at("prediction").at(1);
  EXPECT_GT(layer.at("dimensionality").get<double>(), 1.0);
  EXPECT_LT(layer.at("dimensionality").get<double>(), 11.0);
  EXPECT_TRUE(layer.at("correlation_strength").is_null());
  // The report needs no file of inputs.
  const auto told = run_file("run", "summary.json");
  std::filesystem::remove(path("x.csv"));
  EXPECT_EQ(program({"report", "run", "--quiet"}).status, 0);
  EXPECT_EQ(run_file("run", "summary.json"), told);
}

TEST_F(Dimension, RefusesDataOfOneDirection) {
  write("x.csv", "1,2,3\n1,2,3\n2,4,6\n");
  const auto before = everything();
  expect_refusal(validate("run", {R"(ensemble={source="csv", file="x.csv", samples=3})"}),
                 {R"(ensemble.file = "x.csv": the 3 rows taken, from row 1 to row 3, )"});
  EXPECT_EQ(everything(), before);
}

TEST_F(Dimension, OfDataDoesNotDependOnColumnsOfZeros) {
  // Curved enough by tanh that a first layer of another variance would be seen.
  std::string rows, padded;
  for (int a = 0; a < 12; ++a) {
    const auto row = fmt::format("{:.6f},{:.6f},{:.6f}", std::sin(1.0 + a), std::sin(2.0 + 3 * a),
                                 std::cos(0.7 * a * a));
    rows += row + "\n";
    padded += row + ",0,0,0,0,0,0,0,0,0\n";
  }
  write("x.csv", rows);
  write("padded.csv", padded);
  for (const auto* file : {"x.csv", "padded.csv"}) {
    const auto source = fmt::format(R"(ensemble={{source="csv", file="{}", samples=12}})", file);
    EXPECT_NE(validate(file + std::string(".run"), {source, "network.gain=3.0"}).status, 1);
    const auto json = summary(file + std::string(".run"));
    // Six standard errors of some 1% each.
    EXPECT_NEAR(json.at("measurement").at(7).at("dimensionality").at("mean").get<double>(),
                json.at("prediction").at(1).at("dimensionality").get<double>(), 0.3);
  }
}

TEST_F(Dimension, IsNotJudgedWhereTheoryIsNotToBeTrusted) {
  const std::vector<std::vector<std::string>> settings = {
      {"network.activation=thresholded-relu", "network.threshold=fixed",
       "network.active_fraction=0.3"},
      {R"(network.presynaptic={filter="box", taps=5})", "network.synapses.correlation=1"}};
  for (const auto& one : settings) {
    std::vector<std::string> arguments = {"predict", "tiny.toml"};
    for (const auto& setting : one) arguments.insert(arguments.end(), {"--set", setting});
    expect_refusal(program(arguments), {"nothing is predicted: "});
  }
  EXPECT_EQ(validate("run", settings[1]).status, 3);
  EXPECT_TRUE(summary("run").at("prediction").empty());
  // Of widths that are large beside (r (1 + m))² there is a theory.
  std::vector<std::string> wide = {"predict", "tiny.toml", "--set", "simulation.widths=[2560]"};
  for (const auto& setting : settings[1]) wide.insert(wide.end(), {"--set", setting});
  EXPECT_THAT(program(wide).out, HasSubstr("0.046206"));
}

TEST_F(Dimension, HoldsForLargeGains) {
  EXPECT_NE(validate("run", {"network.gain=100"}).status, 2);
  // Signs of normals: 1/D̃ = 1 + (2/π)².
  EXPECT_NEAR(summary("run").at("prediction").at(0).at("dimensionality").get<double>(), 0.7116,
              0.01);
}

TEST_F(Dimension, MeasuresSynapsesThatLearnWithoutAPrediction) {
  const std::vector<std::string> learning = {"network.synapses.learning=hebb",
                                             "network.synapses.steps=1"};
  EXPECT_EQ(validate("run", learning).status, 3);
  EXPECT_TRUE(summary("run").at("prediction").empty());
  const auto predicted = program({"predict", "tiny.toml", "--set", learning[0]});
  expect_refusal(predicted, {"network.synapses.learning = \"hebb\"", "there is no theory"});
}

TEST_F(Dimension, LearnsByDefaultWithoutLosingAllDimensions) {
  write("template.toml", std::string(dimension_template()));
  const std::vector<std::string> smaller = {"--set", "simulation.widths=[200]",
                                            "--set", "simulation.replicates=8",
                                            "--set", "ensemble.samples=1000"};
  const auto deepest = [&](const std::string& out, const std::string& learning) {
    auto further = smaller;
    further.insert(further.end(), {"--set", "network.synapses.learning=" + learning});
    validate_file("template.toml", out, further);
    return summary(out).at("measurement").at(3).at("dimensionality").at("mean").get<double>();
  };
  // 1/N is one direction; errors are some 10%.
  const double independent = deepest("none", "none");
  for (const auto* rule : {"hebb", "oja"}) {
    const double learnt = deepest(rule, rule);
    EXPECT_LT(learnt, independent / 2);
    EXPECT_GT(learnt, 4.0 / 200);
  }
}

TEST_F(Dimension, EndsInTheSameBitsOnAnyNumberOfThreadsAndWhereItWasInterrupted) {
  validate_file("tiny.toml", "one", {"--threads", "1"});
  validate_file("tiny.toml", "three", {"--threads", "3"});
  EXPECT_TRUE(run_file("one", "results.h5") == run_file("three", "results.h5"));

  const auto experiment = parse_experiment(tiny_dimension, "tiny", {});
  const RunFolder folder(path("stopped"));
  folder.claim(to_toml(experiment), RunFolder::IfTaken::refuse);
  DimensionRun run(experiment, std::make_shared<const EnsembleData>(experiment));
  int networks = 0;
  EXPECT_FALSE(run.advance(folder, [&](const RunProgress&) { return ++networks < 30; }));
  EXPECT_TRUE(folder.holds("checkpoint.h5"));
  EXPECT_TRUE(run.advance(folder, [&](const RunProgress&) { return ++networks > 0; }));
  EXPECT_EQ(networks, 4 * 24);
  finish(run, folder, provenance(), ReportParts::all, {});
  EXPECT_TRUE(run_file("stopped", "results.h5") == run_file("one", "results.h5"));
}

TEST_F(Dimension, DrawsTheSpectrumOfOneNetworkAndDrawsItAgainWithoutSampling) {
  validate("run");
  const auto drawn = run_file("run", "figures/spectrum.csv");
  EXPECT_THAT(drawn, HasSubstr("\n2,participation,"));
  EXPECT_THAT(run_file("run", "report.html"), HasSubstr("M = 4,096 inputs"));
  std::filesystem::remove_all(path("run/figures"));
  EXPECT_EQ(program({"report", "run", "--quiet"}).status, 0);
  EXPECT_EQ(run_file("run", "figures/spectrum.csv"), drawn);
}

/// Others of its inputs than the run's. Ratios of such a pair scatter by 0.28% at layer 1 and 0.47%
/// at layer 2 (60 draws of both, in NumPy); six times that. Squares of eigenvalues would be off by
/// N D̃/M, 3.5% at layer 1.
TEST_F(Dimension, HasTheSpectrumOfTheNetworkThatItMeasured) {
  const auto experiment = parse_experiment(tiny_dimension, "tiny",
                                           {"simulation.widths=[256]", "ensemble.samples=2000"});
  DimensionRun run(experiment, std::make_shared<const EnsembleData>(experiment));
  const auto spectra = run.spectra();
  const auto measured = run.measure([](const RunProgress&) { return true; });
  ASSERT_EQ(spectra.size(), 2U);
  const double scatter[] = {6 * 0.0028, 6 * 0.0047};
  const auto expected = [&](Eigen::Index layer) {
    return 256 / measured->front().inverse_dimensionality(0, layer);
  };
  for (const std::size_t l : {0U, 1U}) {
    EXPECT_EQ(spectra[l].width, 256);
    EXPECT_EQ(spectra[l].samples, 4096);
    EXPECT_EQ(spectra[l].eigenvalues.size(), 256);
    const double ratio = expected(static_cast<Eigen::Index>(l));
    EXPECT_NEAR(spectra[l].participation_ratio, ratio, scatter[l] * ratio);
  }
  const auto& first = spectra.front().eigenvalues;
  EXPECT_LT(first.sum() * first.sum() / first.squaredNorm(), (1 - scatter[0]) * expected(0));
}

/// Of data, and where synapses learn, the samples are those of the run: the same number.
TEST_F(Dimension, HasTheSpectrumOfTheVeryInputsWhereTheyAreTheEnsemble) {
  std::string rows;
  for (int a = 0; a < 12; ++a)
    rows += fmt::format("{},{},{}\n", std::cos(0.5 * a), std::sin(0.5 * a), 0.1 * a);
  write("x.csv", rows);
  const auto experiment = parse_experiment(
      tiny_dimension, "tiny",
      {fmt::format(R"(ensemble={{source="csv", file="{}", samples=12}})", path("x.csv")),
       "simulation.widths=[32,4096]", "simulation.replicates=2"});
  DimensionRun run(experiment, std::make_shared<const EnsembleData>(experiment));
  const auto spectra = run.spectra();
  const auto measured = run.measure([](const RunProgress&) { return true; });
  ASSERT_EQ(spectra.size(), 2U);
  EXPECT_EQ(spectra[1].width, 4096);
  EXPECT_EQ(spectra[1].samples, 12);
  EXPECT_EQ(spectra[1].eigenvalues.size(), 12);
  const double expected = 1 / measured->back().inverse_dimensionality(0, 1);
  EXPECT_NEAR(spectra[1].participation_ratio, expected, 1e-5 * expected);
}

TEST_F(Dimension, SaysWhyNoSpectrumOfWideLayersIsDrawn) {
  write("wide.toml", tiny_dimension);
  const auto outcome =
      program({"validate", "wide.toml", "--out", "wide", "--set", "simulation.widths=[3000]",
               "--set", "ensemble.samples=16", "--set", "simulation.replicates=2"});
  EXPECT_NE(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("No spectrum of a covariance is drawn: "));
  EXPECT_THAT(run_file("wide", "report.html"), HasSubstr("No spectrum of a covariance is drawn: "));
  EXPECT_FALSE(std::filesystem::exists(path("wide/figures/spectrum.csv")));
  EXPECT_EQ(program({"report", "wide", "--quiet"}).status, 0);
}

TEST(SpectrumPlan, TakesTheLargestWidthAndMoreInputsWhereThatIsCheap) {
  const auto plan_of = [](const std::vector<std::string>& settings) {
    return spectrum_plan(parse_experiment(tiny_dimension, "tiny", settings));
  };
  const auto plain = plan_of({"simulation.widths=[100,400,1600,6400]"});
  EXPECT_EQ(plain->width, 1600);
  EXPECT_EQ(plain->samples, (1 << 25) / 1600 / 2 * 2);
  EXPECT_THAT(plain->layers, testing::ElementsAre(1, 2));
  const auto deep = plan_of({"network.depth=1000", "simulation.widths=[1024]"});
  EXPECT_EQ(deep->samples, 1048);  // 2^40 = 1000·1024²·1048.6
  EXPECT_THAT(deep->layers, testing::ElementsAre(1, 3, 7, 19, 52, 139, 373, 1000));
  const auto many =
      plan_of({"network.depth=1000", "simulation.widths=[1024]", "ensemble.samples=2000"});
  EXPECT_EQ(many->samples, 2000);
  const auto learning = plan_of({"network.synapses.learning=oja"});
  EXPECT_EQ(learning->samples, 200);
  const auto mixed = plan_of({R"(ensemble={source="correlated", strength=0.01, samples=200})"});
  EXPECT_EQ(mixed->samples, (1 << 25) / 25'600 / 2 * 2);
  EXPECT_FALSE(plan_of({"simulation.widths=[100000]"}));
  EXPECT_FALSE(plan_of({"simulation.widths=[100000]", "ensemble.samples=64"}));
}

TEST_F(Dimension, IsSweptWithClaimsAndFigures) {
  write("sweep.toml", std::string(tiny_dimension) + R"([sweep]
network.synapses.correlation = [0.0, 2.0]
[[claims]]
kind = "ratio"
statement = "correlated synapses keep fewer dimensions"
quantity = "dimensionality"
width = 256
at = { network.synapses.correlation = 2.0 }
over = { network.synapses.correlation = 0.0 }
high = 0.9
)");
  const auto outcome = validate_file("sweep.toml", "run");
  EXPECT_THAT(outcome.err, testing::IsEmpty());
  EXPECT_THAT(run_file("run", "claims.csv"), HasSubstr(",agree,"));
  EXPECT_THAT(run_file("run", "sweep.csv"), HasSubstr("correlation strength"));
  const auto predicted = program({"predict", "sweep.toml"});
  EXPECT_EQ(predicted.status, 0);
  EXPECT_THAT(predicted.out, HasSubstr("0.40"));
}

TEST_F(Dimension, PredictsInAMoment) {
  const auto outcome = program(
      {"predict", "tiny.toml", "--set", "network.synapses.correlation=1", "--out", "theory"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, HasSubstr("0.250584"));
  EXPECT_NEAR(summary("theory").at("prediction").at(0).at("dimensionality").get<double>(), 0.3934,
              5e-5);
}

TEST_F(Dimension, TellsRightFormulasFromWrongOnes) {
  const auto outcome = program({"power", "tiny.toml", "--runs", "2", "--out", "power", "--set",
                                "network.synapses.correlation=0.5"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const auto table = run_file("power", "power.csv");
  EXPECT_THAT(table, testing::ContainsRegex("the theory\"?,0,2,0,"));
  EXPECT_THAT(table, HasSubstr("\"no correlation\",1,2,"));
}

TEST_F(Dimension, RefusesDataThatDifferByLessThanItsNumbersResolve) {
  const auto rows = [](double apart) {
    std::string text;
    for (int a = 0; a < 12; ++a)
      text += fmt::format("1,{:.12f},{:.12f}\n", 1 + apart * std::sin(1.0 + a),
                          1 + apart * std::cos(0.7 * a * a));
    return text;
  };
  const std::string source = R"(ensemble={source="csv", file="x.csv", samples=12})";
  write("x.csv", rows(5e-6));
  expect_refusal(validate("run", {source}),
                 {R"(ensemble.file = "x.csv": of unit norm, the rows taken differ by )",
                  R"(simulation.dtype = "float32" tells what differs by 1e-05 or more)"});
  EXPECT_EQ(validate("double", {source, "simulation.dtype=float64"}).status, 0);
  // Float32 shows them as they are where it takes them, although they share nearly all.
  write("x.csv", rows(1e-3));
  EXPECT_EQ(validate("single", {source}).status, 0);
  // Biases draw inputs together.
  write("x.csv", rows(1.0));
  expect_refusal(validate("run", {source, "network.gain=0.5", "network.bias_variance=1.0",
                                  "network.depth=30"}),
                 {"network.depth = 30: at layer ", "activations of the inputs, which draw "});
}

TEST_F(Dimension, LeavesNothingOfARateThatDiverges) {
  const std::vector<std::string> linear = {"network.activation=linear",
                                           "network.synapses.learning=oja",
                                           "network.synapses.rate=50", "network.synapses.steps=30"};
  const auto before = everything();
  const std::vector<std::string> says = {"network.synapses.rate = 50: weights leave all bounds in ",
                                         "lower it"};
  expect_refusal(validate("runs/fast", linear), says);
  // Seen while it computes: too large for a trial, or slow to diverge.
  auto large = linear;
  large.insert(large.end(),
               {"simulation.widths=[900]", "ensemble.samples=400", "simulation.replicates=2"});
  expect_refusal(validate("runs/large", large), says);
  expect_refusal(validate("large", large), says);
  EXPECT_EQ(everything(), before);
  // As a point of a sweep, which is named.
  const auto write_sweep = [&](const std::string& rates) {
    write("sweep.toml", std::string(tiny_dimension) +
                            "[network.synapses]\nlearning = \"oja\"\nsteps = 30\n"
                            "[sweep]\nnetwork.synapses.rate = " +
                            rates + "\n");
  };
  std::vector<std::string> sets = {"--threads", "1", "--set", linear.front()};
  write_sweep("[0.01, 50.0]");
  auto with_sweep = everything();
  expect_refusal(validate_file("sweep.toml", "run", sets),
                 {"sweep, points/02 (network.synapses.rate = 50.0): network.synapses.rate = 50: "});
  EXPECT_EQ(everything(), with_sweep);
  write_sweep("[50.0, 60.0]");
  with_sweep = everything();
  for (const auto i : {4, 5, 6}) sets.insert(sets.end(), {"--set", large[i]});
  expect_refusal(validate_file("sweep.toml", "run", sets),
                 {"sweep, points/01 (network.synapses.rate = 50.0): network.synapses.rate = 50: "});
  EXPECT_EQ(everything(), with_sweep);
}

struct BadDimension {
  std::string name;
  std::vector<std::string> settings;
  std::vector<std::string> says;
};

class BadDimensions : public Dimension, public testing::WithParamInterface<BadDimension> {};

TEST_P(BadDimensions, AreRefusedInOneLineAndNothingIsWritten) {
  const auto before = everything();
  expect_refusal(validate("run", GetParam().settings), GetParam().says);
  EXPECT_EQ(everything(), before);
}

const BadDimension bad_dimensions[] = {
    {"NegativeCorrelation",
     {"network.synapses.correlation=-1"},
     {"network.synapses.correlation = -1: must be at least 0"}},
    {"CorrelationAboveOne",
     {"network.synapses.correlation=6"},
     {"network.synapses.correlation = 6", "at width 32", "must not exceed"}},
    {"OneUnit", {"simulation.widths=[1,2]"}, {"simulation.widths[0] = 1: must be at least 2"}},
    {"NoGain", {"network.gain=0"}, {"network.gain = 0: must be positive"}},
    {"FewSamples", {"ensemble.samples=3"}, {"ensemble.samples = 3: must lie in [16, "}},
    {"OddSamples", {"ensemble.samples=17"}, {"ensemble.samples = 17: must be even"}},
    {"StrengthOfWhiteInputs",
     {"ensemble.strength=1"},
     {"ensemble.strength = 1: source \"white\" does not read it; remove it"}},
    {"StrengthBeyondTheWidth",
     {"ensemble={source=\"correlated\", strength=40}"},
     {"ensemble.strength = 40: must not exceed the width, 32"}},
    {"InputsOfOtherKinds",
     {"inputs.count=3"},
     {"inputs: not read by studies of study.kind = \"dimension\"; remove it"}},
    {"RateWithoutLearning",
     {"network.synapses.rate=0.1"},
     {"network.synapses.rate = 0.1: learning \"none\" does not read it; remove it"}},
    {"CollapsedBinaryWeights",
     {"simulation.engine=collapsed", "network.synapses.law=binary"},
     {"simulation.engine = \"collapsed\": must be \"auto\" or \"direct\""}},
    {"BiasesThatDrownTheInputs",
     {"network.activation=relu", "network.bias_variance=1e12"},
     {"network.bias_variance = 1000000000000: activations of layer 1 differ by ",
      "simulation.dtype = \"float32\" tells what differs by 1e-05 or more"}},
    {"FilteredReceivers",
     {"network.postsynaptic.filter=uniform", "network.postsynaptic.degree=0.1"},
     {"network.postsynaptic.filter = \"uniform\": must be \"none\""}},
    {"MissingFile",
     {"ensemble={source=\"csv\", file=\"none.csv\", samples=4}"},
     {"ensemble.file = \"none.csv\""}},
    {"MoreMemoryThanThereIs",
     {"simulation.memory_gib=0.01", "simulation.widths=[32,64,128,4096]", "ensemble.samples=20000"},
     {"simulation.memory_gib", "GiB"}},
};

INSTANTIATE_TEST_SUITE_P(Program, BadDimensions, testing::ValuesIn(bad_dimensions),
                         [](const auto& tested) { return tested.param.name; });

TEST(DimensionTemplate, RunsAsItStands) {
  const auto experiment = parse_experiment(std::string(dimension_template()), "template", {});
  EXPECT_EQ(experiment.kind().name(), "dimension");
  EXPECT_EQ(experiment.network().weight_variance(), 2.25);
  const auto once = to_toml(experiment);
  EXPECT_EQ(to_toml(parse_experiment(once, "once", {})), once);
}

TEST(DimensionTables, BelongToThisKindAlone) {
  EXPECT_THAT(model::refusal(
                  [] { parse_experiment("[network.synapses]\nlaw = \"binary\"\n", "gram", {}); }),
              HasSubstr("network.synapses: read only by studies of study.kind = \"dimension\""));
}

}  // namespace
}  // namespace wideproof::app
