// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include <wideproof/compare/alike/alike.hpp>
#include <wideproof/compare/alike/common_widths.hpp>
#include <wideproof/compare/widths/class_columns.hpp>
#include <wideproof/compare/widths/open_claim.hpp>

namespace wideproof::compare {

// The claims of compare_sets() one by one, each with what stands in its way; nullopt where there
// is nothing to test.

OpenClaim means_claim(const Alike& alike);
std::optional<OpenClaim> class_means_claim(const Alike& alike, const CommonWidths& sets,
                                           const std::vector<ClassColumn>& columns);
/// Of Alike::limits, which are of these columns.
std::optional<OpenClaim> limits_claim(const Alike& alike, const std::vector<ClassColumn>& columns);
std::optional<OpenClaim> variances_claim(const CommonWidths& sets,
                                         const std::vector<ClassColumn>& columns);
OpenClaim alike_equivalence_claim(const Alike& alike);

}  // namespace wideproof::compare
