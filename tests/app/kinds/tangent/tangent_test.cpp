// SPDX-License-Identifier: MIT
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/folders/provenance.hpp>
#include <wideproof/app/kinds/tangent/tangent_run.hpp>
#include <wideproof/app/kinds/tangent/tangent_template.hpp>
#include <wideproof/app/study/run_files.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Seconds, and decided: a true prediction is called wrong with a chance of 1%.
constexpr const char* tiny_tangent = R"([study]
name = "tiny"
kind = "tangent"
seed = 11
[network]
depth = 2
active_fraction = 0.3
threshold = "fixed"
[network.presynaptic]
filter = "box"
taps = 5
[inputs]
source = "circle"
count = 3
[simulation]
widths = [512, 1024, 2048, 4096]
replicates = 60
[compare]
equivalence_margin = 0.2
)";

class Tangent : public Runs {
 protected:
  Tangent() { write("tiny.toml", tiny_tangent); }

  Outcome validate(const std::string& out, const std::vector<std::string>& settings = {}) const {
    std::vector<std::string> further;
    for (const auto& setting : settings) further.insert(further.end(), {"--set", setting});
    return validate_file("tiny.toml", out, further);
  }
};

TEST_F(Tangent, AgreesWithTheTheoryOfEitherParameterisation) {
  for (const std::string trained : {"weights", "field"}) {
    const auto outcome = validate(trained, {"tangent.trained=" + trained});
    EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
    const auto json = summary(trained);
    EXPECT_EQ(json.at("study").at("kind"), "tangent");
    ASSERT_EQ(json.at("prediction").size(), 2U);
    ASSERT_EQ(json.at("measurement").size(), 8U);
    ASSERT_EQ(json.at("output_measurement").size(), 4U);
    // Inputs on a circle at 120 degrees, c = -1/2; the diagonal of section 8's row for c = 1.
    EXPECT_NEAR(json.at("output_tangent").at(0).at(0).get<double>(),
                trained == "weights" ? 3.1719628534 : 3.8014751535, 1e-9);
    const auto& widest = json.at("output_measurement").at(3);
    EXPECT_EQ(widest.at("width"), 4096);
    EXPECT_EQ(widest.at("replicates"), 60);
    EXPECT_GT(widest.at("tangent_standard_error").at(0).at(0).get<double>(), 0.0);
    EXPECT_NEAR(widest.at("tangent").at(0).at(0).get<double>(),
                json.at("output_tangent").at(0).at(0).get<double>(), 0.3);
    const auto& hidden = json.at("measurement").at(7);
    EXPECT_EQ(hidden.at("layer"), 2);
    EXPECT_NEAR(hidden.at("tangent").at(0).at(0).get<double>(),
                json.at("prediction").at(1).at("tangent").at(0).at(0).get<double>(), 0.3);
    EXPECT_NEAR(hidden.at("gram").at(0).at(0).get<double>(), 1.0, 0.2);
  }
}

/// Θ of the other parameterisation, as the user's own.
TEST_F(Tangent, DisagreesWithWrongTangentKernels) {
  EXPECT_EQ(program({"predict", "tiny.toml", "--out", "right"}).status, 0);
  EXPECT_EQ(
      program({"predict", "tiny.toml", "--out", "wrong", "--set", "tangent.trained=field"}).status,
      0);
  const auto write_tangents = [this](const std::string& of) {
    const auto json = summary(of);
    std::string csv;
    const auto add = [&](const nlohmann::json& matrix) {
      for (const auto& row : matrix)
        csv += fmt::format("{},{},{}\n", row.at(0).get<double>(), row.at(1).get<double>(),
                           row.at(2).get<double>());
    };
    for (const auto& layer : json.at("prediction")) add(layer.at("tangent"));
    add(json.at("output_tangent"));
    write(of + ".csv", csv);
  };
  write_tangents("right");
  write_tangents("wrong");
  const std::string kind = "compare.prediction_kind=tangent";
  EXPECT_EQ(validate("agrees", {"compare.prediction=right.csv", kind}).status, 0);
  EXPECT_EQ(validate("disagrees", {"compare.prediction=wrong.csv", kind}).status, 1);
  EXPECT_THAT(run_file("disagrees", "claims.csv"), HasSubstr("tangent kernel of"));
}

