// SPDX-License-Identifier: MIT
#include "wide/dense_network.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

#include <boost/math/distributions/normal.hpp>

namespace wideproof::train::testing {
namespace {

Eigen::MatrixXd normals(Eigen::Index rows, Eigen::Index columns, std::mt19937_64& engine) {
  std::normal_distribution<double> law;
  return Eigen::MatrixXd::NullaryExpr(rows, columns, [&] { return law(engine); });
}

/// (F z)_j = Σ_a w_a z_{j−a} / ‖w‖ on a ring.
Eigen::MatrixXd filter_matrix(const model::LateralFilter& filter, Eigen::Index width) {
  if (filter.is_none()) return Eigen::MatrixXd::Identity(width, width);
  const Eigen::ArrayXXd taps = filter.taps();
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Zero(width, width);
  for (Eigen::Index j = 0; j < width; ++j) {
    for (Eigen::Index a = 0; a < taps.size(); ++a) {
      matrix(j, (j - a + width) % width) += taps(a) / std::sqrt(taps.square().sum());
    }
  }
  return matrix;
}

struct Threshold {
  double value = 0;
  Eigen::VectorXd slope;  ///< ∂t/∂h
};

Threshold threshold_of(const model::Network& network, const Eigen::VectorXd& h) {
  const Eigen::Index n = h.size();
  Threshold threshold{0, Eigen::VectorXd::Zero(n)};
  if (!model::is_thresholded(network.activation())) return threshold;
  const double f = network.active_fraction();
  const double tau = -boost::math::quantile(boost::math::normal(), f);
  switch (network.threshold()) {
    case model::ThresholdRule::fixed:
      threshold.value = tau;
      return threshold;
    case model::ThresholdRule::std: {
      const double s = std::sqrt(h.squaredNorm() / static_cast<double>(n));
      threshold.value = tau * s;
      if (s > 0) threshold.slope = tau * h / (static_cast<double>(n) * s);
      return threshold;
    }
    case model::ThresholdRule::quantile:
      break;
  }
  std::vector<Eigen::Index> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](auto i, auto j) { return h(i) < h(j); });
  const double position = static_cast<double>(n - 1) * (1 - f);
  const auto below = static_cast<std::size_t>(std::floor(position));
  const double w = position - std::floor(position);
  threshold.slope(order[below]) = 1 - w;
  if (w > 0) threshold.slope(order[below + 1]) = w;
  threshold.value = threshold.slope.dot(h);
  // The order statistic itself, where that is one neuron.
  if (w == 0) threshold.value = h(order[below]);
  return threshold;
}

}  // namespace

DenseNetwork::DenseNetwork(const TrainableLaw& law, Eigen::Index width, Eigen::Index dimension,
                           Eigen::Index outputs, std::mt19937_64& engine)
    : law_(law),
      width_(width),
      post_(filter_matrix(law.hidden.network.postsynaptic(), width)),
      pre_(filter_matrix(law.hidden.network.presynaptic(), width)) {
  parameters_.weights.push_back(post_ * normals(width, dimension, engine));
  parameters_.biases.push_back(Eigen::VectorXd::Zero(width));
  strangers_.emplace_back();
  for (std::int64_t layer = 2; layer <= law.hidden.network.depth(); ++layer) {
    parameters_.weights.push_back(post_ * normals(width, width, engine) * pre_.transpose());
    parameters_.biases.push_back(post_ * normals(width, 1, engine));
    strangers_.push_back(post_ * normals(width, width, engine) * pre_.transpose());
  }
  parameters_.readout = normals(outputs, width, engine);
}

double DenseNetwork::Parameters::dot(const Parameters& other) const {
  double sum = readout.cwiseProduct(other.readout).sum();
  for (std::size_t layer = 0; layer < weights.size(); ++layer) {
    sum += weights[layer].cwiseProduct(other.weights[layer]).sum();
    sum += biases[layer].dot(other.biases[layer]);
  }
  return sum;
}

