// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/matrices/predicted_layer.hpp>
#include <wideproof/model/prediction.hpp>

namespace wideproof::compare {

/// What a prediction looks like that is not the theory's: a hint at a slip, no evidence. It looks
/// like something where each entry of each layer is that to within 1% of √(M_aa M_bb).
struct Likeness {
  enum class Kind {
    none,
    undivided,      ///< k_τ(1) times the theory's, but for 5%: a matter of scale
    divided_twice,  ///< the theory's over k_τ(1), likewise
    scaled,         ///< the theory's times any other factor
    own_kernel,     ///< K^l in the place of layer l: what the layer sees
    next_kernel,    ///< K^{l+1}, what the layer after it sees, in the place of the Gram
    gram,           ///< the Gram in the place of K^{l+1}
    reordered,      ///< the theory's layers in another order
    next_layer,     ///< the matrix of the layer after it
  };

  Kind kind = Kind::none;
  double factor = 1.0;      ///< of the first three: every entry over the theory's
  bool of_kernels = false;  ///< whether kernels were set beside kernels
};

/// "undivided", "next_kernel"; "none"
std::string_view name_of(Likeness::Kind kind);

/// Of Gram matrices, and of what is known of as many layers: the last layer's next kernel and the
/// Gram after it are not. Without norms correlations are compared. None where the prediction looks
/// like the theory. What explains the scale itself, such as a kernel, goes before any factor but
/// k_τ(1).
Likeness likeness(const model::Prediction& theory, const std::vector<PredictedLayer>& predicted,
                  bool norms_are_predicted = true);

/// Of somebody's own kernels K^2 … K^{depth+1} in place of `kernels`, the theory's.
Likeness likeness_of_kernels(const model::Prediction& theory,
                             const std::vector<Eigen::MatrixXd>& kernels,
                             const std::vector<Eigen::MatrixXd>& own);

}  // namespace wideproof::compare