TEST_F(Tangent, MeasuresTheOutputAlone) {
  EXPECT_EQ(validate("run", {"tangent.layers=output"}).status, 0);
  const auto json = summary("run");
  EXPECT_TRUE(json.at("prediction").at(1).at("tangent").is_null());
  EXPECT_TRUE(json.at("measurement").at(7).at("tangent").is_null());
  EXPECT_EQ(json.at("output_measurement").size(), 4U);
}

/// Six standard errors of a mean that theory has to O(1/n), some 2% here.
TEST_F(Tangent, TellsOfDiagonalsThatHaveNoLimit) {
  const auto outcome =
      validate("run", {"network.threshold=quantile", "tangent.threshold_gradient=through"});
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_THAT(program({"report", "run"}).out, HasSubstr("Diagonals keep a random part"));
  const auto rows = summary("run").at("diagonals_without_limit");
  ASSERT_EQ(rows.size(), 8U);  // of layer 2 and of the output, at four widths
  for (const auto& row : rows) {
    const double predicted = row.at("predicted");
    EXPECT_NEAR(row.at("mean").get<double>(), predicted,
                6 * row.at("standard_error").get<double>() + 0.02 * predicted);
  }
  // Nearer to the limit without gradients of thresholds, 3.17, it would be rejected.
  EXPECT_GT(rows.at(7).at("mean").get<double>(), 4.5);
  EXPECT_THAT(run_file("run", "extrapolation.csv"), Not(HasSubstr("tangent_output,0,0,")));
  EXPECT_THAT(run_file("run", "extrapolation.csv"), HasSubstr("tangent_output,0,1,"));
  const auto limits = summary("run").at("extrapolation");
  EXPECT_TRUE(limits.back().at("limit").at(0).at(0).is_null());
  EXPECT_TRUE(limits.back().at("limit").at(0).at(1).is_number());
  EXPECT_THAT(run_file("run", "report.html"), HasSubstr("the diagonal, grey, has no limit"));
  const std::string through =
      program({"predict", "tiny.toml", "--set", "network.threshold=quantile", "--set",
               "tangent.threshold_gradient=through"})
          .out;
  EXPECT_THAT(through, HasSubstr(fmt::format("{:.6g}", rows.at(7).at("predicted").get<double>())));
  validate("detached", {"network.threshold=quantile"});
  EXPECT_TRUE(summary("detached").at("diagonals_without_limit").empty());
}

TEST_F(Tangent, EndsInTheSameBitsOnAnyNumberOfThreadsAndWhereItWasInterrupted) {
  const std::string few = "simulation.replicates=8";
  validate_file("tiny.toml", "one", {"--threads", "1", "--set", few});
  validate_file("tiny.toml", "three", {"--threads", "3", "--set", few});
  EXPECT_TRUE(run_file("one", "results.h5") == run_file("three", "results.h5"));

  const auto experiment = parse_experiment(tiny_tangent, "tiny", {few});
  const RunFolder folder(path("stopped"));
  folder.claim(to_toml(experiment), RunFolder::IfTaken::refuse);
  int blocks = 0;
  {
    TangentRun run(prepare_tangent(experiment));
    EXPECT_FALSE(run.advance(folder, [&](const RunProgress&) { return ++blocks < 3; }));
    EXPECT_TRUE(folder.holds("checkpoint.h5"));
  }
  TangentRun run(prepare_tangent(experiment));
  EXPECT_TRUE(run.advance(folder, [&](const RunProgress&) { return ++blocks > 0; }));
  finish(run, folder, provenance(), ReportParts::all, {});
  EXPECT_TRUE(run_file("stopped", "results.h5") == run_file("one", "results.h5"));
}

TEST_F(Tangent, ReportsWithoutSampling) {
  validate("run", {"simulation.replicates=8", "compare.equivalence_margin=0.01"});
  const auto told = run_file("run", "summary.json");
  // Eight networks decide nothing; what would is not to be refused.
  EXPECT_THAT(told, HasSubstr("would decide it in nine runs of ten"));
  EXPECT_THAT(told, testing::Not(HasSubstr("variance_reduction = true")));
  const auto page = run_file("run", "report.html");
  EXPECT_THAT(page, HasSubstr("tangent kernel"));
  EXPECT_THAT(page, HasSubstr("Tangent kernel against angle"));
  std::filesystem::remove(path("run/report.html"));
  EXPECT_EQ(program({"report", "run", "--quiet"}).status, 0);
  EXPECT_EQ(run_file("run", "summary.json"), told);
  EXPECT_EQ(run_file("run", "report.html"), page);
}

