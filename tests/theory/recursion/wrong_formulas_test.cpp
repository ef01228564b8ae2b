// SPDX-License-Identifier: MIT
#include <wideproof/theory/recursion/wrong_formulas.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <wideproof/theory/recursion/layer_recursion.hpp>

namespace wideproof::theory {
namespace {

CandidateFormulas all_formulas_of(const model::Network::Options& options) {
  const model::Network network(options);
  const auto inputs = model::cosine_inputs({1.0, 0.9, 0.5});
  return candidate_formulas(network, inputs, predict(network, inputs.cosines()));
}

std::vector<CandidateFormula> formulas_of(const model::Network::Options& options) {
  return all_formulas_of(options).judged;
}

/// "arc-cosine kernel: at a threshold of 0 it is the theory"
std::vector<std::string> left_out(const model::Network::Options& options) {
  std::vector<std::string> lines;
  for (const auto& [name, why] : all_formulas_of(options).left_out)
    lines.push_back(name + ": " + why);
  return lines;
}

std::vector<std::string> names(const std::vector<CandidateFormula>& formulas) {
  std::vector<std::string> names;
  for (const auto& formula : formulas) names.push_back(formula.name);
  return names;
}

const CandidateFormula& named(const std::vector<CandidateFormula>& formulas,
                              const std::string& name) {
  return *std::find_if(formulas.begin(), formulas.end(),
                       [&](const auto& formula) { return formula.name == name; });
}

Eigen::MatrixXd correlations_of(const Eigen::MatrixXd& gram) {
  const Eigen::VectorXd scale = gram.diagonal().cwiseSqrt().cwiseInverse();
  return scale.asDiagonal() * gram * scale.asDiagonal();
}

const model::Network::Options correlated{
    .depth = 2, .active_fraction = 0.1, .presynaptic = model::LateralFilter::box(13)};

TEST(CandidateFormulas, OfACorrelatedSparseNetworkAreAllOfThem) {
  EXPECT_THAT(names(formulas_of(correlated)),
              testing::ElementsAre(
                  "the theory", "the theory, inputs rounded to float32", "active_fraction +2%",
                  "active_fraction -2%", "degree_of_correlation +10%", "degree_of_correlation -10%",
                  "presynaptic and postsynaptic swapped", "kernel without its term -2 tau g Q",
                  "arc-cosine kernel", "kernel of the next layer", "weight_variance +1%",
                  "weight_variance -1%"));
}

TEST(CandidateFormulas, LeaveOutWhatIsTheTheoryForThisNetwork) {
  EXPECT_THAT(names(formulas_of({.depth = 1, .activation = model::Activation::linear})),
              testing::ElementsAre("the theory", "the theory, inputs rounded to float32",
                                   "kernel of the next layer"));
  auto alike = correlated;
  alike.postsynaptic = model::LateralFilter::box(13);
  EXPECT_THAT(names(formulas_of(alike)),
              testing::Not(testing::Contains("presynaptic and postsynaptic swapped")));
}

TEST(CandidateFormulas, SayWhichAreLeftOutAndWhy) {
  EXPECT_THAT(left_out(correlated), testing::IsEmpty());
  EXPECT_THAT(left_out({.depth = 1, .activation = model::Activation::linear}),
              testing::ElementsAre(
                  "active_fraction ±2%: linear has no threshold",
                  "degree_of_correlation ±10%: the degree is 0",
                  "presynaptic and postsynaptic swapped: the two filters are alike",
                  "kernel without its term -2 tau g Q: it is one of the thresholded ReLU",
                  "arc-cosine kernel: it is one of the thresholded ReLU",
                  "weight_variance ±1%: it acts from the second layer on, and there is one layer"));
  auto half = correlated;
  half.active_fraction = 0.5;
  EXPECT_THAT(left_out(half), testing::Contains("arc-cosine kernel: at a threshold of 0 it is the "
                                                "theory"));
  auto most = correlated;
  most.active_fraction = 0.9;
  EXPECT_THAT(left_out(most), testing::ElementsAre("active_fraction +2%: network.active_fraction = "
                                                   "0.918: must lie in [0.0001, 0.9]"));
}

TEST(CandidateFormulas, OfAProjectionAreAnotherSparsenessAndTheOtherSigns) {
  model::Network::Options projection{.depth = 2,
                                     .activation = model::Activation::sparse_projection,
                                     .sparseness = 0.6,
                                     .is_signed = true};
  const auto formulas = formulas_of(projection);
  EXPECT_THAT(names(formulas),
              testing::ElementsAre("the theory", "the theory, inputs rounded to float32",
                                   "1 - sparseness +2%", "1 - sparseness -2%",
                                   "projection without signs", "kernel of the next layer"));
  EXPECT_THAT(left_out(projection),
              testing::Contains("weight_variance ±1%: a projected layer does not depend on it "
                                "without biases"));
  // Norms are 1 in each of them: correlations alone betray it.
  const auto& truth = formulas.front().grams.back();
  for (const auto& formula : formulas) {
    const auto& layer = formula.grams.back();
    EXPECT_LT((layer.diagonal().array() - 1).abs().maxCoeff(), 1e-12) << formula.name;
    const double turned = (layer - truth).cwiseAbs().maxCoeff();
    if (formula.is_wrong) {
      EXPECT_GT(turned, 2e-3) << formula.name;
    } else {
      EXPECT_LT(turned, 1e-6) << formula.name;
    }
  }
  projection.is_signed = false;
  projection.bias_variance = 0.1;
  EXPECT_THAT(names(formulas_of(projection)),
              testing::IsSupersetOf({"signed projection", "weight_variance +1%"}));
}

TEST(CandidateFormulas, KeepTheNormAndChangeTheCorrelations) {
  const auto formulas = formulas_of(correlated);
  const auto& truth = formulas.front().grams.back();
  for (const auto& formula : formulas) {
    const auto& layer = formula.grams.back();
    const bool moves_the_norm = formula.name.starts_with("weight_variance");
    const double moved = (layer.diagonal() - truth.diagonal()).cwiseAbs().maxCoeff();
    const double turned = (correlations_of(layer) - correlations_of(truth)).cwiseAbs().maxCoeff();
    EXPECT_NEAR(moved, moves_the_norm ? 0.01 : 0.0, 1e-9) << formula.name;
    if (formula.is_wrong && !moves_the_norm) {
      EXPECT_GT(turned, 1e-3) << formula.name;
    } else {
      EXPECT_LT(turned, 1e-6) << formula.name;
    }
  }
}

// c' = (k(c) + 1.1 mμ²)/(k(1) + 1.1 mμ²): what a network of that degree has.
TEST(CandidateFormulas, OfAnotherDegreeAreThatDegrees) {
  auto other = correlated;
  other.presynaptic = model::LateralFilter::uniform(1.1 * 12);
  const auto there =
      predict(model::Network(other), model::cosine_inputs({1.0, 0.9, 0.5}).cosines());
  const auto formulas = formulas_of(correlated);
  const auto& here = named(formulas, "degree_of_correlation +10%");
  EXPECT_LT((here.grams[1] - there.layers[1].gram).cwiseAbs().maxCoeff(), 1e-12);
}

}  // namespace
}  // namespace wideproof::theory
