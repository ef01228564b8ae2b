// SPDX-License-Identifier: MIT
#include <wideproof/theory/dimension/kernel_participation.hpp>

#include <limits>

#include <wideproof/model/input_error.hpp>

namespace wideproof::theory {

double kernel_participation(const Eigen::MatrixXd& kernel) {
  const double largest = kernel.cwiseAbs().maxCoeff();
  const auto count = static_cast<double>(kernel.rows());
  Eigen::MatrixXd centred = kernel / (largest > 0 ? largest : 1);
  const Eigen::VectorXd means = centred.rowwise().mean();
  centred.colwise() -= means;
  centred.rowwise() -= means.transpose();
  centred.array() += means.mean();
  const double trace = centred.trace();
  if (!(trace > 16 * count * std::numeric_limits<double>::epsilon())) {
    throw model::InputError("centred kernel's trace", trace * largest,
                            fmt::format("is that of {} inputs which do not differ from each other; "
                                        "they have no dimensionality",
                                        kernel.rows()));
  }
  return trace * trace / centred.squaredNorm();
}

}  // namespace wideproof::theory
