// SPDX-License-Identifier: MIT
#include <wideproof/train/auto_encoder/auto_encoder.hpp>

#include <cmath>

#include <wideproof/sim/projection/sparseness_projection.hpp>

namespace wideproof::train {

const Eigen::VectorXf& AutoEncoder::forward(const Eigen::VectorXf& x) {
  u_.noalias() = weights * x;
  return read_out(u_);
}

const Eigen::VectorXf& AutoEncoder::read_out(const Eigen::VectorXf& u) {
  code_.encode(u);
  outputs_ = biases;
  for (const auto unit : code_.active()) outputs_ += code_.values()[unit] * readout.col(unit);
  return outputs_;
}

double AutoEncoder::decode(const Eigen::VectorXf& x, Eigen::VectorXf& gradient) {
  decoded_.setZero(x.size());
  for (const auto unit : code_.active()) {
    decoded_ += code_.values()[unit] * weights.row(unit).transpose();
  }
  const Eigen::VectorXd wanted = x.cast<double>().array() - x.cast<double>().mean();
  const Eigen::VectorXd made = decoded_.cast<double>().array() - decoded_.cast<double>().mean();
  const double wanted_norm = wanted.norm();
  const double made_norm = made.norm();
  gradient.setZero(x.size());
  if (!(wanted_norm > 0 && made_norm > 0)) return 0;
  const double correlation = wanted.dot(made) / (wanted_norm * made_norm);
  gradient = ((correlation / made_norm * made - wanted / wanted_norm) / made_norm).cast<float>();
  return correlation;
}

double AutoEncoder::classify(const Eigen::VectorXf& y) {
  const double largest = outputs_.maxCoeff();
  const Eigen::ArrayXd weight = (outputs_.cast<double>().array() - largest).exp();
  const double sum = weight.sum();
  errors_ = (weight / sum * y.cast<double>().sum()).matrix().cast<float>() - y;
  return y.cast<double>().sum() * (largest + std::log(sum)) -
         y.cast<double>().dot(outputs_.cast<double>());
}

double AutoEncoder::correlation(const Eigen::VectorXf& x) {
  return decode(x, gradient_);
}

double AutoEncoder::objective(const Eigen::VectorXf& x, const Eigen::VectorXf& y, double blend) {
  forward(x);
  return (1 - blend) * (1 - decode(x, gradient_)) + blend * classify(y);
}

double AutoEncoder::learn(const Eigen::VectorXf& x, const Eigen::VectorXf& y, double rate,
                          double blend) {
  forward(x);
  const bool decodes = blend < 1;
  const double value =
      (decodes ? (1 - blend) * (1 - decode(x, gradient_)) : 0) + blend * classify(y);
  const auto share = static_cast<float>(1 - blend);
  errors_ *= static_cast<float>(blend);
  const auto& active = code_.active();
  of_code_.resize(static_cast<Eigen::Index>(active.size()));
  for (std::size_t i = 0; i < active.size(); ++i) {
    float g = readout.col(active[i]).dot(errors_);
    if (decodes) g += share * weights.row(active[i]).dot(gradient_);
    of_code_[static_cast<Eigen::Index>(i)] = g;
  }
  code_.pass_back(of_code_);
  const auto step = static_cast<float>(rate);
  for (std::size_t i = 0; i < active.size(); ++i) {
    const auto unit = active[i];
    const float h = code_.values()[unit];
    auto row = weights.row(unit);
    row -= step * of_code_[static_cast<Eigen::Index>(i)] * x.transpose();
    if (decodes) row -= step * share * h * gradient_.transpose();
    readout.col(unit) -= step * h * errors_;
  }
  biases -= step * errors_;
  return value;
}

bool AutoEncoder::is_finite() const {
  return weights.allFinite() && readout.allFinite() && biases.allFinite();
}

void AutoEncoder::project_columns(double sparseness) {
  const auto dimension = weights.cols();
  for (Eigen::Index unit = 0; unit < weights.rows(); ++unit) {
    const double norm = weights.row(unit).cast<double>().norm();
    if (norm == 0 || dimension < 2) continue;
    sim::SparsenessProjection::of_hoyer(dimension, sparseness, norm,
                                        true)(weights.row(unit).data());
  }
}

}  // namespace wideproof::train
