// SPDX-License-Identifier: MIT
#include <wideproof/train/activity/class_selectivity.hpp>

#include <limits>
#include <vector>

namespace wideproof::train {
namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

struct MeanIndices {
  double ccmas = 0;
  double class_selectivity = 0;
};

/// Over neurons that are not silent. `sums`: n × K ≥ 2, classes with inputs.
MeanIndices mean_indices(const Eigen::ArrayXXd& sums, const Eigen::ArrayXd& inputs) {
  const auto classes = static_cast<double>(inputs.size());
  const double all = inputs.sum();
  MeanIndices total;
  Eigen::Index neurons = 0;
  for (Eigen::Index i = 0; i < sums.rows(); ++i) {
    const Eigen::ArrayXd means = sums.row(i).transpose() / inputs;
    Eigen::Index best = 0;
    const double largest = means.maxCoeff(&best);
    if (!(largest > 0)) continue;
    const auto index = [largest](double others) { return (largest - others) / (largest + others); };
    total.ccmas += index((sums.row(i).sum() - sums(i, best)) / (all - inputs(best)));
    total.class_selectivity += index((means.sum() - largest) / (classes - 1));
    ++neurons;
  }
  if (neurons == 0) return {no_number, no_number};
  const auto count = static_cast<double>(neurons);
  return {total.ccmas / count, total.class_selectivity / count};
}

double eta_squared(const Eigen::ArrayXXd& sums, const Eigen::ArrayXd& inputs,
                   const Eigen::ArrayXd& squares) {
  const Eigen::ArrayXd of_mean = sums.rowwise().sum().square() / inputs.sum();
  const double between =
      ((sums.square().rowwise() / inputs.transpose()).rowwise().sum() - of_mean).sum();
  const double total = (squares - of_mean).sum();
  // What is left of the subtraction may be rounding alone.
  const double rounding = 1e-12 * squares.sum();
  return total > rounding ? between / total : no_number;
}

}  // namespace

ClassSelectivity class_selectivity(const ClassActivity& activity) {
  std::vector<Eigen::Index> present;
  for (Eigen::Index k = 0; k < activity.inputs.size(); ++k) {
    if (activity.inputs(k) > 0) present.push_back(k);
  }
  if (present.size() < 2) return {no_number, no_number, no_number};
  const Eigen::ArrayXXd sums = activity.sums(Eigen::all, present);
  const Eigen::ArrayXd inputs = activity.inputs(present);
  const double eta = eta_squared(sums, inputs, activity.squares);
  if (activity.is_signed) return {no_number, no_number, eta};
  const auto indices = mean_indices(sums, inputs);
  return {indices.ccmas, indices.class_selectivity, eta};
}

}  // namespace wideproof::train
