// SPDX-License-Identifier: MIT
#include <wideproof/theory/persistence/sampled_persistence.hpp>

#include <algorithm>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/seed_seq.hpp>
#include <cmath>

#include <Eigen/Eigenvalues>

#include <wideproof/model/input_error.hpp>
#include <wideproof/model/require_between.hpp>

namespace wideproof::theory {
namespace {

/// A group's neurons, ready to be drawn.
struct DrawnGroup {
  std::int64_t count = 0;
  LimitResponse response;
  Eigen::ArrayXd variances;
  Eigen::MatrixXd root;  ///< S, M × rank
};

DrawnGroup drawn_group(const NeuronGroup& group) {
  constexpr double rank_resolution = 1e-12;
  const double samples = static_cast<double>(group.kernel.rows());
  const double trace = group.kernel.trace();
  const double own_variance = trace - group.kernel.sum() / samples;  // tr HKH
  if (!(own_variance > rank_resolution * trace))
    throw model::InputError("the samples' variance", own_variance,
                            "must be positive: neurons that are constant have no correlations");
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(group.kernel);
  const Eigen::VectorXd& values = solver.eigenvalues();  // rising
  const double least = rank_resolution * values.tail(1)[0];
  const auto rank =
      std::count_if(values.begin(), values.end(), [&](double v) { return v > least; });
  return {group.count, group.response, group.kernel.diagonal().array(),
          solver.eigenvectors().rightCols(rank) * values.tail(rank).cwiseSqrt().asDiagonal()};
}

using PersistenceEngine = boost::random::mt19937_64;

/// count × M: z of the group's neurons, centred and of unit norm; 0 of those that are constant.
Eigen::MatrixXf drawn_neurons(const DrawnGroup& group, PersistenceEngine& engine) {
  boost::random::normal_distribution<double> normal;
  Eigen::MatrixXd normals(group.count, group.root.cols());
  for (double& entry : normals.reshaped()) entry = normal(engine);
  Eigen::ArrayXXd z = (normals * group.root.transpose()).array();
  group.response.apply(z, group.variances);
  // Differences from the first sample are 0 exactly where a neuron is constant.
  z.colwise() -= z.col(0).eval();
  z.colwise() -= z.rowwise().mean().eval();
  Eigen::ArrayXd norms = z.matrix().rowwise().norm().array();
  norms = (norms > 0).select(norms, 1.0);
  z.colwise() /= norms;
  return z.matrix().cast<float>();
}

/// Σw and Σw² over the N − 1 edges of the least tree of w = 1 − |ρ|.
struct TreeSums {
  double first = 0, second = 0;
};

/// Prim's algorithm. `absolute`: |ρ|, symmetric.
TreeSums least_tree(const Eigen::MatrixXf& absolute) {
  constexpr float joined = 2;  // above every |ρ|
  const Eigen::Index count = absolute.rows();
  Eigen::ArrayXf closest = absolute.col(0).array();
  Eigen::ArrayXf outside = Eigen::ArrayXf::Zero(count);  // joined of those in the tree
  outside[0] = joined;
  TreeSums sums;
  for (Eigen::Index edge = 1; edge < count; ++edge) {
    Eigen::Index next = 0;
    (closest - outside).maxCoeff(&next);
    const double weight = 1 - std::min(1.0, static_cast<double>(closest[next]));
    sums.first += weight;
    sums.second += weight * weight;
    outside[next] = joined;
    closest = closest.max(absolute.col(next).array());
  }
  return sums;
}

model::PersistenceNumbers persistence_of(const Eigen::MatrixXf& neurons, double a) {
  const Eigen::Index count = neurons.rows();
  Eigen::MatrixXf absolute = Eigen::MatrixXf::Zero(count, count);
  absolute.selfadjointView<Eigen::Lower>().rankUpdate(neurons);
  absolute.triangularView<Eigen::StrictlyUpper>() = absolute.transpose();
  absolute = absolute.cwiseAbs();
  absolute.diagonal().setZero();
  const auto alive = static_cast<double>((neurons.rowwise().squaredNorm().array() > 0).count());
  const TreeSums tree = least_tree(absolute);
  const auto edges = static_cast<double>(count - 1);
  const double mean = tree.first / edges;
  const double deviation = std::sqrt(std::max(0.0, tree.second / edges - mean * mean));
  double sum = 0;
  for (Eigen::Index i = 0; i < count; ++i) sum += static_cast<double>(absolute.col(i).sum());
  return {.t1 = -tree.first,
          .t2 = a * deviation - (1 - a) * mean,
          .mean_correlation = alive < 2 ? 0 : sum / (alive * (alive - 1))};
}

void require_drawable(const std::vector<NeuronGroup>& groups, std::int64_t neurons, double a,
                      const PersistenceDraws& draws) {
  if (neurons < 2) throw model::InputError("neurons", neurons, "must be at least 2");
  if (draws.count < 2) throw model::InputError("draws", draws.count, "must be at least 2");
  model::require_between("a", a, 0, 1);
  const auto samples = groups.front().kernel.rows();
  if (samples < 3)
    throw model::InputError("samples", samples,
                            "must be at least 3: the correlation of fewer is always 1 or -1");
}

}  // namespace

std::int64_t draws_of_persistence(std::int64_t neurons) {
  return std::clamp<std::int64_t>(100'000 / std::max<std::int64_t>(neurons, 1), 32, 100);
}

SampledPersistence sampled_persistence(const std::vector<NeuronGroup>& groups, double a,
                                       const PersistenceDraws& draws) {
  std::int64_t count = 0;
  for (const auto& group : groups) count += group.count;
  require_drawable(groups, count, a, draws);
  std::vector<DrawnGroup> ready;
  for (const auto& group : groups)
    if (group.count > 0) ready.push_back(drawn_group(group));
  SampledPersistence sampled{.draws = draws.count};
  std::vector<model::PersistenceNumbers> drawn;
  for (std::int64_t draw = 0; draw < draws.count; ++draw) {
    boost::random::seed_seq name{std::uint32_t{0x50e75157}, static_cast<std::uint32_t>(draws.seed),
                                 static_cast<std::uint32_t>(draws.seed >> 32),
                                 static_cast<std::uint32_t>(draw)};
    PersistenceEngine engine(name);
    Eigen::MatrixXf neurons(count, groups.front().kernel.rows());
    Eigen::Index row = 0;
    for (const auto& group : ready) {
      neurons.middleRows(row, group.count) = drawn_neurons(group, engine);
      row += group.count;
    }
    drawn.push_back(persistence_of(neurons, a));
  }
  const auto total = static_cast<double>(draws.count);
  for (const auto& [name, number] : model::persistence_numbers) {
    double mean = 0;
    for (const auto& at : drawn) mean += at.*number / total;
    double squares = 0;
    for (const auto& at : drawn) squares += std::pow(at.*number - mean, 2);
    sampled.mean.*number = mean;
    sampled.standard_error.*number = std::sqrt(squares / (total - 1) / total);
  }
  return sampled;
}

}  // namespace wideproof::theory
