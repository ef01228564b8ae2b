// SPDX-License-Identifier: MIT
// What `wideproof validate` convicts at its default budget, and what it does not.
#include <wideproof/app/kinds/gram/gram_simulation.hpp>
#include <wideproof/app/kinds/gram/judged_gram.hpp>
#include <wideproof/app/kinds/gram/prepared_gram.hpp>
#include <wideproof/theory/recursion/wrong_formulas.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

using compare::Outcome;

/// The outcome that one run, with the experiment's own seed, has for each formula.
void expect_right_outcomes(const Command& command) {
  const auto study = prepare_gram(experiment_of(command));
  const auto simulation =
      gram_simulation(study, study.experiment.study().seed, command.options.threads);
  auto state = simulation.start();
  simulation.run(state, [](const sim::Progress&) { return true; });
  compare::GramResults results{
      study.theory, {}, simulation.measurement(state), simulation.series(state)};
  for (const auto& formula :
       theory::candidate_formulas(study.experiment.network(), study.inputs, study.theory).judged) {
    results.prediction = compare::predicted_layers(formula.grams);
    const auto outcome = assess_gram(study.experiment, results).verdict.outcome;
    if (formula.is_wrong) {
      EXPECT_EQ(outcome, Outcome::disagree) << formula.name;
    } else {
      EXPECT_NE(outcome, Outcome::disagree) << formula.name;
    }
  }
}

// family_error is 0.01: so often would a true formula be rejected were the seed drawn anew.
TEST(DefaultBudget, ConvictsEachWrongFormulaOfTheBuiltInExperiment) {
  Command command;
  command.options.threads = 2;
  expect_right_outcomes(command);
}

TEST(DefaultBudget, ConvictsEachWrongFormulaInFloat64) {
  Command command;
  command.options.threads = 2;
  command.settings = {"simulation.dtype=float64"};
  expect_right_outcomes(command);
}

// A and B differ and neither is absent: swapping them is less of a change.
TEST(DefaultBudget, ConvictsSwappedFilters) {
  Command command;
  command.options.threads = 2;
  // At 256 neurons, each worth two fifths of an independent one, norms vary by more than
  // themselves.
  command.settings = {"network.postsynaptic.filter=box", "network.postsynaptic.taps=3",
                      "simulation.widths=[1024, 4096, 16384, 65536]"};
  expect_right_outcomes(command);
}

using Power = Runs;

TEST_F(Power, CountsTheVerdictsOfEachFormula) {
  const auto outcome = program({"power", "tiny.toml", "--runs", "3", "--out", "run"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "");
  EXPECT_THAT(outcome.out,
              testing::HasSubstr("tiny: 3 runs of 8 networks at each width, seeds from 7"));
  EXPECT_THAT(outcome.out, testing::HasSubstr("\nweight_variance +1% "));
  const auto table = run_file("run", "power.csv");
  EXPECT_THAT(table, testing::StartsWith(
                         "formula,is_wrong,runs,disagree,inconclusive,agree,rate,low,high\n"));
  EXPECT_THAT(table, testing::HasSubstr("\n\"the theory\",0,3,"));
  EXPECT_THAT(table, testing::HasSubstr("\n\"arc-cosine kernel\",1,3,"));
}

TEST_F(Power, SaysWhichFormulasItLeavesOut) {
  const auto all = program({"power", "tiny.toml", "--runs", "1"}).out;
  EXPECT_THAT(all, testing::Not(testing::HasSubstr("not judged")));
  const auto some =
      program({"power", "tiny.toml", "--runs", "1", "--set", "network.presynaptic.taps=1"}).out;
  EXPECT_THAT(
      some, testing::HasSubstr("\n  - not judged: degree_of_correlation ±10%: the degree is 0\n"));
}

TEST_F(Power, WritesNothingUnlessAsked) {
  const auto before = everything();
  EXPECT_EQ(program({"power", "tiny.toml", "--runs", "1"}).status, 0);
  EXPECT_EQ(everything(), before);
}

TEST_F(Power, RefusesRunsOutOfRange) {
  expect_refusal(program({"power", "tiny.toml", "--runs", "0"}), {"--runs", "0"});
}

}  // namespace
}  // namespace wideproof::app
