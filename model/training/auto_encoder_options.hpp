// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace wideproof::model {

/// What the columns of W hold before training: random training inputs, or independent normals of
/// variance 1/dimension.
enum class ColumnStart { samples, normal };

std::string_view name_of(ColumnStart start);
/// Throws InputError naming `key` and every known name.
ColumnStart column_start_from_name(std::string_view key, std::string_view name);

/// How a supervised online auto-encoder is trained (Thom & Palm, JMLR 14, 2013): the table
/// [training.auto_encoder], read where training.architecture is "soae".
///
///   u = Wᵀx,  h = π(u),  x̃ = W h,  y = softmax(W_outᵀ h + θ),
///   E = (1 − α)(1 − corr(x̃, x)) + α (cross-entropy of y),     α = 1 − exp(−ν/blend_epochs)
///
/// in epoch ν from 0, one input an update. π is the network's activation.
struct AutoEncoderOptions {
  /// Updates of an epoch, each of an input drawn at random with replacement.
  std::int64_t samples = 21600;
  /// ≥ 0. 0: α = 1 from the start, a network without reconstruction.
  double blend_epochs = 100;
  /// σ_W in (0, 1): Hoyer's sparseness that each column of W is projected to after every epoch,
  /// its norm kept. nullopt: columns stay as they are.
  std::optional<double> connectivity = 0.75;
  /// κ ≥ 1: h keeps the κ largest |u| as they are, in place of π, of the activation "linear".
  std::optional<std::int64_t> kept = std::nullopt;
  double rate_decay = 0.999;  ///< in (0, 1]: of the learning rate from epoch to epoch
  /// Whether an input is one of nine: as it is, or an image moved by a pixel in one of 8
  /// directions, what enters being 0. Needs square images.
  bool jitter = false;
  ColumnStart start = ColumnStart::samples;
  double start_deviation = 0.01;  ///< > 0: of W_out and θ before training

  /// α of epoch `epoch`, from 0.
  double blend(std::int64_t epoch) const;

  /// Throws InputError naming training.auto_encoder.<key>.
  void validate() const;
};

}  // namespace wideproof::model
