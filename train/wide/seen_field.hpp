// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <Eigen/Core>

#include <wideproof/sim/layers/blocked_layer.hpp>
#include <wideproof/sim/random/network_id.hpp>
#include <wideproof/sim/random/normal_stream.hpp>
#include <wideproof/train/wide/growing_rows.hpp>
#include <wideproof/train/wide/orthonormal_rows.hpp>

namespace wideproof::train {

/// A white field X₀ (n × n) that is never drawn, and the field X = X₀ + Q_L M Q_Rᵀ that learning
/// makes of it: known by what it makes of the vectors that either side has been shown.
///
/// Q_R and Q_L are orthonormal bases of the vectors seen from the right (X z) and from the left
/// (Xᵀd), U = X₀Q_R and V = X₀ᵀQ_L what X₀ makes of them. All that is not known of X₀ is
/// (1 − Q_LQ_Lᵀ) X̃ (1 − Q_RQ_Rᵀ), X̃ white and independent of what is known: however the vectors
/// were chosen, as long as it was by what had been seen. So a new vector of the basis gives
///
///   U_q = Q_L(Vᵀq) + (1 − Q_LQ_Lᵀ) ξ,     V_p = Q_R(Uᵀp) + (1 − Q_RQ_Rᵀ) ξ′
///
/// with fresh normals ξ and ξ′. That is exact in law. Vectors that are not new to 2⁻⁴² of their
/// norm make no new vector of the basis (OrthonormalRows), and what X makes of them is off by no
/// more than that.
class SeenField {
 public:
  enum class Side { right, left };

  /// `layer`: that X belongs to.
  SeenField(const sim::NetworkId& id, std::int64_t layer, const sim::NeuronBlocks& blocks);

  /// Shows `vectors`, m × n, which are overwritten. Returns their coefficients in the side's basis,
  /// k × m. The same bits for any number of threads.
  Eigen::MatrixXd see(Side side, sim::BlockedLayer& vectors, int threads);

  /// out = scale X z or scale Xᵀd of vectors with those coefficients, as rows, m × n.
  void multiply(Side side, const Eigen::MatrixXd& coefficients, double scale,
                sim::BlockedLayer& out, int threads) const;

  /// X += Q_L left rightᵀ Q_Rᵀ, of as many columns each.
  void learn(const Eigen::MatrixXd& left, const Eigen::MatrixXd& right);

  /// Of vectors that count as not new, the largest share of its norm that one has been short of.
  double largest_dropped() const;

 private:
  struct Known {
    OrthonormalRows basis;  ///< Q
    GrowingRows images;     ///< U or V
    sim::NormalStream stream;
    std::int64_t shown = 0;  ///< vectors
  };

  Known& known(Side side) { return side == Side::right ? right_ : left_; }
  const Known& known(Side side) const { return side == Side::right ? right_ : left_; }
  const Known& beyond(Side side) const { return side == Side::right ? left_ : right_; }

  /// Images of the basis's new vectors.
  void draw_images(Side side, std::int64_t first, const std::vector<Eigen::Index>& added,
                   int threads);
  void draw_normals(const Known& of, std::int64_t block, const std::vector<Eigen::Index>& added,
                    at::Tensor& out) const;

  const sim::NeuronBlocks& blocks() const { return right_.images.blocks(); }

  Known right_;
  Known left_;
  Eigen::MatrixXd learnt_;  ///< M, as large as it has had to be
};

}  // namespace wideproof::train
