// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/model/class_series.hpp>
#include <wideproof/model/measurement.hpp>

namespace wideproof::compare {

// What networks showed, less their norms: for a prediction of correlations. In the place of a Gram
// stands each network's correlation, and in that of its mean over a class of entries
//
//   mean of Ĝ_ab over the class / mean of Ĝ_aa over the inputs,
//
// whose limit is the class mean of the correlations where all inputs have one variance in the
// limit, as those of unit norm have. A ratio of means of Grams follows a series in 1/n as they do.
// Of inputs of several norms the series has to hold class means of correlations already, whose
// diagonal is 1 (sim::MonteCarlo::Options::series_of_correlations).

/// `plain_gram` keeps the networks' own Gram, which tells how much norms vary.
model::Measurement without_norms(const model::Measurement& measurement);

/// 0 for networks whose norms are not positive; the diagonal's class is 1.
model::ClassSeries without_norms(const model::ClassSeries& series);

}  // namespace wideproof::compare
