// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/compare/matrices/entry.hpp>
#include <wideproof/model/measurement.hpp>
#include <wideproof/model/prediction.hpp>

namespace wideproof::report {

/// Tables of an assessment as CSV text: a header line, a line for each distinct entry, numbers that
/// read back to the same bits, `nan` and `inf` where there is no finite one. Rows and columns count
/// from 0, layers from 1. A number that is the rounding of its entry's scale is written as 0.

/// Whether tables with a line for each entry, layer and width are of a size that anybody reads: at
/// most 100,000 lines.
bool lists_entries(const model::Measurement& measurement);

/// width,layer,row,column,predicted,mean,standard_error,z
std::string width_table(const compare::Assessment& assessment, compare::Quantity quantity);

/// width,layer,quantity,row,column,predicted,mean,standard_error,z of the kernel that a hidden
/// layer sees, lateral filter included, and of its correlation. Layers from 2; the header alone for
/// one layer.
std::string kernel_table(const model::Prediction& theory, const model::Measurement& measurement);

/// width,layer,row,column,relative_variance_times_width,predicted: n Var(G_ab)/(G_aa G_bb); the
/// last field is empty where the variance is not predicted.
std::string relative_variance_table(const compare::Assessment& assessment);

/// layer,row,column,quantity,limit,standard_error,predicted,z,p_adjusted; the header alone where
/// nothing was extrapolated.
std::string extrapolation_table(const compare::Assessment& assessment);

/// layer,fluctuation_exponent,fluctuation_low,fluctuation_high,bias_exponent,bias_low,bias_high;
/// fields are empty where there is no exponent.
std::string convergence_table(const compare::Assessment& assessment);

/// layer,quantity,row,column,predicted,limit,low,high: lim n Var(G_aa), n Var(G_ab) and n
/// Var(c_ab), means over each class of entries, named by the row and column of one of them, with
/// 95% intervals; the header alone where they are not predicted.
std::string fluctuation_limit_table(const compare::Assessment& assessment);

}  // namespace wideproof::report
