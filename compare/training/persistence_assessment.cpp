// SPDX-License-Identifier: MIT
#include <wideproof/compare/training/persistence_assessment.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

#include <fmt/format.h>

#include <wideproof/compare/limits/limit_findings.hpp>
#include <wideproof/compare/number_text.hpp>
#include <wideproof/compare/statistics/distributions.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::compare {
namespace {

struct ClaimedNumber {
  const char* claim;
  const char* symbol;
  const char* of = "";  ///< what the margin is a part of, unless it is the number
};

/// In the order of model::persistence_numbers.
constexpr ClaimedNumber claimed_numbers[] = {
    {"persistence-t1", "T1"},
    {"persistence-t2", "T2", " of a·std(w) + (1−a)·mean(w)"},
    {"persistence-mean-correlation", "the mean |correlation| of neurons"}};

/// A difference of two means, and how well it is known.
struct KnownDifference {
  double value = 0, standard_error = 0, degrees_of_freedom = 0;
};

KnownDifference difference_of(const SparsityMean& measured, double predicted, double error,
                              std::int64_t draws, double rounding) {
  const double of_mean = std::pow(measured.standard_error, 2);
  const double of_prediction = error * error;
  const double of_rounding = std::pow(rounding * predicted, 2);
  const double variance = of_mean + of_prediction + of_rounding;
  const double per_degree =
      of_mean * of_mean / static_cast<double>(measured.networks - 1) +
      of_prediction * of_prediction / std::max(1.0, static_cast<double>(draws - 1));
  constexpr double many = 1e9;
  return {measured.mean - predicted, std::sqrt(variance),
          per_degree > 0 ? std::min(many, variance * variance / per_degree) : many};
}

OpenClaim claim_of(const PersistenceMeans& at, std::size_t k, const LimitOptions& options) {
  constexpr double error_of_intervals = 0.05;
  const auto member = model::persistence_numbers[k].number;
  const double predicted = at.prediction.predicted.*member;
  const KnownDifference difference = difference_of(
      at.numbers[k], predicted, at.prediction.error.*member, at.prediction.draws, options.rounding);
  const double margin = options.equivalence_margin * at.prediction.scale.*member;
  const double distance = std::abs(difference.value);
  const auto tail = [&](double x) {
    return student_upper_tail(x / difference.standard_error, difference.degrees_of_freedom);
  };
  const auto reach = [&](double level) {
    return student_upper_quantile(level, difference.degrees_of_freedom) * difference.standard_error;
  };
  const double half = reach(0.5 * error_of_intervals);
  const double level =
      options.family_error / static_cast<double>(model::persistence_numbers.size());
  OpenClaim open;
  open.claim.name = claimed_numbers[k].claim;
  open.claim.statement = fmt::format(
      "Before training, at width {}, {} is within {}{} of that of independent neurons with the "
      "limit's kernels.",
      with_commas(at.prediction.width), claimed_numbers[k].symbol,
      as_percent(options.equivalence_margin), claimed_numbers[k].of);
  open.claim.p_value = std::min(1.0, tail(distance - margin) + tail(distance + margin));
  open.claim.p_unguarded = open.claim.p_value;
  open.claim.prediction = predicted;
  open.claim.measurement = at.numbers[k].mean;
  open.claim.low = at.numbers[k].mean - half;
  open.claim.high = at.numbers[k].mean + half;
  open.claim.where =
      fmt::format("{} at width {}", claimed_numbers[k].symbol, with_commas(at.prediction.width));
  open.claim.detail = fmt::format(
      "difference from the prediction {:.3g} ± {:.2g}, margin {:.3g}; two one-sided tests at level "
      "{:.2g}",
      difference.value, difference.standard_error, margin, level);
  if (!(distance + reach(level) <= margin))
    open.doubt = fmt::format("{} is not within {} of its prediction with certainty: add replicates",
                             claimed_numbers[k].symbol, as_percent(options.equivalence_margin));
  open.obstacle =
      when(at.numbers[k].networks < fewest_networks,
           {fmt::format("fewer than {} networks are too few to show how heavy the tails of their "
                        "numbers are: add replicates",
                        fewest_networks)});
  return open;
}

PersistenceMeans means_at(const model::WidthPersistence& prediction,
                          const model::TrainedWidth& measured) {
  PersistenceMeans means{prediction};
  for (std::size_t k = 0; k < means.numbers.size(); ++k) {
    Eigen::VectorXd networks(static_cast<Eigen::Index>(measured.networks.size()));
    for (Eigen::Index r = 0; r < networks.size(); ++r) {
      const auto& network = measured.networks[static_cast<std::size_t>(r)];
      networks[r] = network.front().persistence.*model::persistence_numbers[k].number;
    }
    means.numbers[k] = sparsity_mean(networks);
  }
  return means;
}

}  // namespace

PersistenceAssessment assess_persistence(const model::PersistenceByWidth& prediction,
                                         const model::TrainingMeasurement& measurement,
                                         const LimitOptions& options) {
  PersistenceAssessment assessment;
  if (prediction.empty()) return assessment;
  if (prediction.size() != measurement.widths.size())
    throw model::InputError(
        fmt::format("the persistence of {} widths is predicted, but {} were measured",
                    prediction.size(), measurement.widths.size()));
  for (std::size_t w = 0; w < prediction.size(); ++w)
    assessment.means.push_back(means_at(prediction[w], measurement.widths[w]));
  const PersistenceMeans& widest = assessment.means.back();
  for (std::size_t k = 0; k < widest.numbers.size(); ++k)
    if (widest.numbers[k].networks > 1) assessment.claims.push_back(claim_of(widest, k, options));
  return assessment;
}

}  // namespace wideproof::compare
