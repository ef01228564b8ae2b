// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <wideproof/app/folders/run_record.hpp>
#include <wideproof/compare/gram/results.hpp>
#include <wideproof/compare/widths/extrapolation.hpp>

namespace wideproof::app {

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
///   /measurement/width_<n>/sparsity     networks × layers · numbers: model::SparsityNumber; and
///   /theory/layer_<l>/sparsity/         what is predicted of it, as attributes; both are missing
///   in
///                                       files of older versions
///   /measurement/width_<n>/selectivity  networks × layers · numbers: model::SelectivityNumber; of
///                                       inputs with labels
///   /against/…                           a second set of networks that the first is set beside, as
///                                       /measurement; most files have none
///   /extrapolation/layer_<l>/           limit, standard_error, correlation_limit,
///                                       correlation_standard_error; for readers, read_results()
///                                       leaves them
/// and what made it: see write_record(). Matrices are P × P; each has attributes `description` and
/// `units`.
std::string to_hdf5(const compare::GramResults& results, const std::vector<std::int64_t>& widths,
                    const RunRecord& record,
                    const std::optional<compare::Extrapolation>& extrapolation = std::nullopt);

/// Reads the file back. Throws model::InputError naming the file and what is wrong in it.
compare::GramResults read_results(const std::string& file);

}  // namespace wideproof::app
