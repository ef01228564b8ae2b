// SPDX-License-Identifier: MIT
#include <wideproof/theory/sparsity/predict_selectivity.hpp>

#include <algorithm>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/seed_seq.hpp>
#include <boost/random/uniform_int_distribution.hpp>
#include <cmath>
#include <cstddef>

#include <Eigen/Eigenvalues>

namespace wideproof::theory {
namespace {

constexpr Eigen::Index most_inputs_drawn = 400;
constexpr std::int64_t neurons_at_a_time = 256;

using SelectivityEngine = boost::random::mt19937_64;

/// S of K = S Sᵀ, P × rank.
Eigen::MatrixXd root_of(const Eigen::MatrixXd& kernel) {
  constexpr double rank_resolution = 1e-14;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(kernel);
  const Eigen::VectorXd& values = solver.eigenvalues();  // rising
  const double least = rank_resolution * values.tail(1)[0];
  const auto rank =
      std::count_if(values.begin(), values.end(), [&](double v) { return v > least; });
  return solver.eigenvectors().rightCols(rank) * values.tail(rank).cwiseSqrt().asDiagonal();
}

/// Mean and standard error of what comes one by one.
class DrawnMean {
 public:
  void add(double x) {
    count_ += 1;
    const double distance = x - mean_;
    mean_ += distance / count_;
    squares_ += distance * (x - mean_);
  }
  model::DrawnNumber number() const {
    if (count_ < 2) return {std::nan(""), std::nan("")};
    return {mean_, std::sqrt(squares_ / (count_ - 1) / count_)};
  }

 private:
  double count_ = 0;
  double mean_ = 0;
  double squares_ = 0;
};

struct DrawnIndices {
  DrawnMean ccmas;
  DrawnMean class_selectivity;

  /// Of a neuron that is not silent; `sums`: of its activities, by class.
  void add(const Eigen::ArrayXd& sums, const Eigen::ArrayXd& sizes) {
    const Eigen::ArrayXd means = sums / sizes;
    Eigen::Index best = 0;
    const double largest = means.maxCoeff(&best);
    const auto index = [largest](double others) { return (largest - others) / (largest + others); };
    ccmas.add(index((sums.sum() - sums(best)) / (sizes.sum() - sizes(best))));
    class_selectivity.add(index((means.sum() - largest) / static_cast<double>(sums.size() - 1)));
  }
};

Eigen::ArrayXd sums_by_class(const Eigen::ArrayXd& z, const Eigen::VectorXi& class_of,
                             Eigen::Index classes) {
  Eigen::ArrayXd sums = Eigen::ArrayXd::Zero(classes);
  for (Eigen::Index a = 0; a < z.size(); ++a) sums(class_of(a)) += z(a);
  return sums;
}

/// As many as take a second or two for all layers, but for 4000 a layer.
std::int64_t neurons_of_layer(Eigen::Index inputs, std::ptrdiff_t layers) {
  constexpr double multiplications = 2e9;
  constexpr double of_all_layers = 6e5;
  const auto square = static_cast<double>(inputs * inputs);
  const double neurons = std::min(multiplications / square, of_all_layers);
  return static_cast<std::int64_t>(
      std::clamp(neurons / static_cast<double>(layers), 4e3, of_all_layers / 3));
}

}  // namespace

SampledSelectivity sampled_selectivity(const LimitResponse& response, const Eigen::MatrixXd& kernel,
                                       const InputClasses& classes, const SelectivityDraws& draws) {
  const Eigen::MatrixXd root = root_of(kernel);
  const Eigen::ArrayXd variances = kernel.diagonal().array();
  const Eigen::ArrayXd sizes = classes.sizes().array();
  boost::random::seed_seq name{std::uint32_t{0x5e1ec7ed}, static_cast<std::uint32_t>(draws.seed),
                               static_cast<std::uint32_t>(draws.seed >> 32)};
  SelectivityEngine engine(name);
  boost::random::normal_distribution<double> normal;
  DrawnIndices own, null;
  Eigen::VectorXi dealt = classes.class_of();
  for (std::int64_t first = 0; first < draws.neurons; first += neurons_at_a_time) {
    const auto count = std::min(neurons_at_a_time, draws.neurons - first);
    Eigen::MatrixXd normals(count, root.cols());
    for (double& entry : normals.reshaped()) entry = normal(engine);
    Eigen::ArrayXXd z = (normals * root.transpose()).array();
    response.apply(z, variances);
    for (Eigen::Index i = 0; i < count; ++i) {
      const Eigen::ArrayXd neuron = z.row(i).transpose();
      if (!(neuron.maxCoeff() > 0)) continue;
      own.add(sums_by_class(neuron, classes.class_of(), classes.count()), sizes);
      for (Eigen::Index a = dealt.size(); a > 1; --a) {
        boost::random::uniform_int_distribution<Eigen::Index> other(0, a - 1);
        std::swap(dealt(a - 1), dealt(other(engine)));
      }
      null.add(sums_by_class(neuron, dealt, classes.count()), sizes);
    }
  }
  return {own.ccmas.number(), own.class_selectivity.number(), null.ccmas.number(),
          null.class_selectivity.number()};
}

void predict_selectivity(const model::Network& network, const model::Prediction& prediction,
                         const std::vector<std::int64_t>& labels,
                         model::SparsityPrediction& sparsity) {
  const Eigen::Index inputs = prediction.layers.front().gram.rows();
  const InputClasses classes(labels, inputs);
  const auto neurons = neurons_of_layer(inputs, std::ssize(prediction.layers));
  for (std::size_t l = 0; l < sparsity.layers.size(); ++l) {
    auto& layer = sparsity.layers[l];
    if (layer.eta_squared) {
      layer.null_eta_squared =
          static_cast<double>(classes.count() - 1) / static_cast<double>(inputs - 1);
    }
    const auto& like = network.like_layer(static_cast<std::int64_t>(l) + 1);
    if (inputs > most_inputs_drawn || model::has_negative_activities(like)) continue;
    const auto drawn = sampled_selectivity(limit_response(like), prediction.layers[l].preactivation,
                                           classes, {.neurons = neurons, .seed = l});
    if (std::isnan(drawn.ccmas.value)) continue;
    layer.ccmas = drawn.ccmas;
    layer.class_selectivity = drawn.class_selectivity;
    layer.null_ccmas = drawn.null_ccmas;
    layer.null_class_selectivity = drawn.null_class_selectivity;
  }
}

}  // namespace wideproof::theory
