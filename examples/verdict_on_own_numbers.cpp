// SPDX-License-Identifier: MIT
// A verdict on numbers that were made elsewhere: here by a few lines that sample a layer of ReLUs.
#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include <fmt/format.h>

#include <wideproof/compare.hpp>
#include <wideproof/model.hpp>

using namespace wideproof;
using Matrices = std::vector<Eigen::MatrixXd>;  // one a network, of two inputs

/// (1/n) Σ_i z_i z_iᵀ of one network of n neurons, the inputs' cosine being 1/2.
Eigen::MatrixXd sampled_gram(Eigen::Index width, std::mt19937_64& random) {
  std::normal_distribution normal;
  Eigen::MatrixXd h = Eigen::MatrixXd::NullaryExpr(2, width, [&] { return normal(random); });
  h.row(1) = h.row(0) / 2 + std::sqrt(0.75) * h.row(1);
  const Eigen::MatrixXd z = h.cwiseMax(0);
  return z * z.transpose() / static_cast<double>(width);
}

model::SampleMoments moments_of(const Matrices& sampled) {
  const auto count = static_cast<double>(sampled.size());
  model::SampleMoments moments{Eigen::MatrixXd::Zero(2, 2), Eigen::MatrixXd::Zero(2, 2)};
  for (const auto& one : sampled) moments.mean += one / count;
  for (const auto& one : sampled)
    moments.variance += (one - moments.mean).cwiseAbs2() / (count - 1);
  return moments;
}

/// The variances of blocks of four networks, averaged over the classes of entries.
Eigen::MatrixXd block_variances(const model::EntryClasses& classes, const Matrices& sampled) {
  Eigen::MatrixXd variances(static_cast<Eigen::Index>(sampled.size()) / 4, classes.count());
  for (Eigen::Index i = 0; i < variances.rows(); ++i) {
    const auto first = sampled.begin() + 4 * i;
    variances.row(i) = classes.means(moments_of({first, first + 4}).variance);
  }
  return variances;
}

int main() {
  model::Measurement measurement;
  model::ClassSeries series{model::EntryClasses(Eigen::Matrix2d{{1, 0.5}, {0.5, 1}}), {}};
  std::mt19937_64 random(1);
  for (const std::int64_t width : {64, 256, 1024, 4096}) {
    const int networks = 400;
    Matrices grams, correlations;
    Eigen::MatrixXd means(networks, 2);  // of the norms, of the pair
    for (int i = 0; i < networks; ++i) {
      grams.push_back(sampled_gram(width, random));
      const Eigen::VectorXd norms = grams.back().diagonal().cwiseSqrt();
      correlations.push_back(grams.back().cwiseQuotient(norms * norms.transpose()));
      means.row(i) = series.classes.means(grams.back());
    }
    auto& layer = measurement.emplace_back();
    layer.width = width;
    layer.layer = 1;
    layer.replicates = networks;
    layer.gram = moments_of(grams);
    layer.correlation = moments_of(correlations);
    series.widths.push_back({width,
                             means,
                             {},
                             block_variances(series.classes, grams),
                             block_variances(series.classes, correlations)});
  }

  // The arc-cosine kernel at a cosine of 1/2, and the same a twentieth too large.
  const double kernel = std::sqrt(0.75) / (2 * std::numbers::pi) + 1.0 / 6;
  for (const double k : {kernel, 1.05 * kernel}) {
    const auto assessment = compare::assess(
        compare::predicted_layers({Eigen::Matrix2d{{0.5, k}, {k, 0.5}}}), measurement, series, {});
    fmt::print("E[zz'] = {:.4f}: {}\n", k, compare::name_of(assessment.verdict.outcome));
  }
}
