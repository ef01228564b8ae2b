// SPDX-License-Identifier: MIT
#include <wideproof/model/experiment.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/names.hpp>
#include <wideproof/model/require_between.hpp>

namespace wideproof::model {
namespace {

constexpr std::size_t longest_study_name = 100;
constexpr std::int64_t largest_width = 10'000'000;
// Four words of a stream for each of a layer's weights; two are used at most.
constexpr std::int64_t largest_direct_width = 65'536;
constexpr std::int64_t most_replicates = 1'000'000'000;

constexpr auto dtypes =
    name_table<DType>({{DType::float32, "float32"}, {DType::float64, "float64"}});

constexpr auto engines = name_table<Engine>(
    {{Engine::automatic, "auto"}, {Engine::collapsed, "collapsed"}, {Engine::direct, "direct"}});

constexpr auto prediction_kinds =
    name_table<PredictionKind>({{PredictionKind::gram, "gram"},
                                {PredictionKind::kernel, "kernel"},
                                {PredictionKind::correlation, "correlation"},
                                {PredictionKind::tangent, "tangent"}});

void check(const Experiment::Study& study) {
  const auto refuse = [&](std::string_view reason) {
    throw InputError("study.name", in_quotes(study.name, longest_study_name), reason);
  };
  const auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7F; };
  if (study.name.empty()) refuse("must not be empty: it names the run's folder");
  if (study.name.size() > longest_study_name) {
    refuse(fmt::format("is {} bytes long; at most {} are taken", study.name.size(),
                       longest_study_name));
  }
  if (study.name == "." || study.name == ".." || study.name.find('/') != std::string::npos) {
    refuse("must be usable as a folder's name: not \".\" or \"..\", and without '/'");
  }
  if (std::any_of(study.name.begin(), study.name.end(), is_control)) {
    refuse("must not hold control characters: it names the run's folder");
  }
}

void check(const Experiment::Simulation& simulation, const KindSpec::Takes& takes) {
  const auto& widths = simulation.widths;
  if (widths.empty() && !takes.no_widths)
    throw InputError("simulation.widths", "[]", "must name at least one width");
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const std::string key = fmt::format("simulation.widths[{}]", i);
    require_between(key, widths[i], 1, largest_width);
    if (i > 0 && widths[i] <= widths[i - 1]) {
      throw InputError(key, widths[i],
                       fmt::format("must exceed the width before it, {}", widths[i - 1]));
    }
  }
  require_between(simulation.precision ? "simulation.most_replicates" : "simulation.replicates",
                  simulation.replicates, takes.least_replicates, most_replicates);
  require_between("simulation.checkpoint_seconds", simulation.checkpoint_seconds, 0.1, 86400.0);
  if (simulation.precision) {
    require_between("simulation.precision", *simulation.precision, 1e-6, 0.5);
  }
  if (simulation.memory_gib) {
    require_between("simulation.memory_gib", *simulation.memory_gib, 0.01, 1e6);
  }
}

void check(const Experiment::Compare& compare, const KindSpec& kind) {
  if (!(compare.family_error > 0 && compare.family_error <= 0.5)) {
    throw InputError("compare.family_error", compare.family_error, "must lie in (0, 0.5]");
  }
  const bool takes_one = kind.takes().margin_of_one;
  if (!(compare.equivalence_margin > 0 && compare.equivalence_margin <= 1) ||
      (compare.equivalence_margin == 1 && !takes_one)) {
    throw InputError("compare.equivalence_margin", compare.equivalence_margin,
                     takes_one ? "must lie in (0, 1]" : "must lie in (0, 1)");
  }
  if (compare.agreement_error) {
    if (!(*compare.agreement_error > 0 && *compare.agreement_error <= 0.5)) {
      throw InputError("compare.agreement_error", *compare.agreement_error, "must lie in (0, 0.5]");
    }
    if (!kind.takes().agreement_error) {
      throw InputError("compare.agreement_error", *compare.agreement_error,
                       fmt::format("must be left out for study.kind = {}, whose equivalence is "
                                   "shown at compare.family_error",
                                   in_quotes(kind.name())));
    }
  }
  if (compare.prediction.empty()) {
    throw InputError("compare.prediction", in_quotes(compare.prediction),
                     "must be \"theory\" or the name of a file");
  }
  if (compare.sparsity && !kind.takes().sparsity) {
    throw InputError("compare.sparsity", "true",
                     fmt::format("must be left out for study.kind = {}, which measures no sparsity",
                                 in_quotes(kind.name())));
  }
  if (compare.sparsity && !compare.predicts_theory()) {
    throw InputError("compare.sparsity", "true",
                     fmt::format("needs compare.prediction = \"theory\": {} says nothing of it",
                                 in_quotes(compare.prediction)));
  }
  if (compare.selectivity && !kind.takes().selectivity) {
    throw InputError(
        "compare.selectivity", "true",
        fmt::format("must be left out for study.kind = {}, which judges no selectivity",
                    in_quotes(kind.name())));
  }
  if (compare.selectivity && !compare.predicts_theory()) {
    throw InputError("compare.selectivity", "true",
                     fmt::format("needs compare.prediction = \"theory\": {} says nothing of it",
                                 in_quotes(compare.prediction)));
  }
  if (compare.persistence && !kind.takes().persistence) {
    throw InputError(
        "compare.persistence", "true",
        fmt::format("must be left out for study.kind = {}, which correlates no neurons",
                    in_quotes(kind.name())));
  }
  if (compare.predicts_theory() && compare.prediction_kind != PredictionKind::gram) {
    throw InputError("compare.prediction_kind", in_quotes(name_of(compare.prediction_kind)),
                     "needs a file in compare.prediction: it says what the file's matrices are");
  }
}

