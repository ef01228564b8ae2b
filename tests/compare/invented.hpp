// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <boost/random/mersenne_twister.hpp>

#include <Eigen/Core>

#include <wideproof/compare/predicted_layer.hpp>
#include <wideproof/model/measurement.hpp>

namespace wideproof::compare::testing {

/// Numbers that no network was asked for, with known truth. At width n, for gram and for the
/// off-diagonal entries of the correlation alike, s_ab = √(limit_aa limit_bb) the scale,
///
///   E mean_ab = limit_ab + s_ab (first/n + second/n²),   Var(one network)_ab = s_ab² spread²/n
///
/// Every layer follows the same law, independently. Of the noise of one (width, layer), the entries
/// share the fraction `common` of the variance.
struct Invented {
  std::vector<std::int64_t> widths = {256, 512, 1024, 2048, 4096};
  std::int64_t replicates = 100;
  std::size_t layers = 1;
  Eigen::MatrixXd limit = Eigen::MatrixXd::Ones(1, 1);
  double first = 0.0;
  double second = 0.0;
  double spread = 1.0;
  double common = 0.5;
};

using Rng = boost::random::mt19937_64;

/// `limit` with 1 on the diagonal and `correlation` elsewhere.
Eigen::MatrixXd equicorrelated(Eigen::Index inputs, double correlation);

/// A true prediction of the limit.
std::vector<PredictedLayer> truth(const Invented& invented);

/// The law's own means and variances, without noise.
model::Measurement exact(const Invented& invented);

/// What normal replicates would show: means with noise of variance Var/R, and independently
/// variances Var·χ²_{R−1}/(R − 1).
model::Measurement draw(const Invented& invented, Rng& rng);

/// What replicates of a skewed law would show: each network's matrix is the law's mean, entry by
/// entry plus s_ab·noise, the noise a centred log-normal variable with the law's variance, shared
/// by all entries.
model::Measurement draw_log_normal(const Invented& invented, Rng& rng);

}  // namespace wideproof::compare::testing
