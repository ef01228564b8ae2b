// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/samples/samples_in_words.hpp>

#include <algorithm>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/model/samples/samples_spec.hpp>

namespace wideproof::app {
namespace {

std::string count_text(std::int64_t count, std::string_view what) {
  return fmt::format("{} {}{}", compare::with_commas(count), what, count == 1 ? "" : "s");
}

/// "the theory of relu.toml", "kernels in mine.npy"
std::string prediction_text(const model::Experiment& experiment) {
  const auto& compare = experiment.compare();
  const auto& spec = model::samples_of(experiment);
  if (!spec.against.empty()) return "other samples in " + spec.against;
  if (compare.predicts_theory()) return "the theory of " + spec.experiment_file;
  const char* what = "Gram matrices";
  if (compare.prediction_kind == model::PredictionKind::kernel) what = "kernels";
  if (compare.prediction_kind == model::PredictionKind::correlation) what = "correlations";
  return fmt::format("{} in {}", what, compare.prediction);
}

const char* what_was_read(const model::SamplesSpec& spec) {
  return spec.activations ? "activations" : "Gram matrices";
}

}  // namespace

std::string networks_in_words(const model::Measurement& measurement) {
  const auto [least, most] =
      std::minmax_element(measurement.begin(), measurement.end(),
                          [](const auto& a, const auto& b) { return a.replicates < b.replicates; });
  const auto widths = std::count_if(measurement.begin(), measurement.end(),
                                    [](const auto& m) { return m.layer == 1; });
  const auto networks =
      least->replicates == most->replicates
          ? fmt::format("{} networks", compare::with_commas(most->replicates))
          : fmt::format("{} to {} networks", compare::with_commas(least->replicates),
                        compare::with_commas(most->replicates));
  const auto first = compare::with_commas(measurement.front().width);
  if (widths == 1) return fmt::format("{} of width {}", networks, first);
  return fmt::format("{} at each of {} widths, {} to {}", networks, widths, first,
                     compare::with_commas(measurement.back().width));
}

std::string samples_headline(const model::Experiment& experiment,
                             const model::Measurement& measurement) {
  const auto& spec = model::samples_of(experiment);
  return fmt::format("{}: {} of {}, {}, in {}\n{}; beside {}\n\n", experiment.study().name,
                     what_was_read(spec), count_text(measurement.back().layer, "layer"),
                     count_text(measurement.front().gram.mean.rows(), "input"), spec.path,
                     networks_in_words(measurement), prediction_text(experiment));
}

std::vector<std::string> samples_in_words(const model::Experiment& experiment,
                                          const model::Measurement& measurement) {
  const auto& spec = model::samples_of(experiment);
  std::string read = fmt::format("The networks were sampled elsewhere: {}, {}, read from {}.",
                                 networks_in_words(measurement), what_was_read(spec), spec.path);
  if (spec.activations)
    read +=
        " Of each network and layer the Gram matrix was taken, (1/n) Σ z z′ over its neurons "
        "for every two inputs.";
  return {read, fmt::format("They were set beside {}.", prediction_text(experiment))};
}

}  // namespace wideproof::app
