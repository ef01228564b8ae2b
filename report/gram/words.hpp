// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/model/prediction.hpp>

namespace wideproof::report {

// A run in sentences for somebody who has not read the manual.

/// Whose formula was put to the proof: sentences call it "the formula" or "your formula".
enum class Formula { ours, yours };

/// "The formula and 3,000 sampled networks agree: …", one sentence or two.
std::string verdict_sentence(const compare::Assessment& assessment, Formula formula);

/// What the norm of a layer is: "the mean of the Gram matrix's diagonal", and for the thresholded
/// ReLU ", here the variance of the pre-activations".
std::string norm_in_words(const model::Prediction& theory);

/// Paragraphs: the networks, their weights, the inputs, what was sampled and what was compared.
std::vector<std::string> experiment_in_words(const model::Experiment& experiment,
                                             const model::Prediction& theory,
                                             const model::Measurement& measurement,
                                             const std::string& input_source, std::int64_t inputs,
                                             std::int64_t input_dimension);

/// " Where it is left out it has no limit." or nothing where all norms have one.
std::string norms_without_limit(const std::vector<compare::LayerComparison>& layers);

}  // namespace wideproof::report
