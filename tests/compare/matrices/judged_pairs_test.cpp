// SPDX-License-Identifier: MIT
#include <wideproof/compare/matrices/judged_pairs.hpp>

#include <cmath>

#include <gmock/gmock.h>

#include <wideproof/compare/gram/assessment.hpp>

#include "invented.hpp"

namespace wideproof::compare {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Eigen::MatrixXd pair_matrix(double diagonal, double other) {
  return (Eigen::MatrixXd(2, 2) << diagonal, other, other, diagonal).finished();
}

/// Two inputs through two layers at widths 100 and 200.
struct Pair {
  double deficit = 0.5;            ///< 1 − c, predicted of each layer's K and measured
  double separating = 0.3;         ///< share of neurons active for one of them alone
  double relative_variance = 0.0;  ///< r of one network at width 100; falls as 1/n
  std::int64_t replicates = 100;
  std::int64_t silent = 0;  ///< networks, at the second layer and width 100

  std::vector<PredictedLayer> predicted() const {
    auto layers = predicted_layers({pair_matrix(1, 1 - deficit), pair_matrix(1, 1 - deficit)});
    for (auto& layer : layers) {
      layer.preactivation_deficit = pair_matrix(0, deficit);
      layer.separating_fraction = pair_matrix(0, separating);
    }
    return layers;
  }

  JudgedPairs judged(const std::vector<PredictedLayer>& prediction,
                     const Options& options = {}) const {
    std::vector<LayerSeries> series;
    for (const std::int64_t layer : {1, 2}) {
      LayerSeries& at_layer = series.emplace_back(LayerSeries{layer, {}});
      for (const std::int64_t width : {100, 200}) {
        model::LayerMeasurement at;
        at.width = width;
        at.layer = layer;
        at.replicates = replicates;
        at.silent_networks = layer == 2 && width == 100 ? silent : 0;
        at.correlation.mean = pair_matrix(1, 1 - deficit);
        at.correlation.variance = pair_matrix(
            0, relative_variance * deficit * deficit * 100.0 / static_cast<double>(width));
        at_layer.at.push_back(at);
      }
    }
    const model::EntryClasses classes(pair_matrix(1, 1 - deficit));
    return {series, prediction, classes, options};
  }

