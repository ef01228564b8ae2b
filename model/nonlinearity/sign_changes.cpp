// SPDX-License-Identifier: MIT
#include <wideproof/model/nonlinearity/sign_changes.hpp>

#include <cstddef>

namespace wideproof::model {

std::vector<double> sign_changes(const Nonlinearity& phi, double low, double high) {
  constexpr std::size_t steps = 4096;
  std::vector<double> x(steps + 1);
  for (std::size_t i = 0; i <= steps; ++i)
    x[i] = low + (high - low) * static_cast<double>(i) / static_cast<double>(steps);
  std::vector<double> y(x.size());
  phi.values(x.data(), static_cast<std::int64_t>(x.size()), y.data());
  std::vector<double> changes;
  for (std::size_t i = 0; i < steps; ++i) {
    if ((y[i] > 0) == (y[i + 1] > 0)) continue;
    double from = x[i];
    double to = x[i + 1];
    const bool is_positive = y[i] > 0;
    for (double middle = 0.5 * (from + to); middle > from && middle < to;
         middle = 0.5 * (from + to))
      ((phi(middle) > 0) == is_positive ? from : to) = middle;
    changes.push_back(to);
  }
  return changes;
}

}  // namespace wideproof::model
