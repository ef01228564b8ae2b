// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/network.hpp>
#include <wideproof/model/prediction.hpp>
#include <wideproof/model/sparsity/sparsity_prediction.hpp>
#include <wideproof/theory/neurons/limit_response.hpp>
#include <wideproof/theory/sparsity/class_separation.hpp>

namespace wideproof::theory {

struct SelectivityDraws {
  std::int64_t neurons = 200'000;  ///< at least 2
  std::uint64_t seed = 0;          ///< of streams that nothing else reads
};

struct SampledSelectivity {
  model::DrawnNumber ccmas = {};
  model::DrawnNumber class_selectivity = {};
  model::DrawnNumber null_ccmas = {};  ///< of the same classes dealt out at random
  model::DrawnNumber null_class_selectivity = {};
};

/// Selectivity of a layer in the limit: its mean over neurons tends to that of one neuron, of
/// h ~ N(0, K) over the P inputs and z its response, given that it is not silent. With μ_k its mean
/// over the inputs of class k,
///
///   (μ_max − μ_−max)/(μ_max + μ_−max)
///
/// μ_−max the mean over all other inputs (ccmas) or over the other classes' means
/// (class_selectivity). The other functions of this folder have it where all P_k → ∞ and inputs are
/// alike; neurons are drawn here, K = S Sᵀ of its eigenvectors, for any inputs. For the null each
/// neuron has an order of the labels of its own. Of activities that are never negative; NaN where
/// no neuron that was drawn is active. Takes P² multiplications a neuron.
SampledSelectivity sampled_selectivity(const LimitResponse& response, const Eigen::MatrixXd& kernel,
                                       const InputClasses& classes,
                                       const SelectivityDraws& draws = {});

/// Adds to `sparsity`, predict_sparsity()'s of the same inputs, what is predicted of selectivity
/// beside η²: sampled_selectivity() of each layer, of up to 400 inputs, with as many neurons as
/// take a second or two for all layers, 4000 to 200,000 each; and η² of classes dealt out at
/// random, whose mean over the orders of labels is
///
///   (K − 1)/(P − 1)
///
/// for every Gram whose inputs differ, at any width. `labels`: one for each input; throws
/// InputError as InputClasses does.
void predict_selectivity(const model::Network& network, const model::Prediction& prediction,
                         const std::vector<std::int64_t>& labels,
                         model::SparsityPrediction& sparsity);

}  // namespace wideproof::theory