/// Refuses what the kind of study would ignore.
void check_is_read(const Experiment::Options& options) {
  const auto refuse = [&](std::string_view key, const auto& value, std::string_view must) {
    throw InputError(
        key, value,
        fmt::format("must be {} for study.kind = {}", must, in_quotes(options.kind->name())));
  };
  const auto takes = options.kind->takes();
  if (!options.network.has_one_width() && !takes.layer_widths) {
    refuse("network.layers", "layers of different widths", "left out");
  }
  const auto& network = options.network;
  if (network.gives_layers_laws() && !takes.layer_laws)
    refuse("network.layers", "layers with more of their own than width_factor", "left out");
  if (!takes.input_law && network.input_weight_variance() != 1)
    refuse("network.input_weight_variance", network.input_weight_variance(), "1");
  if (!takes.input_law && network.input_bias_variance() != 0)
    refuse("network.input_bias_variance", network.input_bias_variance(), "0");
  if (!takes.input_law && !options.inputs.normalize) refuse("inputs.normalize", false, "true");
  if (options.inputs.second != nullptr && !takes.second_inputs)
    refuse("inputs.second", "a second set of inputs", "left out");
  const bool is_plain = network.has_plain_inputs() && options.inputs.normalize;
  if (options.simulation.variance_reduction && !is_plain)
    throw InputError("simulation.variance_reduction", true,
                     "must be false where the first layer has variances of its own or inputs keep "
                     "their norms: its means are of a kernel with 1 on its diagonal");
  if (options.simulation.variance_reduction && !(network.is_uniform() && network.has_one_width()))
    throw InputError("simulation.variance_reduction", true,
                     "must be false where network.layers gives layers widths, activations or "
                     "variances of their own: its means are of layers that are alike");
  if (options.simulation.precision && !takes.precision) {
    refuse("simulation.precision", *options.simulation.precision, "left out");
  }
  if (options.simulation.variance_reduction && !takes.variance_reduction) {
    refuse("simulation.variance_reduction", true, "false");
  }
  if (!options.compare.predicts_theory() && !takes.prediction_file) {
    refuse("compare.prediction", in_quotes(options.compare.prediction), "\"theory\"");
  }
}

[[noreturn]] void refuse_variance_reduction(const std::string& reason) {
  throw InputError("simulation.variance_reduction", true, reason);
}

bool takes_quantile(const Network& network) {
  return is_thresholded(network.activation()) && network.threshold() == ThresholdRule::quantile;
}

bool jumps_at_the_threshold(const Network& network) {
  if (network.activation() == Activation::thresholded_step) return true;
  if (network.activation() != Activation::thresholded_pointwise) return false;
  const auto& kinks = network.nonlinearity().kinks();
  return std::any_of(kinks.begin(), kinks.end(),
                     [](const Kink& kink) { return kink.at == 0 && kink.jump != 0; });
}

/// The fewest neurons of a layer as sparse as infinite width is to be.
double fewest_for_sparseness(double sparseness) {
  constexpr double rounding = 0x1p-44;  // 1 − 0.9 is no tenth
  const double fewest = std::ceil(std::pow(1 - sparseness, -2) * (1 - rounding));
  if (fewest <= static_cast<double>(largest_width)) return fewest;
  throw InputError(
      "network.sparseness", sparseness,
      fmt::format("must be at most {:.6f}: no layer of up to {} neurons is sparser",
                  1 - 1 / std::sqrt(static_cast<double>(largest_width)), largest_width));
}

/// Of what a layer has by itself or with all others.
std::string key_of_layer(const Network& network, std::int64_t layer, std::string_view key) {
  return network.is_uniform() ? fmt::format("network.{}", key)
                              : fmt::format("network.layers[{}].{}", layer - 1, key);
}

/// The fewest neurons that a layer may have.
double fewest_neurons(const Network& network, const KindSpec::Takes& takes) {
  if (network.activation() == Activation::sparse_projection)
    return takes.hoyer_sparseness ? 1 : fewest_for_sparseness(network.sparseness());
  return takes_quantile(network) ? 2 : 1;
}

std::string reason_for_neurons(const Network& network, double fewest) {
  if (network.activation() == Activation::sparse_projection)
    return fmt::format(
        "must be at least {:.0f} for network.sparseness = {}: no layer of fewer neurons is as "
        "sparse",
        fewest, network.sparseness());
  return fmt::format(
      "must be at least {:.0f} for network.threshold = \"quantile\": one neuron is its own "
      "quantile and never active",
      fewest);
}

