// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <wideproof/compare/gram/likeness.hpp>
#include <wideproof/compare/matrices/predicted_layer.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/model/prediction.hpp>
#include <wideproof/model/read_log.hpp>

namespace wideproof::app {

/// The user's own matrices in place of the theory's: one `inputs` × `inputs` matrix a hidden layer.
///
///   .npy   depth × P × P (or P × P for a network of one layer)
///   .h5    the same shape, in a data set named "gram" at the root
///   .csv   the layers below each other: depth·P lines of P numbers
///
/// Throws model::InputError naming `compare.prediction` and the file, or the layer and the entry,
/// and what is wrong: suffix, shape, an entry that is not finite, a matrix that is not symmetric or
/// has no positive diagonal. `log` is told of the file, and of what looks odd in it. `names`: of
/// the matrices, where they are not hidden layers' Gram matrices.
std::vector<compare::PredictedLayer> read_user_prediction(
    const std::string& file, std::int64_t depth, std::int64_t inputs, model::ReadLog& log,
    const std::vector<compare::MatrixName>& names = {});
std::vector<compare::PredictedLayer> read_user_prediction(const std::string& file,
                                                          std::int64_t depth, std::int64_t inputs);

/// What the experiment's file predicts, read as compare.prediction_kind says:
///
///   gram         as it stands, scaled as LayerPrediction::gram is
///   kernel       the Gram that theory::grams_of_kernels() finds in it
///   correlation  as gram and as correlation, norms being 1; the diagonal has to be 1 to 1e-5, and
///                there have to be two inputs or more
///
/// Where the last `second` of the inputs are a second set, the file may hold the blocks of the
/// first set with the second alone, depth × (P − second) × second; the rest is the theory's.
///
/// `theory`: the network's own prediction. Throws likewise.
std::vector<compare::PredictedLayer> user_prediction(const model::Experiment& experiment,
                                                     const model::Prediction& theory,
                                                     std::int64_t second, model::ReadLog& log);

/// The same of networks of which nothing else is known, so that the matrices are no kernels.
std::vector<compare::PredictedLayer> user_prediction(const model::Experiment::Compare& compare,
                                                     std::int64_t depth, std::int64_t inputs,
                                                     model::ReadLog& log);

/// What the user's `prediction`, which is compared as Gram matrices, looks like in the terms of
/// compare.prediction_kind: kernels are set beside kernels.
compare::Likeness likeness_of(const model::Experiment& experiment, const model::Prediction& theory,
                              const std::vector<compare::PredictedLayer>& prediction);

}  // namespace wideproof::app
