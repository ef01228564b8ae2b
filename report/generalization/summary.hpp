// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/compare/generalization/learning_curve.hpp>
#include <wideproof/model/generalization/generalization_spec.hpp>
#include <wideproof/report/json/json_values.hpp>

namespace wideproof::report {

/// What summary.json says of a study of generalization beside the parts that all kinds have.
Json generalization_summary(const model::GeneralizationSpec& spec,
                            const compare::GeneralizationAssessment& assessment);

}  // namespace wideproof::report
