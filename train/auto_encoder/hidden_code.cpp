// SPDX-License-Identifier: MIT
#include <wideproof/train/auto_encoder/hidden_code.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::train {

using model::Activation;

HiddenCode::HiddenCode(const model::Network& network, std::optional<std::int64_t> kept,
                       std::int64_t units)
    : activation_(network.activation()), values_(units) {
  const auto refuse = [&](std::string_view reason) {
    throw model::InputError("network.activation", model::in_quotes(network.activation_name()),
                            reason);
  };
  if (kept && activation_ != Activation::linear)
    refuse("an auto-encoder that keeps training.auto_encoder.kept units has \"linear\"");
  switch (activation_) {
    case Activation::tanh:
    case Activation::relu:
      return;
    case Activation::sparse_projection:
      projection_ =
          sim::SparsenessProjection::of_hoyer(units, network.sparseness(), 1, network.is_signed());
      return;
    case Activation::linear:
      if (!kept) refuse("of an auto-encoder needs training.auto_encoder.kept");
      if (*kept > units)
        throw model::InputError("training.auto_encoder.kept", *kept,
                                fmt::format("must not exceed the width, {}", units));
      kept_ = *kept;
      return;
    default:
      refuse(
          "is none that an auto-encoder takes: sparse-projection, tanh, relu, or linear with "
          "training.auto_encoder.kept");
  }
}

void HiddenCode::encode(const Eigen::VectorXf& u) {
  switch (activation_) {
    case Activation::tanh:
      values_ = u.array().tanh();
      break;
    case Activation::relu:
      values_ = u.cwiseMax(0.0F);
      break;
    case Activation::sparse_projection:
      project(u);
      break;
    default:
      keep_largest(u);
  }
  list_active();
}

void HiddenCode::project(const Eigen::VectorXf& u) {
  values_ = u;
  if (u.allFinite()) {
    scale_ = (*projection_)(values_.data());
  } else {
    values_.fill(std::numeric_limits<float>::quiet_NaN());
  }
}

void HiddenCode::keep_largest(const Eigen::VectorXf& u) {
  order_.resize(static_cast<std::size_t>(u.size()));
  std::iota(order_.begin(), order_.end(), 0);
  const auto larger = [&u](Eigen::Index i, Eigen::Index j) {
    const float a = std::abs(u[i]);
    const float b = std::abs(u[j]);
    return a > b || (a == b && i < j);
  };
  if (kept_ < u.size())
    std::nth_element(order_.begin(), order_.begin() + kept_, order_.end(), larger);
  values_.setZero();
  for (std::int64_t i = 0; i < kept_; ++i) {
    const auto unit = order_[static_cast<std::size_t>(i)];
    values_[unit] = u[unit];
  }
}

void HiddenCode::list_active() {
  active_.clear();
  for (Eigen::Index unit = 0; unit < values_.size(); ++unit)
    if (values_[unit] != 0) active_.push_back(unit);
}

void HiddenCode::pass_back(Eigen::VectorXf& g) const {
  if (activation_ == Activation::sparse_projection) {
    const Eigen::VectorXf active = values_(active_);
    sim::pass_back_projection(scale_, active.data(), active.size(), g.data());
  }
  if (activation_ != Activation::tanh) return;
  for (std::size_t i = 0; i < active_.size(); ++i) {
    const float h = values_[active_[i]];
    g[static_cast<Eigen::Index>(i)] *= 1 - h * h;
  }
}

}  // namespace wideproof::train
