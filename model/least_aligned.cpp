// SPDX-License-Identifier: MIT
#include <wideproof/model/least_aligned.hpp>

#include <cmath>

namespace wideproof::model {

std::optional<std::pair<Eigen::Index, Eigen::Index>> least_aligned(const Eigen::MatrixXd& cosines) {
  constexpr double as_near = 1e-9;
  std::optional<std::pair<Eigen::Index, Eigen::Index>> best;
  double least = 0.0;
  for (Eigen::Index a = 0; a < cosines.rows(); ++a) {
    for (Eigen::Index b = a + 1; b < cosines.cols(); ++b) {
      const double cosine = std::abs(cosines(a, b));
      if (best && !(cosine < least - as_near)) continue;
      best = {a, b};
      least = cosine;
    }
  }
  return best;
}

}  // namespace wideproof::model