  /// Of the pair at both layers, which its class shares.
  std::vector<PairStatus> reasons() const {
    const auto pairs = judged(predicted());
    std::vector<PairStatus> reasons;
    for (const std::size_t layer : {0, 1}) {
      reasons.push_back(static_cast<PairStatus>(pairs.correlations(layer)(0, 1)));
      EXPECT_EQ(pairs.of_class(layer, 1), reasons.back());
      EXPECT_EQ(pairs.of_class(layer, 0), PairStatus::judged);  // the norms always are
      EXPECT_EQ(pairs.correlations(layer)(0, 0), 0);
    }
    return reasons;
  }
};

constexpr auto both_judged = [] { return ElementsAre(PairStatus::judged, PairStatus::judged); };

TEST(JudgedPairs, AreThoseFarApartWhateverTheirSpread) {
  EXPECT_THAT(Pair{.relative_variance = 5.0}.reasons(), both_judged());
  EXPECT_THAT((Pair{.separating = 0.001}.reasons()), both_judged());
}

TEST(JudgedPairs, AreThoseOfOneDirection) {
  EXPECT_THAT((Pair{.deficit = 0.0, .separating = 0.0}.reasons()), both_judged());
}

TEST(JudgedPairs, LeaveOutWhatDigitsDoNotResolveFromThatLayerOn) {
  EXPECT_THAT((Pair{.deficit = 2e-10}.reasons()), both_judged());
  EXPECT_THAT((Pair{.deficit = 0.5e-10}.reasons()),
              ElementsAre(PairStatus::unresolved, PairStatus::unresolved));
  // Resolved again at the second layer, whose numbers come from the first's.
  const Pair pair{.deficit = 1e-3};
  auto predicted = pair.predicted();
  predicted[0].preactivation_deficit = pair_matrix(0, 1e-11);
  EXPECT_EQ(pair.judged(predicted).of_class(1, 1), PairStatus::unresolved);
  Options in_float64;
  in_float64.resolved_deficit = 1e-12;
  EXPECT_EQ(pair.judged(predicted, in_float64).of_class(1, 1), PairStatus::judged);
}

/// A map that tells near inputs apart makes a whole number of what it could not bear, and the Gram
/// knows that number too.
TEST(JudgedPairs, LeaveTheGramOutWhereItIsNoNormAnyMore) {
  const Pair apart;
  auto predicted = apart.predicted();
  predicted[0].preactivation_deficit = pair_matrix(0, 1e-11);
  const auto unresolved = static_cast<int>(PairStatus::unresolved);
  EXPECT_EQ(apart.judged(predicted).grams(1)(0, 1), unresolved);
  const Pair near{.deficit = 0.5e-10};
  EXPECT_EQ(near.judged(near.predicted()).grams(1)(0, 1), 0);
  EXPECT_EQ(near.judged(near.predicted()).correlations(1)(0, 1), unresolved);
}

TEST(JudgedPairs, LeaveOutWhatLiesTooNearToOppositeUnlessItIsOpposite) {
  const auto status = [](double from_opposite) {
    const Pair pair;
    auto predicted = pair.predicted();
    for (auto& layer : predicted) layer.preactivation_deficit = pair_matrix(0, 2 - from_opposite);
    return pair.judged(predicted).of_class(1, 1);
  };
  EXPECT_EQ(status(0.0), PairStatus::judged);
  EXPECT_EQ(status(0.5e-10), PairStatus::unresolved);
  EXPECT_EQ(status(2e-10), PairStatus::judged);
}

TEST(JudgedPairs, LeaveOutLaterLayersOfWhatVariedTooMuch) {
  // Far apart at the second layer, and of a law that the first one's rare neurons made.
  const Pair pair{.deficit = 1e-3, .relative_variance = 2.0};
  auto predicted = pair.predicted();
  const auto first = pair.judged(predicted);
  EXPECT_EQ(first.of_class(0, 1), PairStatus::spread);
  EXPECT_EQ(first.grams(1)(0, 1), static_cast<int>(PairStatus::spread));
}

TEST(JudgedPairs, LeaveOutThoseOfWhichNoNetworkShowsADifference) {
  Pair pair{.deficit = 0.0};
  auto predicted = pair.predicted();
  EXPECT_EQ(pair.judged(predicted).of_class(0, 1), PairStatus::judged);
  for (auto& layer : predicted) layer.preactivation_deficit = pair_matrix(0, 1e-6);
  EXPECT_EQ(pair.judged(predicted).of_class(0, 1), PairStatus::spread);
}

TEST(JudgedPairs, NeedNeuronsBetweenTheirThresholds) {
  EXPECT_THAT((Pair{.deficit = 1e-3, .separating = 0.051}.reasons()), both_judged());
  EXPECT_THAT((Pair{.deficit = 1e-3, .separating = 0.049}.reasons()),
              ElementsAre(PairStatus::few_separating, PairStatus::few_separating));
  // Where thresholds are no order statistics nobody says how many lie between them.
  const Pair pair{.deficit = 1e-3};
  auto predicted = pair.predicted();
  for (auto& layer : predicted) layer.separating_fraction = {};
  EXPECT_EQ(pair.judged(predicted).of_class(0, 1), PairStatus::judged);
}

TEST(JudgedPairs, LeaveOutThoseThatVaryTooMuch) {
  // With R = 100, R_eff = 2R/(w⁴ + 2w³ + 3w² − 4) ≥ 30 asks for r ≤ 0.23489.
  EXPECT_THAT((Pair{.deficit = 1e-3, .relative_variance = 0.234}.reasons()), both_judged());
  EXPECT_THAT((Pair{.deficit = 1e-3, .relative_variance = 0.236}.reasons()),
              ElementsAre(PairStatus::spread, PairStatus::spread));
  // However many networks there are, r > 1 is too much.
  EXPECT_THAT((Pair{.deficit = 1e-3, .relative_variance = 0.99, .replicates = 100000}.reasons()),
              both_judged());
  EXPECT_THAT((Pair{.deficit = 1e-3, .relative_variance = 1.01, .replicates = 100000}.reasons()),
              ElementsAre(PairStatus::spread, PairStatus::spread));
}

TEST(JudgedPairs, LeaveOutALayerThatFellSilent) {
  EXPECT_THAT((Pair{.silent = 1}.reasons()), ElementsAre(PairStatus::judged, PairStatus::silent));
}

TEST(JudgedPairs, SayWhichArePairStatusAndWhy) {
  const Pair near{.deficit = 0.5e-10};
  EXPECT_THAT(
      near.judged(near.predicted()).lines(),
      ElementsAre("not judged: correlation(1,2) at layers 1 to 2, since 1 − c or 1 + c there, or "
                  "at a layer before, is below 1e-10, the precision of the sampler"));
  const Pair resolved{.deficit = 1e-8};
  EXPECT_THAT(resolved.judged(resolved.predicted()).lines(),
              ElementsAre(HasSubstr("told from 1 by their fluctuations alone, not by their means: "
                                    "correlation(1,2) at layers 1 to 2, since 1 − c there is "
                                    "below 1e-06")));
  const Pair apart;
  EXPECT_THAT(apart.judged(apart.predicted()).lines(), IsEmpty());
}

/// Two inputs at 1 − c = `limit` whose measured correlations tend elsewhere.
Assessment assessed(double deficit, double resolved) {
  testing::Invented invented = testing::pair_of_inputs();
  invented.limit = testing::equicorrelated(2, 1 - deficit);
  invented.spread = 0.1;
  auto predicted = testing::truth(invented);
  for (auto& layer : predicted) {
    layer.correlation(0, 1) = layer.correlation(1, 0) = 1 - 1.5 * deficit;
    layer.preactivation_deficit = pair_matrix(0, deficit);
  }
  Options options;
  options.resolved_deficit = resolved;
  return testing::assess(predicted, testing::exact(invented), options);
}

TEST(JudgedPairs, AreTestedAndOthersAreNot) {
  // A deficit that is off by half is seen …
  EXPECT_EQ(assessed(0.2, 1e-10).verdict.outcome, Outcome::disagree);
  // … unless it is left out, of which the verdict's last reason tells.
  const Assessment left_out = assessed(0.2, 0.3);
  EXPECT_NE(left_out.verdict.outcome, Outcome::disagree);
  EXPECT_THAT(left_out.verdict.reasons.back(),
              HasSubstr("not judged: correlation(1,2) at layers 1 to "));
}

/// Networks of which `silent` of 100 activate no neuron at width 256.
Assessment with_silent(std::int64_t silent) {
  const testing::Invented invented = testing::pair_of_inputs();
  auto predicted = testing::truth(invented);
  for (auto& layer : predicted) layer.gram *= 2;
  auto sample = testing::exact(invented);
  sample.measurement.front().silent_networks = silent;
  return testing::assess(predicted, sample, {});
}

TEST(JudgedPairs, SilentNetworksConvictNobodyWhereTheyAreManyBesideTheError) {
  // Spread 1/√256 of a norm, over √100: a tenth of that is 0.06 of a network in a hundred.
  EXPECT_EQ(with_silent(0).verdict.outcome, Outcome::disagree);
  const Assessment assessment = with_silent(1);
  EXPECT_EQ(assessment.verdict.outcome, Outcome::inconclusive);
  EXPECT_THAT(assessment.claims.front().obstacle,
              HasSubstr("at width 256 an input activates no neuron of layer 1 in 1 of 100"));
}

}  // namespace
}  // namespace wideproof::compare
