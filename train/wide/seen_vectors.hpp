// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <wideproof/model/training/training_data.hpp>
#include <wideproof/model/training/training_options.hpp>

namespace wideproof::train {

/// How many vectors a layer's field sees from either side while T steps, to the last that is
/// recorded, are taken on P inputs, N in all, and R states are recorded:
///
///   from the right   P (T + 1) + (N − P)(R + 1),     from the left   P T, and P (R + 1) besides
///
/// where tangent kernels are looked at. That is at most: states at the start are recorded once.
class SeenVectors {
 public:
  /// Tangent kernels of more inputs are not looked at.
  static constexpr std::int64_t most_tangent_inputs = 128;

  SeenVectors(const model::TrainingData& data, const model::TrainingOptions& options);

  double from_right() const { return right_; }
  double from_left() const { return left_; }
  bool has_tangent_kernels() const { return has_tangent_kernels_; }

  /// Whether a random stream holds the normals of all of them, so many neurons wide.
  bool fit(std::int64_t width) const;

 private:
  bool has_tangent_kernels_ = false;
  double right_ = 0;
  double left_ = 0;
};

}  // namespace wideproof::train
