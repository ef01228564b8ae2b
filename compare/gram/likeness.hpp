// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include <wideproof/compare/matrices/predicted_layer.hpp>
#include <wideproof/model/prediction.hpp>

namespace wideproof::compare {

/// What a prediction looks like that is not the theory's Gram: a hint at a slip, no evidence. It
/// looks like something where each entry of each layer is that to within 1% of √(M_aa M_bb).
struct Likeness {
  enum class Kind {
    none,
    undivided,      ///< k_τ(1) times the Gram, but for 5%: a matter of scale
    divided_twice,  ///< the Gram over k_τ(1), likewise
    own_kernel,     ///< K^l in the place of layer l: what the layer sees
    next_kernel,    ///< K^{l+1}: what the layer after it sees
    next_layer,     ///< the Gram of the layer after it
  };

  Kind kind = Kind::none;
  double factor = 1.0;  ///< of the first two: every entry over the theory's
};

/// "undivided", "next_kernel"; "none"
std::string_view name_of(Likeness::Kind kind);

/// Of what is known of as many layers: the last layer's next kernel and the Gram after it are not.
/// Without norms correlations are compared. None where the prediction looks like the theory.
Likeness likeness(const model::Prediction& theory, const std::vector<PredictedLayer>& predicted,
                  bool norms_are_predicted = true);

}  // namespace wideproof::compare
