// SPDX-License-Identifier: MIT
#include <wideproof/compare/limits/network_numbers.hpp>

#include <cmath>
#include <utility>

namespace wideproof::compare {

WidthVectors means_of(const std::vector<NetworkNumbers>& measured,
                      const std::vector<LimitNumber>& numbers,
                      const std::vector<std::size_t>& columns, const LimitOptions& options) {
  WidthVectors vectors;
  vectors.power = options.power;
  vectors.weights.resize(static_cast<Eigen::Index>(measured.size()));
  for (const NetworkNumbers& at : measured) {
    vectors.weights[static_cast<Eigen::Index>(vectors.at.size())] =
        static_cast<double>(at.width) * static_cast<double>(at.rows.rows());
    vectors.widths.push_back(at.width);
    Eigen::MatrixXd rows(at.rows.rows(), static_cast<Eigen::Index>(columns.size()));
    for (Eigen::Index k = 0; k < rows.cols(); ++k)
      rows.col(k) = at.rows.col(static_cast<Eigen::Index>(columns[static_cast<std::size_t>(k)]));
    VectorEstimate mean = mean_of_rows(rows);
    for (std::size_t k = 0; k < columns.size(); ++k)
      mean.covariance.diagonal()[static_cast<Eigen::Index>(k)] +=
          std::pow(options.rounding * numbers[columns[k]].scale, 2);
    vectors.at.push_back(std::move(mean));
  }
  return vectors;
}

}  // namespace wideproof::compare
