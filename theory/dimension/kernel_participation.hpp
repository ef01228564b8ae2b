// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

namespace wideproof::theory {

/// N·D̃ of a wide layer on inputs of fixed dimension, from the Gram matrix K_ab = E[φ(u_a)φ(v_b)]
/// over P samples: the participation ratio of the centred kernel,
///
///   (tr HKH)²/tr (HKH)²,   H = 1 − 11ᵀ/P,
///
/// since the covariance over samples and the centred Gram share their eigenvalues. It lies in
/// [1, P−1]; D̃ itself tends to 0. A factor of K drops out.
///
/// Throws InputError where the samples do not differ, as far as K's digits tell.
double kernel_participation(const Eigen::MatrixXd& kernel);

}  // namespace wideproof::theory
