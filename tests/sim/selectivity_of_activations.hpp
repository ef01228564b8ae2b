// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include <Eigen/Core>

namespace wideproof::sim::testing {

/// ccmas, class_selectivity and eta_squared of activations, inputs × neurons, neuron by neuron and
/// class by class as their definitions say.
inline Eigen::Vector3d selectivity_of(const Eigen::MatrixXd& z,
                                      const std::vector<std::int64_t>& labels) {
  double ccmas = 0, classes = 0, heard = 0, between = 0, total = 0;
  for (const auto& neuron : z.colwise()) {
    std::map<std::int64_t, std::vector<double>> by_class;
    for (Eigen::Index a = 0; a < neuron.size(); ++a)
      by_class[labels[static_cast<std::size_t>(a)]].push_back(neuron(a));
    const double mean = neuron.mean();
    std::map<std::int64_t, double> means;
    std::int64_t best = by_class.begin()->first;
    for (const auto& [label, values] : by_class) {
      for (const double x : values) means[label] += x / static_cast<double>(values.size());
      between += static_cast<double>(values.size()) * (means[label] - mean) * (means[label] - mean);
      if (means[label] > means[best]) best = label;
    }
    total += (neuron.array() - mean).square().sum();
    if ((neuron.array() == 0).all()) continue;
    double others = 0, of_others = 0, class_means = 0;
    for (const auto& [label, values] : by_class) {
      if (label == best) continue;
      for (const double x : values) others += x;
      of_others += static_cast<double>(values.size());
      class_means += means[label] / static_cast<double>(by_class.size() - 1);
    }
    others /= of_others;
    ccmas += (means[best] - others) / (means[best] + others);
    classes += (means[best] - class_means) / (means[best] + class_means);
    ++heard;
  }
  return {ccmas / heard, classes / heard, between / total};
}

}  // namespace wideproof::sim::testing
