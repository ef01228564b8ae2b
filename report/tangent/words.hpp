// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/model/experiment.hpp>
#include <wideproof/report/gram/gram_study.hpp>
#include <wideproof/report/sweep/sweep_words.hpp>

namespace wideproof::report {

/// What a page says of tangent kernels beside Gram matrices.
GramStudy::FurtherMatrices tangents_in_words(const model::Experiment& experiment);

/// For the page of a sweep of studies of tangent kernels.
SweepWords tangent_sweep_words();

}  // namespace wideproof::report
