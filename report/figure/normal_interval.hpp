// SPDX-License-Identifier: MIT
#pragma once

namespace wideproof::report {

/// Half the width of a normal 95% interval, in standard errors.
inline constexpr double normal_95 = 1.959964;

}  // namespace wideproof::report
