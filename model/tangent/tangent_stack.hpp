// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>

#include <wideproof/model/tangent/tangent_options.hpp>

namespace wideproof::model {

/// Where the matrices of a study of tangent kernels stand in a row, from 0: the Gram matrices of
/// hidden layers 1 … depth, the tangent kernels of their pre-activations if all layers are asked
/// for, and the tangent kernel of the output.
class TangentStack {
 public:
  TangentStack(std::int64_t depth, TangentLayers layers)
      : depth_(static_cast<std::size_t>(depth)), has_hidden_(layers == TangentLayers::all) {}

  std::size_t depth() const { return depth_; }
  bool has_hidden() const { return has_hidden_; }
  std::size_t size() const { return output() + 1; }

  /// `layer`: from 1.
  std::size_t gram(std::size_t layer) const { return layer - 1; }
  /// Where has_hidden().
  std::size_t tangent(std::size_t layer) const { return depth_ + layer - 1; }
  std::size_t output() const { return has_hidden_ ? 2 * depth_ : depth_; }

 private:
  std::size_t depth_;
  bool has_hidden_;
};

}  // namespace wideproof::model
