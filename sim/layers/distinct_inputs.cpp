// SPDX-License-Identifier: MIT
#include <wideproof/sim/layers/distinct_inputs.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <wideproof/model/inputs/row_deficits.hpp>

namespace wideproof::sim {
namespace {

/// Whether they are one direction, as model::row_deficits() has it. Few pairs are so near that it
/// need be asked.
bool coincide(const Eigen::MatrixXd& inputs, Eigen::Index a, Eigen::Index b) {
  const double near = 1e-12 * inputs.row(a).norm();
  for (Eigen::Index i = 0; i < inputs.cols(); ++i) {
    if (!(std::abs(inputs(a, i) - inputs(b, i)) <= near)) return false;
  }
  const Eigen::Index both[] = {a, b};
  return model::row_deficits(inputs(both, Eigen::all)).values()(0, 1) == 0;
}

}  // namespace

DistinctInputs::DistinctInputs(const Eigen::MatrixXd& inputs) {
  std::vector<Eigen::Index> first;
  for (Eigen::Index a = 0; a < inputs.rows(); ++a) {
    const auto same =
        std::find_if(first.begin(), first.end(), [&](auto b) { return coincide(inputs, a, b); });
    place_.push_back(same - first.begin());
    if (same == first.end()) first.push_back(a);
  }
  vectors_ = inputs(first, Eigen::all);
}

Eigen::MatrixXd DistinctInputs::for_all(Eigen::MatrixXd distinct) const {
  const bool are_all_distinct = static_cast<std::size_t>(count()) == place_.size();
  if (are_all_distinct || distinct.size() == 0) return distinct;
  return distinct(place_, place_);
}

Eigen::VectorXd DistinctInputs::multiplicity() const {
  Eigen::VectorXd inputs = Eigen::VectorXd::Zero(count());
  for (const auto at : place_) inputs(at) += 1;
  return inputs;
}

Eigen::MatrixXd DistinctInputs::columns_for_all(const Eigen::MatrixXd& distinct) const {
  return distinct(Eigen::all, place_);
}

}  // namespace wideproof::sim
