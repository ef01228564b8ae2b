// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/model/experiment.hpp>
#include <wideproof/model/measurement.hpp>

namespace wideproof::app {

/// "600 networks at each of 5 widths, 256 to 65536"
std::string networks_in_words(const model::Measurement& measurement);

/// What is put to the proof, for the terminal: lines.
std::string samples_headline(const model::Experiment& experiment,
                             const model::Measurement& measurement);

/// The same for the page: what was read, and what it is set beside.
std::vector<std::string> samples_in_words(const model::Experiment& experiment,
                                          const model::Measurement& measurement);

}  // namespace wideproof::app
