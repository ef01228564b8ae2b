// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <boost/random/mersenne_twister.hpp>

#include <Eigen/Core>

#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/compare/matrices/predicted_layer.hpp>
#include <wideproof/model/class_series.hpp>
#include <wideproof/model/measurement.hpp>

namespace wideproof::compare::testing {

/// Numbers that no network was asked for, with known truth. At width n, for gram and for the
/// off-diagonal entries of the correlation alike, s_ab = √(limit_aa limit_bb) the scale,
///
///   E mean_ab = limit_ab + s_ab (first/n + second/n²)
///   Var(one network)_ab = s_ab² spread²/n (1 + variance_first/n)
///
/// unless the exponents are made wrong ones: then first/n and spread²/n hold at the narrowest width
/// n₀ and go on as (n/n₀)^bias_exponent and (n/n₀)^(2·spread_exponent).
///
/// Every layer follows the same law. Of the noise of one network, the entries of a layer share the
/// fraction `common` of the variance, and of that the fraction `across` is shared by all layers.
struct Invented {
  std::vector<std::int64_t> widths = {256, 512, 1024, 2048, 4096};
  std::int64_t replicates = 100;
  std::size_t layers = 1;
  Eigen::MatrixXd limit = Eigen::MatrixXd::Ones(1, 1);
  double first = 0.0;
  double second = 0.0;
  double spread = 1.0;
  double variance_first = 0.0;
  double bias_exponent = -1.0;
  double spread_exponent = -0.5;
  double common = 0.5;
  double across = 0.5;
};

/// What a run hands over: the entries' moments and the class series of the same networks.
struct Sample {
  model::Measurement measurement;
  model::ClassSeries series;
};

using Rng = boost::random::mt19937_64;

/// `limit` with 1 on the diagonal and `correlation` elsewhere.
Eigen::MatrixXd equicorrelated(Eigen::Index inputs, double correlation);

/// Two inputs of correlation 0.5 through two layers.
Invented pair_of_inputs();

/// A true prediction of the limit and of the variances.
std::vector<PredictedLayer> truth(const Invented& invented);

/// Networks whose sample means and covariances are the law's own, and whose blocks' variances have
/// the law's own mean.
Sample exact(const Invented& invented);

/// Normal networks.
Sample draw(const Invented& invented, Rng& rng);

/// Networks of a skewed law: the noise of an entry is a centred log-normal variable with the law's
/// variance, the normal variables under the logarithms sharing as above.
Sample draw_log_normal(const Invented& invented, Rng& rng);

/// The moments and the series of one width, from each network's Gram and correlation matrices of
/// each layer: grams[network][layer].
void append_width(Sample& sample, std::int64_t width,
                  const std::vector<std::vector<Eigen::MatrixXd>>& grams,
                  const std::vector<std::vector<Eigen::MatrixXd>>& correlations);

Assessment assess(const std::vector<PredictedLayer>& predicted, const Sample& sample,
                  const Options& options);

}  // namespace wideproof::compare::testing
