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

bool excludes_prediction(const Claim& claim) {
  return *claim.low > *claim.prediction || *claim.high < *claim.prediction;
}

std::string own_estimate(const Claim& claim) {
  return fmt::format("by itself {:.5g} ({:.5g} to {:.5g})", *claim.measurement, *claim.low,
                     *claim.high);
}

void set(Claim& claim, const JointLimits& joint, double prediction, double difference,
         double half) {
  claim.exactness.clear();
  claim.prediction = joint.on_own_scale(prediction);
  claim.measurement = joint.on_own_scale(prediction + difference);
  claim.low = joint.on_own_scale(prediction + difference - half);
  claim.high = joint.on_own_scale(prediction + difference + half);
}

void show(Claim& claim, const JointLimits& joint) {
  const Eigen::VectorXd predicted = joint.predicted();
  const Eigen::VectorXd difference = joint.fit.limit - predicted;
  const auto members = static_cast<double>(difference.size());
  const ConditionalDeviation sharpest =
      sharpest_deviation(difference, joint.fit.parts, joint.fit.test);
  const double half =
      student_upper_quantile(two_sides / 2.0 / members, sharpest.degrees_of_freedom) *
      sharpest.standard_error;
  const bool significant = std::abs(sharpest.difference) > half;
  const bool alone = sharpest.p_of_rest >= two_sides;
  if (significant && (alone || !excludes_prediction(claim))) {
    if (sharpest.index == joint.loudest()) claim.detail += "; " + own_estimate(claim);
    set(claim, joint, predicted[sharpest.index], sharpest.difference, half);
    claim.where =
        joint.name(sharpest.index) + ", less what the scatter of the other classes explains";
    claim.detail += fmt::format("; the other classes without it {}", p_text(sharpest.p_of_rest));
  } else if (excludes_prediction(claim)) {
    claim.detail += "; more than one class is off";
  } else {
    const Contrast contrast =
        worst_contrast(difference, joint.fit.parts, joint.fit.test, two_sides);
    std::vector<std::string> names;
    for (const Eigen::Index k : contrast.foremost) names.push_back(joint.name(k));
    set(claim, joint, contrast.weights.dot(predicted), contrast.difference, contrast.half_width);
    claim.where = fmt::format("a weighted mean of all classes, chiefly {}", fmt::join(names, "; "));
    claim.detail += "; no class explains it alone";
  }
}

}  // namespace

void show_what_convicts(Claim& claim, const JointLimits& joint, double family_error) {
  if (claim.outcome == Outcome::agree || !claim.p_unguarded || !(*claim.p_unguarded < family_error))
    return;
  if (!claim.exactness.empty() && excludes_prediction(claim)) return;
  if (joint.columns.size() > 1) show(claim, joint);
}

}  // namespace wideproof::compare
