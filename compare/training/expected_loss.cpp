// SPDX-License-Identifier: MIT
#include <wideproof/compare/training/expected_loss.hpp>

namespace wideproof::compare {

std::vector<double> expected_losses(const std::vector<model::TrainedLaw>& laws,
                                    const Eigen::MatrixXd& targets,
                                    const std::vector<Eigen::Index>& rows) {
  std::vector<double> losses;
  for (const model::TrainedLaw& law : laws) {
    double sum = 0.0;
    for (const Eigen::Index a : rows)
      sum += (law.mean.col(a) - targets.row(a).transpose()).squaredNorm() +
             static_cast<double>(targets.cols()) * law.covariance(a, a);
    losses.push_back(0.5 * sum);
  }
  return losses;
}

}  // namespace wideproof::compare
