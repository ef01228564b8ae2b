// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/activation.hpp>
#include <wideproof/model/network.hpp>
#include <wideproof/sim/projection/sparseness_projection.hpp>

namespace wideproof::train {

/// h = π(u) of an auto-encoder's n hidden units, and gradients on their way back. π is
///
///   sparse_projection   Thom & Palm's projection to Hoyer's sparseness σ_H and norm 1
///   linear with κ       the κ largest |u| as they are, others 0 (L0 projection)
///   tanh, relu          the functions of these names
///
/// h is 0 but on active(): only these pass gradients on.
class HiddenCode {
 public:
  /// `kept`: κ of the activation linear. Throws model::InputError naming network.activation (none
  /// of those above) or training.auto_encoder.kept (above n, or missing).
  HiddenCode(const model::Network& network, std::optional<std::int64_t> kept, std::int64_t units);

  /// Sets values() and active().
  void encode(const Eigen::VectorXf& u);

  /// h, n
  const Eigen::VectorXf& values() const { return values_; }
  /// Units with h ≠ 0, rising.
  const std::vector<Eigen::Index>& active() const { return active_; }

  /// g ← ∂h/∂uᵀ g, of what active units have, in their order.
  void pass_back(Eigen::VectorXf& g) const;

 private:
  void keep_largest(const Eigen::VectorXf& u);
  void project(const Eigen::VectorXf& u);
  void list_active();

  model::Activation activation_;
  std::int64_t kept_ = 0;
  Eigen::VectorXf values_;
  std::vector<Eigen::Index> active_;
  std::vector<Eigen::Index> order_;  ///< of the L0 projection, for use again
  std::optional<sim::SparsenessProjection> projection_;
  sim::ProjectionScale scale_;
};

}  // namespace wideproof::train
