// SPDX-License-Identifier: MIT
#include <wideproof/theory/dimension/kernel_participation.hpp>

namespace wideproof::theory {

double kernel_participation(const Eigen::MatrixXd& kernel) {
  const Eigen::MatrixXd rows = kernel.rowwise() - kernel.colwise().mean();
  const Eigen::MatrixXd centred = rows.colwise() - rows.rowwise().mean();
  const double trace = centred.trace();
  return trace / centred.squaredNorm() * trace;
}

}  // namespace wideproof::theory
