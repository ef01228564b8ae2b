// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <wideproof/compare/matrices/predicted_layer.hpp>
#include <wideproof/model/read_log.hpp>

namespace wideproof::app {

/// The user's own Gram matrices in place of the theory's: one `inputs` × `inputs` matrix a hidden
/// layer, scaled as LayerPrediction::gram is.
///
///   .npy   depth × P × P (or P × P for a network of one layer)
///   .h5    the same shape, in a data set named "gram" at the root
///   .csv   the layers below each other: depth·P lines of P numbers
///
/// Throws model::InputError naming `compare.prediction` and the file, or the layer and the entry,
/// and what is wrong: suffix, shape, an entry that is not finite, a matrix that is not symmetric or
/// has no positive diagonal. `log` is told of the file, and of what looks odd in it.
std::vector<compare::PredictedLayer> read_user_prediction(const std::string& file,
                                                          std::int64_t depth, std::int64_t inputs,
                                                          model::ReadLog& log);
std::vector<compare::PredictedLayer> read_user_prediction(const std::string& file,
                                                          std::int64_t depth, std::int64_t inputs);

}  // namespace wideproof::app
