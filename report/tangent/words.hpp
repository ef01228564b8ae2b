// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/report/sweep/sweep_words.hpp>

namespace wideproof::report {

/// For the page of a sweep of studies of tangent kernels.
SweepWords tangent_sweep_words();

}  // namespace wideproof::report
