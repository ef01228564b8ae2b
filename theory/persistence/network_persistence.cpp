// SPDX-License-Identifier: MIT
#include <wideproof/theory/persistence/network_persistence.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/kernels/autocorrelation.hpp>
#include <wideproof/theory/neurons/neuron_response.hpp>
#include <wideproof/theory/persistence/correlation_law.hpp>

namespace wideproof::theory {
namespace {

/// What of a group's kernel its correlations depend on.
struct CentredField {
  NeuronField field;
  double count;
  Eigen::MatrixXd kernel;  ///< HKH over its trace
};

CentredField centred_field(const NeuronGroup& group) {
  constexpr double most = 1 - 1e-12;
  const Eigen::VectorXd means = group.kernel.rowwise().mean();
  Eigen::MatrixXd kernel = group.kernel;
  kernel.colwise() -= means;
  kernel.rowwise() -= means.transpose();
  kernel.array() += means.mean();
  const double share = means.sum() / group.kernel.trace();
  const double trace = kernel.trace();
  if (!(share <= most && trace > 0)) {
    throw model::InputError("the samples' variance", trace,
                            "must be positive: neurons that are constant have no correlations");
  }
  kernel /= trace;
  return {{group.linear, group.tau, std::max(0.0, share)},
          static_cast<double>(group.count),
          std::move(kernel)};
}

double latent_dimension(const CentredField& one, const CentredField& other, double samples) {
  constexpr double most = 1e6;
  const double square = one.kernel.cwiseProduct(other.kernel).sum();
  return std::clamp(1 / std::max(1 / most, square - 1 / samples), 2.0, most);
}

}  // namespace

model::PersistencePrediction network_persistence(const std::vector<NeuronGroup>& groups, double a) {
  std::vector<CentredField> fields;
  std::int64_t neurons = 0;
  for (const auto& group : groups) {
    if (group.count == 0) continue;
    fields.push_back(centred_field(group));
    neurons += group.count;
  }
  if (neurons < 2) throw model::InputError("neurons", neurons, "must be at least 2");
  const Eigen::Index samples = fields.front().kernel.rows();
  std::vector<CorrelationLaw> laws;
  std::vector<double> shares;
  const auto count = static_cast<double>(neurons);
  const double all = count * (count - 1);
  double alive = 0;
  double sum = 0;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      const double others = i == j ? fields[i].count - 1 : 2 * fields[j].count;
      const double share = fields[i].count * others / all;
      if (share == 0) continue;
      laws.emplace_back(fields[i].field, fields[j].field,
                        latent_dimension(fields[i], fields[j], static_cast<double>(samples)),
                        samples);
      shares.push_back(share);
      alive += share * laws.back().alive();
      sum += share * laws.back().alive() * laws.back().mean_absolute();
    }
  }
  auto persistence = predict_persistence(
      neurons,
      [&](double x) {
        double tail = 0;
        for (std::size_t i = 0; i < laws.size(); ++i) tail += shares[i] * laws[i].tail(x);
        return tail;
      },
      a);
  persistence.mean_absolute_correlation = sum / alive;
  return persistence;
}

std::optional<std::vector<NeuronGroup>> neuron_groups(const model::Network& network,
                                                      const model::Prediction& prediction,
                                                      std::int64_t width, std::int64_t outputs) {
  const auto response = neuron_response(network);
  if (!response || !Autocorrelation(network.postsynaptic()).is_delta()) return std::nullopt;
  std::vector<NeuronGroup> groups;
  for (const auto& layer : prediction.layers) {
    groups.push_back({width, response->linear, response->tau, layer.preactivation});
  }
  if (outputs > 0) groups.push_back({outputs, true, 0.0, prediction.layers.back().gram});
  return groups;
}

}  // namespace wideproof::theory
