// SPDX-License-Identifier: MIT
#include <wideproof/theory/tangent/wrong_tangents.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/tangent/tangent_recursion.hpp>

namespace wideproof::theory {
namespace {

using model::Activation;
using model::LateralFilter;
using model::Network;
using model::Trained;

const Network::Options sparse_and_correlated{
    .depth = 2, .active_fraction = 0.1, .presynaptic = LateralFilter::box(13)};

CandidateTangents tangents_believed(const Network::Options& options,
                                    Trained trained = Trained::weights) {
  return candidate_tangents(Network(options), model::cosine_inputs({1.0, 0.9, 0.5}),
                            {.trained = trained});
}

std::vector<std::string> names_of(const CandidateTangents& formulas) {
  std::vector<std::string> names;
  for (const auto& formula : formulas.judged) names.push_back(formula.name);
  return names;
}

const CandidateTangent& believed(const CandidateTangents& formulas, const std::string& name) {
  return *std::find_if(formulas.judged.begin(), formulas.judged.end(),
                       [&](const auto& formula) { return formula.name == name; });
}

TEST(CandidateTangents, OfACorrelatedSparseNetworkAreAllOfThem) {
  const auto formulas = tangents_believed(sparse_and_correlated);
  EXPECT_THAT(formulas.left_out, testing::IsEmpty());
  EXPECT_THAT(names_of(formulas),
              testing::ElementsAre("the theory", "the theory, inputs rounded to float32",
                                   "arc-cosine tangent kernel", "k' left out", "one layer too many",
                                   "lateral Gram for the plain one (the field trained)",
                                   "active_fraction +2%", "active_fraction -2%",
                                   "degree_of_correlation +10%", "degree_of_correlation -10%"));
}

TEST(CandidateTangents, MoveTheTangentKernelOfTheOutputOrAreTrue) {
  for (const auto trained : {Trained::weights, Trained::field}) {
    for (const auto activation : {Activation::thresholded_relu, Activation::tanh}) {
      auto options = sparse_and_correlated;
      options.activation = activation;
      options.postsynaptic = LateralFilter::box(3);
      const auto formulas = tangents_believed(options, trained);
      const auto& truth = formulas.judged.front();
      for (const auto& formula : formulas.judged) {
        ASSERT_EQ(formula.grams.size(), 2u);
        ASSERT_EQ(formula.tangents.size(), 2u);
        const double moved = (formula.output_tangent - truth.output_tangent).norm();
        if (formula.is_wrong) {
          EXPECT_GT(moved, 2e-3) << formula.name << " " << name_of(activation);
        } else {
          EXPECT_LT(moved, 1e-3) << formula.name;
        }
      }
    }
  }
}

TEST(CandidateTangents, LeaveOutWhatIsTheTheoryForThisNetwork) {
  const auto linear = tangents_believed({.depth = 1, .activation = Activation::linear});
  EXPECT_THAT(names_of(linear),
              testing::ElementsAre("the theory", "the theory, inputs rounded to float32",
                                   "one layer too many"));
  std::vector<std::string> lines;
  for (const auto& [name, why] : linear.left_out) lines.push_back(name + ": " + why);
  EXPECT_THAT(lines,
              testing::ElementsAre(
                  "arc-cosine tangent kernel: it is one of the thresholded ReLU",
                  "k' left out: of linear neurons it is 1",
                  "lateral Gram for the plain one (the field trained): without a presynaptic "
                  "filter between layers both are the same",
                  "active_fraction ±2%: linear has no threshold",
                  "degree_of_correlation ±10%: the degree is 0"));
  auto half = sparse_and_correlated;
  half.active_fraction = 0.5;
  EXPECT_EQ(tangents_believed(half).left_out.front().why, "at a threshold of 0 it is the theory");
  auto shallow = sparse_and_correlated;
  shallow.depth = 1;
  EXPECT_EQ(tangents_believed(shallow).left_out.size(), 2u);
  auto most = sparse_and_correlated;
  most.active_fraction = 0.9;
  EXPECT_EQ(tangents_believed(most).left_out.front().name, "active_fraction +2%");
}

// The entry-by-entry recursion without a mistake is the theory; with one, that of another network.
TEST(CandidateTangents, OfAnotherDegreeAreThatDegrees) {
  for (const auto trained : {Trained::weights, Trained::field}) {
    auto other = sparse_and_correlated;
    other.presynaptic = LateralFilter::uniform(1.1 * 12);
    const auto there = predict_tangent(
        Network(other), model::cosine_inputs({1.0, 0.9, 0.5}).cosines(), {.trained = trained});
    const auto formulas = tangents_believed(sparse_and_correlated, trained);
    const auto& here = believed(formulas, "degree_of_correlation +10%");
    EXPECT_LT((here.output_tangent - there.output_tangent).norm(), 1e-11);
    EXPECT_LT((here.tangents[1] - there.tangents[1]).norm(), 1e-11);
    EXPECT_LT((here.grams[1] - there.network.layers[1].gram).norm(), 1e-11);
  }
}

// Θ_y = [k + c]/k(1) at depth 1.
TEST(CandidateTangents, WithoutTheSlopeAddWholeTangents) {
  auto shallow = sparse_and_correlated;
  shallow.depth = 1;
  const auto formulas = tangents_believed(shallow);
  const auto& formula = believed(formulas, "k' left out");
  const auto truth = predict_tangent(Network(shallow), model::cosine_inputs({1, .9, .5}).cosines());
  EXPECT_NEAR(formula.output_tangent(0, 1),
              truth.output_kernel(0, 1) + truth.readout_variance * 0.9, 1e-12);
}

TEST(CandidateTangents, OfOneLayerTooManyEndWithTheNextLayer) {
  auto deeper = sparse_and_correlated;
  ++deeper.depth;
  const auto there =
      predict_tangent(Network(deeper), model::cosine_inputs({1.0, 0.9, 0.5}).deficits());
  const auto formulas = tangents_believed(sparse_and_correlated);
  const auto& formula = believed(formulas, "one layer too many");
  EXPECT_EQ(formula.tangents[0], there.tangents[1]);
  EXPECT_EQ(formula.output_tangent, there.output_tangent);
}

TEST(CandidateTangents, OfAStepAreRefused) {
  EXPECT_THROW(tangents_believed({.activation = Activation::thresholded_step}), model::InputError);
}

}  // namespace
}  // namespace wideproof::theory
