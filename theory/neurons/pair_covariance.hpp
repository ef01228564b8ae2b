// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

namespace wideproof::theory {

/// Entries that a pair of inputs has in a kernel or Gram matrix: (aa), (ab), (bb).
enum PairEntry { entry_aa, entry_ab, entry_bb };

/// Covariances of a pair's entries of a matrix G whose two diagonal ones are alike, in coordinates
/// that keep their digits where the inputs nearly coincide:
///
///   s = (G_aa + G_bb)/2,    d = s − G_ab, half the squared distance,    a = (G_aa − G_bb)/2.
///
/// Exchanging the inputs turns a into −a, so that it is uncorrelated with s and d.
struct PairCovariance {
  double norm = 0;           ///< Var s
  double norm_distance = 0;  ///< Cov(s, d)
  double distance = 0;       ///< Var d
  double contrast = 0;       ///< Var a

  /// Of the entries themselves.
  Eigen::Matrix3d entries() const {
    const double same = norm + contrast;
    const double mixed = norm - norm_distance;
    const double product = norm - 2 * norm_distance + distance;
    Eigen::Matrix3d covariance;
    covariance << same, mixed, norm - contrast, mixed, product, mixed, norm - contrast, mixed, same;
    return covariance;
  }

  PairCovariance& operator+=(const PairCovariance& other) {
    norm += other.norm;
    norm_distance += other.norm_distance;
    distance += other.distance;
    contrast += other.contrast;
    return *this;
  }

  friend PairCovariance operator*(double factor, PairCovariance x) {
    return {factor * x.norm, factor * x.norm_distance, factor * x.distance, factor * x.contrast};
  }
};

}  // namespace wideproof::theory
