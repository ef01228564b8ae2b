// SPDX-License-Identifier: MIT
#include <wideproof/model/inputs/repeated_rows.hpp>

#include <algorithm>
#include <numeric>

namespace wideproof::model {

std::vector<std::pair<Eigen::Index, Eigen::Index>> repeated_rows(const Eigen::MatrixXd& rows) {
  const auto is_before = [&](Eigen::Index one, Eigen::Index other) {
    for (Eigen::Index i = 0; i < rows.cols(); ++i)
      if (rows(one, i) != rows(other, i)) return rows(one, i) < rows(other, i);
    return one < other;
  };
  std::vector<Eigen::Index> order(static_cast<std::size_t>(rows.rows()));
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  std::sort(order.begin(), order.end(), is_before);
  std::vector<std::pair<Eigen::Index, Eigen::Index>> repeated;
  for (std::size_t k = 1, first = 0; k < order.size(); ++k) {
    if (rows.row(order[k]) == rows.row(order[first]))
      repeated.emplace_back(order[first], order[k]);
    else
      first = k;
  }
  std::sort(repeated.begin(), repeated.end(),
            [](const auto& one, const auto& other) { return one.second < other.second; });
  return repeated;
}

}  // namespace wideproof::model
