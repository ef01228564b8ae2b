// SPDX-License-Identifier: MIT
#include <wideproof/compare/statistics/bootstrap.hpp>

#include <cmath>
#include <cstdint>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_int_distribution.hpp>

namespace wideproof::compare {
namespace {

constexpr int resamples = 1999;
constexpr int enough_as_extreme = 100;
constexpr Eigen::Index most_groups = 512;
constexpr std::uint64_t seed = 20240108;

Eigen::MatrixXd grouped(const Eigen::MatrixXd& rows) {
  const Eigen::Index length = (rows.rows() + most_groups - 1) / most_groups;
  Eigen::MatrixXd groups(rows.rows() / length, rows.cols());
  for (Eigen::Index g = 0; g < groups.rows(); ++g)
    groups.row(g) = rows.middleRows(g * length, length).colwise().mean();
  return groups;
}

/// The groups of one width less their mean, one a column.
Eigen::MatrixXd centred_groups(const Eigen::MatrixXd& rows) {
  const Eigen::MatrixXd groups = grouped(rows).transpose();
  return groups.colwise() - groups.rowwise().mean();
}

}  // namespace

double bootstrap_p(const std::vector<ResampledWidth>& widths, const JointTest& test) {
  std::vector<Eigen::MatrixXd> groups;
  groups.reserve(widths.size());
  for (const ResampledWidth& width : widths) groups.push_back(centred_groups(width.rows));
  const Eigen::Index p = groups.front().rows();
  boost::random::mt19937_64 random(seed);
  int as_extreme = 0;
  int drawn = 0;
  while (drawn < resamples && as_extreme < enough_as_extreme) {
    ++drawn;
    Eigen::VectorXd difference = Eigen::VectorXd::Zero(p);
    Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(p, p);
    for (std::size_t w = 0; w < widths.size(); ++w) {
      const Eigen::Index count = groups[w].cols();
      boost::random::uniform_int_distribution<Eigen::Index> any(0, count - 1);
      Eigen::VectorXd times = Eigen::VectorXd::Zero(count);
      for (Eigen::Index g = 0; g < count; ++g) ++times[any(random)];
      // Σ m z zᵀ, m how often a group was drawn, by those that were.
      Eigen::MatrixXd rooted(p, (times.array() > 0.0).count());
      Eigen::Index column = 0;
      for (Eigen::Index g = 0; g < count; ++g)
        if (times[g] > 0.0) rooted.col(column++) = std::sqrt(times[g]) * groups[w].col(g);
      const auto n = static_cast<double>(count);
      const Eigen::VectorXd mean = groups[w] * times / n;
      const double influence = widths[w].influence;
      difference += influence * mean;
      const double weight = influence * influence / (n * (n - 1.0));
      auto lower = covariance.selfadjointView<Eigen::Lower>();
      lower.rankUpdate(rooted, weight);
      lower.rankUpdate(mean, -weight * n);
      covariance.diagonal() += influence * influence * widths[w].extra_variance;
    }
    covariance.triangularView<Eigen::StrictlyUpper>() = covariance.transpose();
    as_extreme += joint_statistic(difference, covariance, test) >= test.statistic ? 1 : 0;
  }
  const bool stopped = drawn < resamples;
  return stopped ? static_cast<double>(as_extreme) / drawn : (1.0 + as_extreme) / (drawn + 1.0);
}

}  // namespace wideproof::compare
