// SPDX-License-Identifier: MIT
#include <wideproof/compare/gram/conviction.hpp>

#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/compare/statistics/distributions.hpp>
#include <wideproof/compare/statistics/worst_contrast.hpp>

namespace wideproof::compare {
namespace {

constexpr double two_sides = 0.05;

/// What a joint test was made of, on the scale it was made on.
struct Joint {
  const ClassLimit& of;
  const std::vector<ClassColumn>& columns;
  bool logarithmic;

  Eigen::VectorXd predicted() const {
    Eigen::VectorXd values(of.limit.size());
    for (Eigen::Index k = 0; k < values.size(); ++k) {
      const double value = columns[static_cast<std::size_t>(k)].predicted;
      values[k] = logarithmic ? std::log(value) : value;
    }
    return values;
  }
  std::string name(Eigen::Index k) const { return name_of(columns[static_cast<std::size_t>(k)]); }
};

bool excludes_prediction(const Claim& claim) {
  return *claim.low > *claim.prediction || *claim.high < *claim.prediction;
}

std::string own_estimate(const Claim& claim) {
  return fmt::format("by itself {:.5g} ({:.5g} to {:.5g})", *claim.measurement, *claim.low,
                     *claim.high);
}

void set(Claim& claim, const Joint& joint, double prediction, double difference, double half) {
  claim.exactness.clear();
  const auto shown = [&joint](double value) { return joint.logarithmic ? std::exp(value) : value; };
  claim.prediction = shown(prediction);
  claim.measurement = shown(prediction + difference);
  claim.low = shown(prediction + difference - half);
  claim.high = shown(prediction + difference + half);
}

void show(Claim& claim, const Joint& joint) {
  const Eigen::VectorXd predicted = joint.predicted();
  const Eigen::VectorXd difference = joint.of.limit - predicted;
  const auto members = static_cast<double>(difference.size());
  const ConditionalDeviation sharpest =
      sharpest_deviation(difference, joint.of.parts, joint.of.test);
  const double half =
      student_upper_quantile(two_sides / 2.0 / members, sharpest.degrees_of_freedom) *
      sharpest.standard_error;
  const bool significant = std::abs(sharpest.difference) > half;
  const bool alone = sharpest.p_of_rest >= two_sides;
  if (significant && (alone || !excludes_prediction(claim))) {
    const std::string name = joint.name(sharpest.index);
    if (claim.where == name) claim.detail += "; " + own_estimate(claim);
    set(claim, joint, predicted[sharpest.index], sharpest.difference, half);
    claim.where = name + ", given the other classes";
    claim.detail += fmt::format("; the other classes without it {}", p_text(sharpest.p_of_rest));
  } else if (excludes_prediction(claim)) {
    claim.detail += "; more than one class is off";
  } else {
    const Contrast contrast = worst_contrast(difference, joint.of.parts, joint.of.test, two_sides);
    std::vector<std::string> names;
    for (const Eigen::Index k : contrast.foremost) names.push_back(joint.name(k));
    set(claim, joint, contrast.weights.dot(predicted), contrast.difference, contrast.half_width);
    claim.where =
        fmt::format("a weighted mean of all classes together, foremost {}", fmt::join(names, "; "));
    claim.detail += "; no class explains it alone";
  }
}

}  // namespace

void show_what_convicts(Claim& claim, const Assessment& assessment) {
  if (claim.outcome == Outcome::agree || !claim.p_unguarded ||
      !(*claim.p_unguarded < assessment.options.family_error))
    return;
  if (!claim.exactness.empty() && excludes_prediction(claim)) return;
  const auto show_unless_single = [&claim](const Joint& joint) {
    if (joint.columns.size() > 1) show(claim, joint);
  };
  if (claim.name == "limit")
    show_unless_single(
        {assessment.extrapolation->classes, assessment.extrapolation->columns, false});
  if (claim.name == "fluctuation")
    show_unless_single({assessment.fluctuation->log_limit, assessment.fluctuation->columns, true});
}

}  // namespace wideproof::compare
