// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/autocorrelation.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace wideproof::theory {

Autocorrelation::Autocorrelation(const model::LateralFilter& filter)
    : row_reach_(filter.taps().rows() - 1),
      column_reach_(filter.taps().cols() - 1),
      is_uniform_(filter.kind() == model::LateralFilter::Kind::uniform),
      degree_(0.0),
      values_(2 * row_reach_ + 1, 2 * column_reach_ + 1) {
  const Eigen::ArrayXXd& w = filter.taps();
  const double power = w.square().sum();
  for (std::int64_t x = 0; x <= column_reach_; ++x) {
    for (std::int64_t y = -row_reach_; y <= row_reach_; ++y) {
      const std::int64_t rows = w.rows() - std::abs(y);
      const std::int64_t columns = w.cols() - x;
      const double overlap = (w.block(std::max<std::int64_t>(0, -y), 0, rows, columns) *
                              w.block(std::max<std::int64_t>(0, y), x, rows, columns))
                                 .sum();
      values_(row_reach_ + y, column_reach_ + x) = overlap / power;
      values_(row_reach_ - y, column_reach_ - x) = overlap / power;
    }
  }
  degree_ = is_uniform_ ? filter.options().degree : w.sum() * w.sum() / power - 1;
}

double Autocorrelation::operator()(std::int64_t row_offset, std::int64_t column_offset) const {
  if (std::abs(row_offset) > row_reach_ || std::abs(column_offset) > column_reach_) return 0.0;
  return values_(row_reach_ + row_offset, column_reach_ + column_offset);
}

std::map<double, double> Autocorrelation::others_by_value() const {
  std::map<double, double> counts;
  for (std::int64_t x = -column_reach_; x <= column_reach_; ++x) {
    for (std::int64_t y = -row_reach_; y <= row_reach_; ++y) {
      const double value = (*this)(y, x);
      if ((x != 0 || y != 0) && value != 0) counts[value] += 1;
    }
  }
  return counts;
}

}  // namespace wideproof::theory
