// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/report/figure/figure.hpp>
#include <wideproof/report/gram/figures/matrix_figures.hpp>
#include <wideproof/report/gram/gram_study.hpp>

namespace wideproof::report {

/// The figures of a run of kind `gram`; those that there are.
struct GramFigures {
  std::vector<Figure> kernels;          ///< kernel against angle, correlation map
  std::vector<MatrixFigures> matrices;  ///< by layer
  std::vector<Figure> widths;           ///< what happens as networks grow wide
  std::optional<Figure> sparsity = {};

  std::vector<Figure> all() const;
};

GramFigures gram_figures(const GramStudy& study);

/// report.html. `svg` holds the pictures by the figures' names.
std::string gram_report(const GramStudy& study, const GramFigures& figures,
                        const std::map<std::string, std::string>& svg);

}  // namespace wideproof::report
