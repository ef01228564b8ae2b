// SPDX-License-Identifier: MIT
#include <wideproof/report/generalization/sweep_words.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/model/generalization/generalization_spec.hpp>

namespace wideproof::report {

SweepWords generalization_sweep_words(const model::Experiment& first) {
  const auto& regression = model::generalization_of(first).regression;
  return {.compared = first.simulation().widths.empty()
                          ? "theory and kernel regression"
                          : "theory, kernel regression and finite networks",
          .only_measured =
              "The points were measured only: no theory and no network was set beside kernel "
              "regression.",
          .first_point = fmt::format(
              "Their readout is trained on P = {} points of each of {} draws of data, and by "
              "kernel regression that of the infinitely wide network.",
              fmt::join(regression.training_points, ", "), regression.draws)};
}

}  // namespace wideproof::report
