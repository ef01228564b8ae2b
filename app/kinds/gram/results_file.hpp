// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <wideproof/app/study/run_record.hpp>
#include <wideproof/compare/matrices/predicted_layer.hpp>
#include <wideproof/compare/widths/extrapolation.hpp>
#include <wideproof/model/class_series.hpp>
#include <wideproof/model/measurement.hpp>
#include <wideproof/model/prediction.hpp>

namespace wideproof::app {

/// Everything numerical that a run found: what results.h5 holds and a report is written from.
struct Results {
  model::Prediction theory;                         ///< what infinite width predicts
  std::vector<compare::PredictedLayer> prediction;  ///< what is compared: theory's, or the user's
  model::Measurement measurement;                   ///< empty when nothing was simulated
  model::ClassSeries series;                        ///< likewise
};

/// The bytes of results.h5:
///   /                                   attributes schema, weight_variance, gram_scale, …
///   /theory/layer_<l>/                  preactivation, gram, correlation, next_kernel; where they
///                                       are derived gram_variance, correlation_variance (n·Var of
///                                       one network), gram_bias, correlation_bias (n·bias)
///   /gram                               prediction that was compared, depth × P × P: another run
///                                       can name this file as its compare.prediction
///   /prediction/layer_<l>/              the same by layer: gram, correlation
///   /measurement/width_<n>/layer_<l>/   gram_mean, gram_variance, and so on for correlation,
///                                       next_kernel and next_correlation; attributes replicates,
///                                       active_fraction_*
///   /measurement/classes                class of each entry, by the inputs' cosine
///   /measurement/width_<n>/             class_means, gram_class_variances and so on: see
///                                       model::WidthSeries
///   /extrapolation/layer_<l>/           limit, standard_error, correlation_limit,
///                                       correlation_standard_error; for readers, read_results()
///                                       leaves them
/// and what made it: see write_record(). Matrices are P × P; each has attributes `description` and
/// `units`.
std::string to_hdf5(const Results& results, const std::vector<std::int64_t>& widths,
                    const RunRecord& record,
                    const std::optional<compare::Extrapolation>& extrapolation = std::nullopt);

/// Reads the file back. Throws model::InputError naming the file and what is wrong in it.
Results read_results(const std::string& file);

/// Says on stderr how large results will be, where that is more than a GB.
void announce_results(double bytes);

}  // namespace wideproof::app
