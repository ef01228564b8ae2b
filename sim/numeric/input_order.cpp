// SPDX-License-Identifier: MIT
#include <wideproof/sim/numeric/input_order.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace wideproof::sim {
namespace {

constexpr double as_good_as_the_largest = 0.3679;

/// The first that is as good as the largest, which is positive.
Eigen::Index first_large(const Eigen::VectorXd& numbers) {
  const double enough = as_good_as_the_largest * numbers.maxCoeff();
  return std::find_if(numbers.begin(), numbers.end(), [&](double x) { return x >= enough; }) -
         numbers.begin();
}

Eigen::MatrixXd cosines_of(const Eigen::MatrixXd& gram) {
  const Eigen::VectorXd inverse_norm = gram.diagonal().unaryExpr(
      [](double square) { return square > 0 ? 1 / std::sqrt(square) : 0.0; });
  return inverse_norm.asDiagonal() * gram * inverse_norm.asDiagonal();
}

/// Appends the pivots of Cholesky's factor, down to what rounding may leave of nothing.
void append_pivots(const Eigen::MatrixXd& cosines, double nothing,
                   std::vector<Eigen::Index>& order) {
  const Eigen::Index size = cosines.rows();
  Eigen::VectorXd left = cosines.diagonal();
  Eigen::MatrixXd root(size, 0);
  for (Eigen::Index rank = 0; rank < size && left.maxCoeff() > nothing; ++rank) {
    if (rank == root.cols()) root.conservativeResize(size, std::min(size, 2 * rank + 8));
    const Eigen::Index pivot = first_large(left);
    const auto known = root.leftCols(rank);
    Eigen::VectorXd column = cosines.col(pivot) - known * known.row(pivot).transpose();
    column /= std::sqrt(left(pivot));
    left.array() -= column.array().square();
    for (const auto past : order) left(past) = 0;
    left(pivot) = 0;
    root.col(rank) = column;
    order.push_back(pivot);
  }
}

}  // namespace

const std::vector<Eigen::Index>& InputOrder::operator()() const {
  std::call_once(once_, [&] {
    const Eigen::MatrixXd cosines = cosines_of(gram_);
    const Eigen::Index size = cosines.rows();
    const double nothing = std::numeric_limits<double>::epsilon() *
                           static_cast<double>(std::max<Eigen::Index>(size, 64));
    if (by_ == By::pivots) append_pivots(cosines, nothing, order_);
    // 1 − c to the nearest in the order; 0 for those that are.
    Eigen::VectorXd apart = Eigen::VectorXd::Constant(size, 2);
    const auto stand_back = [&](Eigen::Index from) {
      apart = apart.cwiseMin((1 - cosines.col(from).array()).matrix());
      apart(from) = 0;
    };
    for (const auto input : order_) stand_back(input);
    while (apart.maxCoeff() > nothing) {
      order_.push_back(first_large(apart));
      stand_back(order_.back());
    }
    std::vector<bool> has_place(static_cast<std::size_t>(size), false);
    for (const auto input : order_) has_place[static_cast<std::size_t>(input)] = true;
    for (Eigen::Index input = 0; input < size; ++input) {
      if (!has_place[static_cast<std::size_t>(input)]) order_.push_back(input);
    }
  });
  return order_;
}

}  // namespace wideproof::sim
