// SPDX-License-Identifier: MIT
#include <wideproof/compare/bootstrap.hpp>

#include <cstdint>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_int_distribution.hpp>

#include <wideproof/compare/vector_estimate.hpp>

namespace wideproof::compare {
namespace {

constexpr int resamples = 1999;
constexpr Eigen::Index most_groups = 512;
constexpr std::uint64_t seed = 20240108;

Eigen::MatrixXd grouped(const Eigen::MatrixXd& rows) {
  const Eigen::Index length = (rows.rows() + most_groups - 1) / most_groups;
  Eigen::MatrixXd groups(rows.rows() / length, rows.cols());
  for (Eigen::Index g = 0; g < groups.rows(); ++g)
    groups.row(g) = rows.middleRows(g * length, length).colwise().mean();
  return groups;
}

}  // namespace

double bootstrap_p(const std::vector<ResampledWidth>& widths, const JointTest& test) {
  std::vector<Eigen::MatrixXd> groups;
  std::vector<Eigen::VectorXd> means;
  for (const ResampledWidth& width : widths) {
    groups.push_back(grouped(width.rows));
    means.emplace_back(groups.back().colwise().mean());
  }
  const Eigen::Index p = means.front().size();
  boost::random::mt19937_64 random(seed);
  int as_extreme = 0;
  for (int resample = 0; resample < resamples; ++resample) {
    Eigen::VectorXd difference = Eigen::VectorXd::Zero(p);
    Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(p, p);
    for (std::size_t w = 0; w < widths.size(); ++w) {
      const Eigen::Index count = groups[w].rows();
      boost::random::uniform_int_distribution<Eigen::Index> any(0, count - 1);
      Eigen::MatrixXd drawn(count, p);
      for (Eigen::Index g = 0; g < count; ++g) drawn.row(g) = groups[w].row(any(random));
      VectorEstimate mean = mean_of_rows(drawn);
      mean.covariance.diagonal() += widths[w].extra_variance;
      const double influence = widths[w].influence;
      difference += influence * (mean.value - means[w]);
      covariance += influence * influence * mean.covariance;
    }
    as_extreme += joint_statistic(difference, covariance, test) >= test.statistic ? 1 : 0;
  }
  return (1.0 + as_extreme) / (resamples + 1.0);
}

}  // namespace wideproof::compare