Eigen::MatrixXd DenseNetwork::weight(std::size_t layer) const {
  if (layer == 0) return parameters_.weights[0];
  return std::sqrt(law_.hidden.weight_variance / static_cast<double>(width_)) *
         parameters_.weights[layer];
}

DenseNetwork::Pass DenseNetwork::forward(const Eigen::MatrixXd& inputs) const {
  const auto& network = law_.hidden.network;
  Pass pass;
  Eigen::MatrixXd z = inputs.transpose();
  for (std::size_t layer = 0; layer < parameters_.weights.size(); ++layer) {
    Eigen::MatrixXd h = weight(layer) * z;
    if (layer > 0) h.colwise() += std::sqrt(network.bias_variance()) * parameters_.biases[layer];
    Eigen::VectorXd thresholds(h.cols());
    std::vector<Eigen::VectorXd> slopes;
    for (Eigen::Index a = 0; a < h.cols(); ++a) {
      const auto threshold = threshold_of(network, h.col(a));
      thresholds(a) = threshold.value;
      slopes.push_back(threshold.slope);
    }
    z = h.rowwise() - thresholds.transpose();
    if (network.activation() == model::Activation::tanh) {
      z = h.array().tanh();
    } else {
      z = z.cwiseMax(0);
    }
    pass.h.push_back(std::move(h));
    pass.z.push_back(z);
    pass.thresholds.push_back(thresholds);
    pass.threshold_slopes.push_back(std::move(slopes));
  }
  pass.outputs = std::sqrt(law_.readout_variance / static_cast<double>(width_)) * z.transpose() *
                 parameters_.readout.transpose();
  return pass;
}

DenseNetwork::Parameters DenseNetwork::gradient(const Eigen::MatrixXd& inputs, const Pass& pass,
                                                const Eigen::MatrixXd& factors,
                                                const model::TrainingOptions& options,
                                                Mistake mistake) const {
  const auto& network = law_.hidden.network;
  const auto n = static_cast<double>(width_);
  const double s = std::sqrt(law_.hidden.weight_variance / n);
  const double r = std::sqrt(law_.readout_variance / n);
  Parameters gradient;
  const std::size_t depth = parameters_.weights.size();
  gradient.weights.resize(depth);
  gradient.biases.resize(depth);
  gradient.readout = r * factors.transpose() * pass.z.back().transpose();
  Eigen::MatrixXd of_z = r * parameters_.readout.transpose() * factors.transpose();  // n × P
  for (std::size_t layer = depth; layer-- > 0;) {
    Eigen::MatrixXd of_h = of_z;
    for (Eigen::Index a = 0; a < of_h.cols(); ++a) {
      for (Eigen::Index i = 0; i < of_h.rows(); ++i) {
        const double h = pass.h[layer](i, a);
        of_h(i, a) *= network.activation() == model::Activation::tanh
                          ? 1 - std::tanh(h) * std::tanh(h)
                          : (h > pass.thresholds[layer](a) ? 1 : 0);
      }
      if (options.threshold_gradient == model::ThresholdGradient::through) {
        const double sum = of_h.col(a).sum();
        of_h.col(a) -= sum * pass.threshold_slopes[layer][static_cast<std::size_t>(a)];
      }
    }
    const Eigen::MatrixXd below =
        layer == 0 ? Eigen::MatrixXd(inputs) : Eigen::MatrixXd(pass.z[layer - 1].transpose());
    gradient.weights[layer] = (layer == 0 ? 1 : s) * of_h * below;
    gradient.biases[layer] =
        (layer == 0 ? 0 : std::sqrt(network.bias_variance())) * of_h.rowwise().sum();
    if (options.trained == model::Trained::field) {
      gradient.weights[layer] = post_.transpose() * gradient.weights[layer];
      if (layer > 0) gradient.weights[layer] = gradient.weights[layer] * pre_;
      gradient.biases[layer] = post_.transpose() * gradient.biases[layer];
    }
    if (layer == 0) break;
    if (mistake == Mistake::no_postsynaptic) of_h = post_ * of_h;
    of_z = mistake == Mistake::fresh_backward
               ? Eigen::MatrixXd(s * strangers_[layer].transpose() * of_h)
               : Eigen::MatrixXd(weight(layer).transpose() * of_h);
  }
  return gradient;
}

