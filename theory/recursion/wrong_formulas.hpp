// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/model/network.hpp>
#include <wideproof/model/prediction.hpp>

namespace wideproof::theory {

/// A formula that a theorist may write down for an experiment, and what it predicts.
struct CandidateFormula {
  std::string name;                    ///< "active_fraction +2%"
  bool is_wrong = true;                ///< whether a verdict ought to reject it
  std::vector<Eigen::MatrixXd> grams;  ///< predicted, by layer
};

/// One that says nothing of an experiment, and why: "weight_variance +1%", "there is no weight of
/// variance σ² in a network of one layer".
struct LeftOutFormula {
  std::string name;
  std::string why;
};

struct CandidateFormulas {
  std::vector<CandidateFormula> judged;
  std::vector<LeftOutFormula> left_out;
};

/// The theory's own formula, the same from inputs rounded to float32 (neither to be rejected), and
/// those wrong ones that differ from it for this network, the others being left out:
///
///   active_fraction ±2%, degree_of_correlation ±10%, presynaptic and postsynaptic filter swapped,
///   the kernel without its term −2τ g(τ) Q(τa), the arc-cosine kernel in place of k_τ, the kernel
///   of the next layer, weight_variance ±1%
///
/// Each is what someone who believed it would predict: a critical weight variance is taken from the
/// wrong formula, so that its norms stay at 1, and a thresholded ReLU's Gram is divided by the
/// wrong k(1). Nothing but the correlations betrays such a formula.
CandidateFormulas candidate_formulas(const model::Network& network, const model::Inputs& inputs,
                                     const model::Prediction& theory);

}  // namespace wideproof::theory
