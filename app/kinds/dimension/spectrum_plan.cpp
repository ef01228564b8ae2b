// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/dimension/spectrum_plan.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/model/dimension/dimension_spec.hpp>

namespace wideproof::app {
namespace {

constexpr std::int64_t most_found = 2048;  ///< eigenvalues
constexpr int most_layers = 8;
constexpr std::int64_t samples_a_unit = 16;
constexpr double most_numbers = 0x1p25;   ///< of activations held
constexpr double most_products = 0x1p40;  ///< multiplications, of which a core does 10^11 a second

std::vector<std::int64_t> layers_shown(std::int64_t depth) {
  std::vector<std::int64_t> layers;
  for (int i = 0; i < most_layers; ++i) {
    const double place = static_cast<double>(i) / (most_layers - 1);
    const auto spaced = std::lround(std::pow(static_cast<double>(depth), place));
    const std::int64_t layer = depth <= most_layers ? i + 1 : std::int64_t{spaced};
    if (layer <= depth && (layers.empty() || layer > layers.back())) layers.push_back(layer);
  }
  return layers;
}

std::int64_t samples_drawn(const model::Experiment& experiment,
                           const model::InputEnsemble& ensemble, std::int64_t width) {
  const auto n = static_cast<double>(width);
  const bool is_mixed = ensemble.source == model::InputEnsemble::Source::correlated;
  const auto widest =
      static_cast<double>(is_mixed ? std::max(width, ensemble.factors(width)) : width);
  const double fits = most_numbers / widest;
  const double affordable =
      most_products / (static_cast<double>(experiment.network().depth()) * n * n);
  const double own = static_cast<double>(ensemble.samples);
  const double wanted = std::max(affordable, own);
  const double samples = std::min({fits, wanted, std::max(own, samples_a_unit * n)});
  return std::max(2 * static_cast<std::int64_t>(samples / 2), model::InputEnsemble::least_samples);
}

}  // namespace

std::optional<SpectrumPlan> spectrum_plan(const model::Experiment& experiment) {
  const auto& spec = model::dimension_of(experiment);
  const auto own = spec.ensemble.samples;
  const auto& widths = experiment.simulation().widths;
  for (auto width = widths.rbegin(); width != widths.rend(); ++width) {
    const auto found = spec.ensemble.is_data() ? std::min(*width, own) : *width;
    if (found > most_found) continue;
    const bool is_own = spec.ensemble.is_data() || spec.synapses.learns();
    return SpectrumPlan{*width, is_own ? own : samples_drawn(experiment, spec.ensemble, *width),
                        layers_shown(experiment.network().depth())};
  }
  return std::nullopt;
}

std::string why_no_spectrum(const model::Experiment& experiment) {
  if (spectrum_plan(experiment)) return "";
  return fmt::format(
      "No spectrum of a covariance is drawn: that is done for widths of up to {} units{}, and all "
      "widths of this study are larger.",
      compare::with_commas(most_found),
      model::dimension_of(experiment).ensemble.is_data() ? ", or for as many inputs" : "");
}

}  // namespace wideproof::app
