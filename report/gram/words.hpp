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

/// "The formula and 3,000 sampled networks agree: …", one sentence or two. `formula` begins it:
/// "The formula" or "Your formula".
std::string verdict_sentence(const compare::Assessment& assessment, const std::string& formula);

/// The networks, in a sentence or two.
std::string network_in_words(const model::Experiment& experiment);

/// Paragraphs: the networks, their hidden layers' weights.
std::vector<std::string> network_in_words(const model::Experiment& experiment,
                                          const model::Prediction& theory);

/// Paragraphs: the networks, their weights, the inputs, what was sampled and what was compared.
std::vector<std::string> experiment_in_words(const model::Experiment& experiment,
                                             const model::Prediction& theory,
                                             const model::Measurement& measurement,
                                             const std::string& input_source, std::int64_t inputs,
                                             std::int64_t input_dimension);

}  // namespace wideproof::report
