// SPDX-License-Identifier: MIT
#include <wideproof/sim/activity/class_selectivity.hpp>

#include <limits>
#include <vector>

#include <wideproof/sim/numeric/row_kernels.hpp>

namespace wideproof::sim {
namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

/// Over neurons that are not silent. Class by class, so that neurons lie side by side.
void add_indices(const ClassActivity& activity, const std::vector<Eigen::Index>& present,
                 SelectivitySums& total) {
  const Eigen::ArrayXd none = Eigen::ArrayXd::Zero(activity.sums.rows());
  Eigen::ArrayXd largest = none, sum_of_largest = none, inputs_of_largest = none;
  Eigen::ArrayXd sum = none, sum_of_means = none;
  for (const auto k : present) {
    const auto of_class = activity.sums.col(k);
    take_larger_means(of_class.data(), of_class.size(), activity.inputs(k), largest.data(),
                      sum_of_largest.data(), inputs_of_largest.data());
    sum += of_class;
    sum_of_means += of_class / activity.inputs(k);
  }
  const auto other_classes = static_cast<double>(present.size() - 1);
  const Eigen::ArrayXd other_inputs =
      (sum - sum_of_largest) / (activity.inputs.sum() - inputs_of_largest);
  const Eigen::ArrayXd other_means = (sum_of_means - largest) / other_classes;
  const auto is_heard = largest > 0;
  const auto add = [&](const Eigen::ArrayXd& others) {
    return is_heard.select((largest - others) / (largest + others), 0).sum();
  };
  total.ccmas += add(other_inputs);
  total.class_selectivity += add(other_means);
  total.heard += static_cast<double>(is_heard.count());
}

}  // namespace

SelectivitySums& SelectivitySums::operator+=(const SelectivitySums& other) {
  ccmas += other.ccmas;
  class_selectivity += other.class_selectivity;
  heard += other.heard;
  between += other.between;
  total += other.total;
  squares += other.squares;
  return *this;
}

ClassSelectivity SelectivitySums::mean() const {
  const auto of_heard = [this](double sum) { return heard > 0 ? sum / heard : no_number; };
  // What is left of the subtraction may be rounding alone.
  const double rounding = 1e-12 * squares;
  return {of_heard(ccmas), of_heard(class_selectivity),
          total > rounding ? between / total : no_number};
}

SelectivitySums selectivity_sums(const ClassActivity& activity) {
  std::vector<Eigen::Index> present;
  for (Eigen::Index k = 0; k < activity.inputs.size(); ++k) {
    if (activity.inputs(k) > 0) present.push_back(k);
  }
  SelectivitySums sums;
  if (present.size() < 2) {
    sums.ccmas = sums.class_selectivity = sums.between = no_number;
    return sums;
  }
  Eigen::ArrayXd sum = Eigen::ArrayXd::Zero(activity.sums.rows());
  Eigen::ArrayXd of_classes = sum;
  for (const auto k : present) {
    sum += activity.sums.col(k);
    of_classes += activity.sums.col(k).square() / activity.inputs(k);
  }
  const Eigen::ArrayXd of_mean = sum.square() / activity.inputs.sum();
  sums.between = (of_classes - of_mean).sum();
  sums.total = (activity.squares - of_mean).sum();
  sums.squares = activity.squares.sum();
  if (activity.is_signed) {
    sums.ccmas = sums.class_selectivity = no_number;
    sums.heard = static_cast<double>((activity.squares > 0).count());
  } else {
    add_indices(activity, present, sums);
  }
  return sums;
}

}  // namespace wideproof::sim