TEST_F(Tangent, IsSweptWithClaims) {
  write("sweep.toml", std::string(tiny_tangent) + R"([sweep]
tangent.trained = ["weights", "field"]
)");
  const auto outcome = validate_file("sweep.toml", "run", {"--set", "simulation.replicates=8"});
  EXPECT_THAT(outcome.err, testing::IsEmpty());
  EXPECT_THAT(run_file("run", "sweep.csv"), HasSubstr("tangent kernel"));
  const auto predicted = program({"predict", "sweep.toml"});
  EXPECT_EQ(predicted.status, 0);
  EXPECT_THAT(predicted.out, HasSubstr("3.80"));
}

TEST_F(Tangent, PredictsTheCriticalStep) {
  const auto outcome = program({"predict", "tiny.toml"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, HasSubstr("3.17196"));
  // 2 / the largest eigenvalue of a 3 x 3 kernel with one number off the diagonal.
  EXPECT_EQ(program({"predict", "tiny.toml", "--out", "theory"}).status, 0);
  const auto kernel = summary("theory").at("output_tangent");
  const double own = kernel.at(0).at(0), other = kernel.at(0).at(1);
  EXPECT_THAT(outcome.out,
              HasSubstr(fmt::format("{:.5g}", 2 / std::max(own + 2 * other, own - other))));
}

/// f = 0.3, a = 0.3: section 8's mean of the diagonal behind two layers, weights trained.
TEST_F(Tangent, PredictsWhereDiagonalsHaveNoLimit) {
  const auto outcome =
      program({"predict", "tiny.toml", "--set", "network.threshold=quantile", "--set",
               "tangent.threshold_gradient=through", "--set", "simulation.widths=[4000]"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("5.88973"));
  EXPECT_THAT(program({"predict", "tiny.toml"}).out, testing::Not(HasSubstr("no limit")));
}

TEST_F(Tangent, TellsRightFormulasFromWrongOnes) {
  const auto outcome = program({"power", "tiny.toml", "--runs", "2", "--out", "power", "--set",
                                "simulation.replicates=100"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(run_file("power", "power.csv"), testing::ContainsRegex("the theory\"?,0,2,0,"));
}

TEST_F(Tangent, PredictsOfOneInputWithoutPairs) {
  const auto outcome = program({"predict", "tiny.toml", "--set", "inputs.count=1"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, testing::Not(HasSubstr("nan")));
}

/// Quantiles that hand on their gradients leave a term where two inputs share them, on the diagonal
/// and, of inputs that coincide or, at f = 1/2, are opposite, beside it.
TEST_F(Tangent, JudgesNoEntryWithoutLimit) {
  const auto outcome =
      validate("run", {"network.threshold=quantile", "tangent.threshold_gradient=through",
                       "network.active_fraction=0.5", "compare.equivalence_margin=0.4",
                       R"(inputs={source="cosines", cosines=[1.0, 1.0, -1.0, 0.2]})"});
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  const auto told = program({"report", "run"}).out;
  EXPECT_THAT(told, HasSubstr("every entry that has"));  // and goes on in the next line
  EXPECT_THAT(told, testing::ContainsRegex("Θ out  - +- "));
  EXPECT_THAT(told, testing::ContainsRegex("Θ1  1, exact +1 "));
  EXPECT_THAT(told, testing::Not(HasSubstr("variance_reduction")));
  EXPECT_THAT(run_file("run", "report.html"), HasSubstr("every entry that has a limit"));
}

TEST_F(Tangent, SweepsShowNoNumberWithoutLimit) {
  write("sweep.toml", std::string(tiny_tangent) + R"([sweep]
tangent.threshold_gradient = ["detached", "through"]
)");
  const std::string quantile = "network.threshold=quantile";
  EXPECT_EQ(program({"predict", "sweep.toml", "--set", quantile, "--out", "theory"}).status, 0);
  EXPECT_THAT(run_file("theory", "sweep.csv"), HasSubstr("\"detached\",predicted,tangent kernel"));
  EXPECT_THAT(run_file("theory", "sweep.csv"),
              testing::Not(HasSubstr("\"through\",predicted,tangent kernel")));
  const auto outcome =
      validate_file("sweep.toml", "run", {"--set", quantile, "--set", "simulation.replicates=8"});
  EXPECT_THAT(outcome.err, testing::IsEmpty());
  EXPECT_THAT(run_file("run", "sweep.csv"), testing::ContainsRegex("detached.*,tangent kernel,"));
  EXPECT_THAT(run_file("run", "sweep.csv"),
              testing::Not(testing::ContainsRegex("through.*,tangent kernel,")));
}

struct BadTangent {
  std::string name;
  std::vector<std::string> settings;
  std::vector<std::string> says;
};

class BadTangents : public Tangent, public testing::WithParamInterface<BadTangent> {
 protected:
  BadTangents() {
    const std::string ones = "1,1,1\n1,1,1\n1,1,1\n";
    write("short.csv", ones);
    write("odd.csv", ones + ones + "-1,0,0\n0,1,0\n0,0,1\n");
  }
};

TEST_P(BadTangents, AreRefusedInOneLineAndNothingIsWritten) {
  const auto before = everything();
  expect_refusal(validate("run", GetParam().settings), GetParam().says);
  EXPECT_EQ(everything(), before);
}

const BadTangent bad_tangents[] = {
    {"UnknownParameters",
     {"tangent.trained=weight"},
     {"tangent.trained = \"weight\": must be one of weights, field", "weights"}},
    {"UnknownKey", {"tangent.layer=all"}, {"tangent.layer", "layers"}},
    {"Step",
     {"network.activation=thresholded-step"},
     {"network.activation = \"thresholded-step\"", "derivative"}},
    {"VarianceReduction",
     {"simulation.variance_reduction=true"},
     {"simulation.variance_reduction = true"}},
    {"DirectEngine", {"simulation.engine=direct"}, {"simulation.engine = \"direct\""}},
    {"MissingFile",
     {"compare.prediction=none.csv", "compare.prediction_kind=tangent"},
     {"compare.prediction = \"none.csv\""}},
    {"KernelsOfTheUser",
     {"compare.prediction=none.csv", "compare.prediction_kind=kernel"},
     {"compare.prediction_kind = \"kernel\": must be gram or tangent"}},
    {"CoincidingInputsAlone",
     {"network.threshold=quantile", "tangent.threshold_gradient=through",
      R"(inputs={source="cosines", cosines=[1.0, 1.0]})"},
     {"tangent.threshold_gradient = \"through\"", "two inputs that differ"}},
    {"TooFewTangents",
     {"compare.prediction=short.csv", "compare.prediction_kind=tangent"},
     {"3 matrices, from tangent kernel of layer 1 to tangent kernel of the output"}},
    {"OddTangent",
     {"compare.prediction=odd.csv", "compare.prediction_kind=tangent"},
     {"tangent kernel of the output: tangent(1,1) = -1: a square must be positive"}},
    {"MoreMemoryThanThereIs",
     {"simulation.memory_gib=0.01", "inputs.count=800"},
     {"simulation.memory_gib", "GiB"}},
};

INSTANTIATE_TEST_SUITE_P(Program, BadTangents, testing::ValuesIn(bad_tangents),
                         [](const auto& tested) { return tested.param.name; });

TEST(TangentTemplate, RunsAsItStands) {
  const auto experiment = parse_experiment(std::string(tangent_template()), "template", {});
  EXPECT_EQ(experiment.kind().name(), "tangent");
  const auto once = to_toml(experiment);
  EXPECT_EQ(to_toml(parse_experiment(once, "once", {})), once);
}

TEST(TangentTable, BelongsToThisKindAlone) {
  EXPECT_THAT(
      model::refusal([] { parse_experiment("[tangent]\ntrained = \"field\"\n", "gram", {}); }),
      HasSubstr("tangent: read only by studies of study.kind = \"tangent\""));
  EXPECT_THAT(model::refusal([] {
                parse_experiment(
                    "[compare]\nprediction = \"x.npy\"\nprediction_kind = \"tangent\"\n", "gram",
                    {});
              }),
              HasSubstr("goes with study.kind = \"tangent\""));
}

}  // namespace
}  // namespace wideproof::app