/// Of the smallest width.
void require_neurons(const Network& network, std::int64_t width, const KindSpec::Takes& takes) {
  const auto neurons = network.widths(width);
  for (std::size_t i = 0; i < neurons.size(); ++i) {
    const Network& layer = network.like_layer(static_cast<std::int64_t>(i) + 1);
    const double fewest = fewest_neurons(layer, takes);
    if (static_cast<double>(neurons[i]) >= fewest) continue;
    const auto reason = reason_for_neurons(layer, fewest);
    if (neurons[i] == width) throw InputError("simulation.widths[0]", width, reason);
    throw InputError(
        fmt::format("network.layers[{}].width_factor", i), network.options().layers[i].width_factor,
        fmt::format("makes a layer of {} where the width is {}: {}", neurons[i], width, reason));
  }
}

void require_filters_fit(const Network& network, std::int64_t neurons, std::int64_t width) {
  try {
    network.presynaptic().check_fits("network.presynaptic", neurons);
    network.postsynaptic().check_fits("network.postsynaptic", neurons);
  } catch (const InputError& error) {
    if (neurons == width) throw;
    throw InputError(
        fmt::format("{} (of a layer of network.layers where n is {})", error.what(), width));
  }
}

void check_together(const Network& network, const Experiment::Simulation& simulation,
                    const KindSpec::Takes& takes) {
  const auto& widths = simulation.widths;
  if (widths.empty()) return;
  const auto largest = network.widths(widths.back());
  if (simulation.engine == Engine::direct && network.depth() > 1 &&
      *std::max_element(largest.begin(), largest.end()) > largest_direct_width) {
    throw InputError(fmt::format("simulation.widths[{}]", widths.size() - 1), widths.back(),
                     fmt::format("must not exceed {} with two layers or more and "
                                 "simulation.engine = \"direct\", which draws width x width "
                                 "weights; \"collapsed\" samples the same law without them",
                                 largest_direct_width));
  }
  for (const std::int64_t width : widths) {
    for (const std::int64_t neurons : network.widths(width))
      require_filters_fit(network, neurons, width);
  }
  if (simulation.variance_reduction) require_control_variates(network, simulation.engine);
  for (std::int64_t layer = 1; layer <= network.depth(); ++layer) {
    const Network& one = network.like_layer(layer);
    if (!takes_quantile(one) || !jumps_at_the_threshold(one)) continue;
    throw InputError(
        key_of_layer(network, layer, "threshold"), in_quotes(name_of(one.threshold())),
        fmt::format(
            "must be \"std\" or \"fixed\" for network.activation = {}: the quantile leaves "
            "a whole number of neurons active, so the Gram matrix jumps from width to width "
            "and has no series in 1/n",
            in_quotes(one.activation_name())));
  }
  require_neurons(network, widths.front(), takes);
}

/// Whether the means that control variates need are known.
bool has_known_means(Activation activation) {
  return activation == Activation::thresholded_relu || activation == Activation::relu;
}

}  // namespace

std::string_view name_of(DType dtype) {
  return dtypes[dtype];
}

DType dtype_from_name(std::string_view key, std::string_view name) {
  return dtypes.value(key, name);
}

std::string_view name_of(Engine engine) {
  return engines[engine];
}

Engine engine_from_name(std::string_view key, std::string_view name) {
  return engines.value(key, name);
}

bool has_control_variates(const Network& network, Engine engine) {
  return has_known_means(network.activation()) && engine != Engine::direct &&
         network.is_uniform() && network.has_one_width() && network.has_plain_inputs();
}

std::string_view name_of(PredictionKind kind) {
  return prediction_kinds[kind];
}

PredictionKind prediction_kind_from_name(std::string_view key, std::string_view name) {
  return prediction_kinds.value(key, name);
}

void require_control_variates(const Network& network, Engine engine) {
  const auto activation = network.activation();
  if (!has_known_means(activation)) {
    refuse_variance_reduction(
        fmt::format("must be false for network.activation = {}: the means that control variates "
                    "need are known for \"thresholded-relu\" and \"relu\"",
                    in_quotes(network.activation_name())));
  }
  if (engine == Engine::direct) {
    refuse_variance_reduction(
        "must be false for simulation.engine = \"direct\": only \"collapsed\" knows the kernel "
        "that "
        "a layer is drawn with");
  }
}

void require_simulation(const Network& network, const Experiment::Simulation& simulation,
                        const KindSpec::Takes& takes) {
  check(simulation, takes);
  check_together(network, simulation, takes);
}

Experiment::Experiment(Options options) : options_(std::move(options)) {
  if (!options_.kind) throw InputError("study.kind: is missing");
  check(options_.study);
  options_.inputs.validate();
  require_simulation(options_.network, options_.simulation, options_.kind->takes());
  check(options_.compare, *options_.kind);
  options_.kind->check(*this);
  check_is_read(options_);
}

}  // namespace wideproof::model
