// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/model/experiment.hpp>
#include <wideproof/model/prediction.hpp>

namespace wideproof::report {

// The networks of an experiment for somebody who has not read the manual.

/// Depth, activation and threshold, in a sentence or two.
std::string network_in_words(const model::Experiment& experiment);

/// The hidden layers' weights: how they are drawn, their variance and how they are correlated.
std::string weights_in_words(const model::Experiment& experiment, const model::Prediction& theory);

/// Both, a paragraph each.
std::vector<std::string> network_in_words(const model::Experiment& experiment,
                                          const model::Prediction& theory);

}  // namespace wideproof::report