void DenseNetwork::move(const Parameters& gradient, double rate,
                        const model::TrainingOptions& options, Mistake mistake) {
  const bool of_field = options.trained == model::Trained::field;
  for (std::size_t layer = 0; layer < parameters_.weights.size(); ++layer) {
    Eigen::MatrixXd weights = gradient.weights[layer];
    Eigen::VectorXd biases = gradient.biases[layer];
    if (of_field) {
      weights = post_ * weights;
      if (layer > 0) weights = weights * pre_.transpose();
      biases = post_ * biases;
    }
    parameters_.weights[layer] -= rate * weights;
    if (mistake != Mistake::frozen_bias) parameters_.biases[layer] -= rate * biases;
  }
  if (mistake != Mistake::frozen_readout) parameters_.readout -= rate * gradient.readout;
}

Eigen::VectorXd dense_features(const TrainableLaw& law, Eigen::Index width,
                               const model::TrainingData& data,
                               const model::TrainingOptions& options, Mistake mistake,
                               std::mt19937_64& engine) {
  DenseNetwork network(law, width, data.inputs.cols(), data.outputs(), engine);
  const Eigen::MatrixXd inputs = data.inputs(data.training, Eigen::all);
  const Eigen::MatrixXd targets = data.targets(data.training, Eigen::all);
  const auto kernel_of = [&](const DenseNetwork::Pass& pass) {
    std::vector<DenseNetwork::Parameters> gradients;
    for (Eigen::Index a = 0; a < inputs.rows(); ++a) {
      Eigen::MatrixXd factors = Eigen::MatrixXd::Zero(inputs.rows(), data.outputs());
      factors(a, 0) = 1;
      gradients.push_back(network.gradient(inputs, pass, factors, options, mistake));
    }
    Eigen::MatrixXd kernel(inputs.rows(), inputs.rows());
    for (Eigen::Index a = 0; a < inputs.rows(); ++a) {
      for (Eigen::Index b = 0; b < inputs.rows(); ++b) {
        kernel(a, b) =
            gradients[static_cast<std::size_t>(a)].dot(gradients[static_cast<std::size_t>(b)]);
      }
    }
    return kernel;
  };
  std::vector<double> features;
  Eigen::MatrixXd before, kernel_before;
  DenseNetwork::Parameters last;
  for (std::int64_t step = 0;; ++step) {
    const auto pass = network.forward(inputs);
    const auto all = network.forward(data.inputs);
    if (step == 0) {
      before = all.outputs;
      kernel_before = kernel_of(pass);
    }
    if (std::count(options.record.begin(), options.record.end(), step) > 0) {
      Eigen::MatrixXd shown = all.outputs;
      if (options.centred) shown -= before;
      features.insert(features.end(), shown.reshaped().begin(), shown.reshaped().end());
      if (step > 0) {
        features.push_back(
            bounded((kernel_of(pass) - kernel_before).norm() / kernel_before.norm()));
      }
      const Eigen::MatrixXd gram = pass.z.back().transpose() * pass.z.back();
      features.push_back(bounded(gram.trace() * gram.trace() / gram.squaredNorm()));
    }
    if (step == options.record.back()) break;
    Eigen::MatrixXd residuals = pass.outputs - targets;
    if (options.centred) residuals -= before(data.training, Eigen::all);
    auto gradient = network.gradient(inputs, pass, residuals, options, mistake);
    if (mistake == Mistake::late_step) {
      if (step > 0) network.move(last, options.learning_rate, options, mistake);
      last = std::move(gradient);
    } else {
      network.move(gradient, options.learning_rate, options, mistake);
    }
  }
  return Eigen::Map<const Eigen::VectorXd>(features.data(),
                                           static_cast<Eigen::Index>(features.size()));
}

}  // namespace wideproof::train::testing
