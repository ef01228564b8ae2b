// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include <wideproof/report/figure/figure.hpp>
#include <wideproof/report/gram/gram_study.hpp>

namespace wideproof::report {

/// `kernel_angle`: the Gram of two inputs against the angle between them, where the inputs lie on a
/// circle: lines predicted, points measured. nullopt for other inputs.
std::optional<Figure> kernel_figure(const GramStudy& study);

/// The same of GramStudy::further; nullopt where there are none.
std::optional<Figure> further_kernel_figure(const GramStudy& study);

/// `correlation_map`: how a layer maps the correlation c of two inputs to that of the next, with
/// the theory's map, the path of one pair of inputs through the layers, and what the widest
/// networks showed. Correlations are those of the kernel that each layer sees, lateral filter
/// included; see kernel_correlation(). nullopt where there is neither a map nor a pair of layers.
std::optional<Figure> correlation_map_figure(const GramStudy& study);

}  // namespace wideproof::report
