// SPDX-License-Identifier: MIT
#include <wideproof/sim/activity/class_selectivity.hpp>

#include <limits>
#include <vector>

namespace wideproof::sim {
namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

/// Over neurons that are not silent. `sums`: n × K ≥ 2, classes with inputs.
void add_indices(const Eigen::ArrayXXd& sums, const Eigen::ArrayXd& inputs,
                 SelectivitySums& total) {
  const auto classes = static_cast<double>(inputs.size());
  const double all = inputs.sum();
  Eigen::ArrayXd means(inputs.size());
  for (Eigen::Index i = 0; i < sums.rows(); ++i) {
    means = sums.row(i).transpose() / inputs;
    Eigen::Index best = 0;
    const double largest = means.maxCoeff(&best);
    if (!(largest > 0)) continue;
    const auto index = [largest](double others) { return (largest - others) / (largest + others); };
    total.ccmas += index((sums.row(i).sum() - sums(i, best)) / (all - inputs(best)));
    total.class_selectivity += index((means.sum() - largest) / (classes - 1));
    total.heard += 1;
  }
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
  const Eigen::ArrayXXd of_classes = activity.sums(Eigen::all, present);
  const Eigen::ArrayXd inputs = activity.inputs(present);
  const Eigen::ArrayXd of_mean = of_classes.rowwise().sum().square() / inputs.sum();
  sums.between =
      ((of_classes.square().rowwise() / inputs.transpose()).rowwise().sum() - of_mean).sum();
  sums.total = (activity.squares - of_mean).sum();
  sums.squares = activity.squares.sum();
  if (activity.is_signed) {
    sums.ccmas = sums.class_selectivity = no_number;
    sums.heard = static_cast<double>((activity.squares > 0).count());
  } else {
    add_indices(of_classes, inputs, sums);
  }
  return sums;
}

}  // namespace wideproof::sim
