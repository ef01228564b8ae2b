// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/report/figure/figure.hpp>
#include <wideproof/report/gram/gram_study.hpp>

namespace wideproof::report {

/// Heat maps of the Gram of one layer, three to be set side by side. The first two share their
/// colours, which are of the pairs of inputs: the diagonal, far above them, is grey there, and its
/// numbers stand in the caption.
struct MatrixFigures {
  compare::MatrixName matrix;
  std::vector<Figure> figures;  ///< predicted, measured, z
};

/// Of the first, the middle and the last matrix: names gram_layer<l>_predicted, _measured and _z,
/// of other matrices than hidden layers' <key>_predicted and so on. Beyond `most_inputs_drawn`
/// inputs only the first of them are drawn. None for one input; a matrix without a finite entry is
/// left out.
std::vector<MatrixFigures> matrix_figures(const GramStudy& study);

inline constexpr Eigen::Index most_inputs_drawn = 256;

}  // namespace wideproof::report
