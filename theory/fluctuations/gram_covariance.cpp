// SPDX-License-Identifier: MIT
#include <wideproof/theory/fluctuations/gram_covariance.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <wideproof/theory/fluctuations/pair_fluctuation.hpp>
#include <wideproof/theory/fluctuations/pair_kernel.hpp>
#include <wideproof/theory/kernels/autocorrelation.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>
#include <wideproof/theory/neurons/packed_triangle.hpp>

namespace wideproof::theory {
namespace {

using Eigen::Index;

/// Calls visit(row, a, b) for the entries of a symmetric matrix, in packed order.
template <typename Visitor>
void for_each_entry(Index inputs, const Visitor& visit) {
  for (Index b = 0; b < inputs; ++b) {
    for (Index a = 0; a <= b; ++a) visit(packed_index(a, b), a, b);
  }
}

/// The inputs that differ, each by the first that equals it; and for every input, which it equals.
struct Distinct {
  std::vector<Index> first;
  std::vector<Index> group_of;

  explicit Distinct(const Eigen::MatrixXd& deficits) {
    for (Index a = 0; a < deficits.rows(); ++a) {
      const auto equal =
          std::find_if(first.begin(), first.end(), [&](Index b) { return deficits(a, b) == 0; });
      group_of.push_back(equal - first.begin());
      if (equal == first.end()) first.push_back(a);
    }
  }

  /// The covariances of all inputs' entries from those of the distinct ones.
  Eigen::MatrixXd expand(const Eigen::MatrixXd& covariance) const {
    std::vector<Index> entries;
    for_each_entry(static_cast<Index>(group_of.size()), [&](Index, Index a, Index b) {
      const auto place = [&](Index x) { return group_of[static_cast<std::size_t>(x)]; };
      entries.push_back(packed_index(place(a), place(b)));
    });
    return covariance(entries, entries);
  }
};

/// F, for weights `degree` of the offsets other than 0.
Eigen::MatrixXd jacobian(const NeuronResponse& response, const Eigen::MatrixXd& deficits,
                         double degree) {
  const Index size = packed_size(deficits.rows());
  Eigen::MatrixXd result = Eigen::MatrixXd::Zero(size, size);
  for_each_entry(deficits.rows(), [&](Index row, Index a, Index b) {
    const NeuronFeatures features(response, deficits(a, b));
    const auto gradient = PairKernel(response, features, degree).product_gradient();
    result(row, packed_index(a, a)) += gradient(entry_aa);
    result(row, row) += gradient(entry_ab);
    result(row, packed_index(b, b)) += gradient(entry_bb);
  });
  return result;
}

}  // namespace

std::string gram_covariance_not_derived(const model::Network& network) {
  std::string reason = fluctuation_not_derived(network);
  if (!reason.empty()) return reason;
  if (!Autocorrelation(network.postsynaptic()).is_delta()) {
    return "The covariance of all Gram entries is not derived for a postsynaptic correlation.";
  }
  return {};
}

Eigen::MatrixXd gram_noise(const NeuronResponse& response, const Eigen::MatrixXd& correlation,
                           const JointFeatures& features, double degree, double squared_others) {
  const Index inputs = features.inputs();
  const auto& covariance = features.covariance();
  const Index size = packed_size(inputs);
  Eigen::MatrixXd influence = Eigen::MatrixXd::Zero(size, covariance.cols());
  influence.leftCols(size).setIdentity();
  if (!response.linear) {
    const ThresholdedReluKernel kernel(response.tau);
    const double others = degree * kernel.mean();
    for_each_entry(inputs, [&](Index row, Index a, Index b) {
      const double threshold =
          kernel.step_times_relu(correlation(a, b)) + others * kernel.active_fraction();
      for (const Index input : {a, b}) {
        influence(row, features.value(input)) += others;
        influence(row, features.threshold(input)) -= threshold;
      }
    });
  }
  Eigen::MatrixXd noise = influence * covariance * influence.transpose();
  if (squared_others != 0) {
    const auto values = [&](Index a, Index b) {
      return covariance(features.value(a), features.value(b));
    };
    for_each_entry(inputs, [&](Index row, Index a, Index b) {
      for_each_entry(inputs, [&](Index column, Index c, Index d) {
        noise(row, column) +=
            squared_others * (values(a, c) * values(b, d) + values(a, d) * values(b, c));
      });
    });
  }
  return 0.5 * (noise + noise.transpose());
}

std::vector<Eigen::MatrixXd> predict_gram_covariance(const model::Network& network,
                                                     const model::Prediction& prediction) {
  const std::string reason = gram_covariance_not_derived(network);
  if (!reason.empty()) throw std::invalid_argument("predict_gram_covariance: " + reason);
  const NeuronResponse response = *neuron_response(network);
  const Autocorrelation senders(network.presynaptic());
  const double degree = senders.is_delta() ? 0.0 : prediction.degree_of_correlation;
  const double squared_others = senders.is_delta() ? 0.0 : senders.squared_sum() - 1;

  const Distinct distinct(prediction.layers.front().preactivation_deficit);
  const auto inputs = static_cast<Index>(distinct.first.size());
  const Index size = packed_size(inputs);
  std::vector<Eigen::MatrixXd> result;
  Eigen::MatrixXd kernel = Eigen::MatrixXd::Zero(size, size);
  for (const auto& layer : prediction.layers) {
    const Eigen::MatrixXd preactivation = layer.preactivation(distinct.first, distinct.first);
    const Eigen::VectorXd deviation = preactivation.diagonal().cwiseSqrt();
    Eigen::MatrixXd deficits = layer.preactivation_deficit(distinct.first, distinct.first);
    deficits = deficits.cwiseMax(0.0).cwiseMin(2.0);
    deficits.diagonal().setZero();
    const Eigen::MatrixXd correlation = 1 - deficits.array();
    Eigen::VectorXd scale(size);
    for_each_entry(inputs,
                   [&](Index row, Index a, Index b) { scale(row) = deviation(a) * deviation(b); });
    const Eigen::MatrixXd scales = scale * scale.transpose();
    const Eigen::MatrixXd unit = kernel.cwiseQuotient(scales);
    const JointFeatures features(response, correlation);
    const auto through = [&](double m, double squares) -> Eigen::MatrixXd {
      const Eigen::MatrixXd map = jacobian(response, deficits, m);
      const Eigen::MatrixXd carried = map * unit * map.transpose();
      return (0.5 * (carried + carried.transpose()) +
              gram_noise(response, correlation, features, m, squares))
          .cwiseProduct(scales);
    };
    const Eigen::MatrixXd gram = through(0.0, 0.0);
    result.push_back(distinct.expand(gram / (prediction.gram_scale * prediction.gram_scale)));
    kernel = prediction.weight_variance * prediction.weight_variance *
             (senders.is_delta() ? gram : through(degree, squared_others));
  }
  return result;
}

}  // namespace wideproof::theory
