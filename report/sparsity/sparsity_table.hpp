// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>

#include <wideproof/report/figure/figure.hpp>
#include <wideproof/report/page/html_page.hpp>
#include <wideproof/report/sparsity/sparsity_study.hpp>

namespace wideproof::report {

/// width,layer,quantity,networks,mean,standard_error,predicted,variance_times_width,
/// predicted_variance_times_width,limit,limit_standard_error
std::string sparsity_table(const SparsityStudy& study);

/// Hoyer's sparseness of every layer against the width, with lines at what is predicted; nullopt
/// with one width.
std::optional<Figure> sparsity_figure(const SparsityStudy& study);

/// A section with the largest width's numbers and the figure; nothing where none was measured.
void add_sparsity(HtmlPage& page, const SparsityStudy& study,
                  const std::map<std::string, std::string>& svg);

}  // namespace wideproof::report
