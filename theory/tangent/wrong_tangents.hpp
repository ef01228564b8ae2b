// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/model/network.hpp>
#include <wideproof/model/tangent/tangent_options.hpp>
#include <wideproof/theory/recursion/wrong_formulas.hpp>

namespace wideproof::theory {

/// A formula that a theorist may write down for the tangent kernels of an experiment, and what it
/// predicts; matrices are scaled as TangentPrediction's.
struct CandidateTangent {
  std::string name;                              ///< "k' left out"
  bool is_wrong = true;                          ///< whether a verdict ought to reject it
  std::vector<Eigen::MatrixXd> grams, tangents;  ///< by layer
  Eigen::MatrixXd output_tangent;
};

struct CandidateTangents {
  std::vector<CandidateTangent> judged;
  std::vector<LeftOutFormula> left_out;
};

/// The theory's own formula, the same from inputs rounded to float32 (neither to be rejected), and
/// those wrong ones that differ from it for this network, the others being left out:
///
///   the arc-cosine tangent kernel; the two parameterisations exchanged, so that a layer's own term
///   has the plain Gram for the lateral one or the other way round; k' left out, Θ' = σ²[k + Σ B
///   Θ]; one layer too many; active_fraction ±2%; degree_of_correlation ±10%
///
/// Each is what someone who believed it would predict: a critical weight variance and k(1) are
/// taken from the wrong formula. Throws as predict_tangent() does.
CandidateTangents candidate_tangents(const model::Network& network, const model::Inputs& inputs,
                                     const model::TangentOptions& options);

}  // namespace wideproof::theory
