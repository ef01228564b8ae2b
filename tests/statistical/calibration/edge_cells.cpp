// SPDX-License-Identifier: MIT
#include "edge_cells.hpp"

#include <cmath>
#include <ctime>

#include <fmt/format.h>

#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/sim/measure/monte_carlo.hpp>
#include <wideproof/theory/fluctuations/fluctuation.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

namespace wideproof::testing {
namespace {

using compare::Outcome;
using model::Activation;
using model::LateralFilter;
using model::ThresholdRule;

/// A point on the sphere at 1 − c = `deficit` from the first axis, along the axis `towards`.
Eigen::RowVectorXd at_deficit(double deficit, Eigen::Index towards, Eigen::Index dimension) {
  Eigen::RowVectorXd x = Eigen::RowVectorXd::Zero(dimension);
  x[0] = 1 - deficit;
  x[towards] += std::sqrt(deficit * (2 - deficit));
  return x;
}

/// Inputs at the given deficits from the first axis, each along an axis of its own.
model::Inputs inputs_at(const std::vector<double>& deficits) {
  const auto count = static_cast<Eigen::Index>(deficits.size());
  Eigen::MatrixXd rows(count, count + 1);
  for (Eigen::Index a = 0; a < count; ++a)
    rows.row(a) = at_deficit(deficits[static_cast<std::size_t>(a)], a + 1, count + 1);
  return {"edges", rows};
}

model::Inputs rows_of(const Eigen::MatrixXd& rows) {
  return {"edges", rows};
}

/// Two of one direction, a third apart.
model::Inputs twins() {
  return rows_of(Eigen::MatrixXd{{3, 1, 1}, {0.3, 0.1, 0.1}, {1, 3, -1}});
}

std::string short_name(const model::Network::Options& network) {
  std::string name(name_of(network.activation));
  if (is_thresholded(network.activation))
    name += fmt::format(" {}, f = {}", name_of(network.threshold), network.active_fraction);
  return name + fmt::format(", depth {}", network.depth);
}

class Cells {
 public:
  EdgeCell& add(const std::string& what, const model::Network::Options& network,
                model::Inputs inputs) {
    return cells_.emplace_back(
        EdgeCell{group_, short_name(network) + ", " + what, network, std::move(inputs)});
  }

  /// A pair of that deficit and a third input at 0.4 from the first.
  EdgeCell& near(double deficit, const model::Network::Options& network) {
    auto& cell = add(fmt::format("1 − c = {:.0e}", deficit), network, inputs_at({0, deficit, 0.4}));
    if (deficit <= 1e-9) cell.dtype = model::DType::float64;
    return cell;
  }

  /// Of the cells that follow.
  void begin(const char* group) { group_ = group; }

  std::vector<EdgeCell> take() { return std::move(cells_); }

 private:
  std::string group_;
  std::vector<EdgeCell> cells_;
};

constexpr ThresholdRule rules[] = {ThresholdRule::fixed, ThresholdRule::std,
                                   ThresholdRule::quantile};

void add_near_pairs(Cells& cells) {
  cells.begin("rectifiers");
  for (const auto rule : rules) {
    for (const double deficit : {1e-1, 1e-3, 1e-4, 1e-5, 1e-7, 1e-9, 1e-14})
      cells.near(deficit, {.depth = 1, .active_fraction = 0.3, .threshold = rule});
    // Norms of deep networks with fixed thresholds vary by more than themselves in narrower ones.
    const bool is_fixed = rule == ThresholdRule::fixed;
    auto& sparse = cells.near(1e-3, {.depth = 3, .active_fraction = 0.1, .threshold = rule});
    if (is_fixed) sparse.widths = {2048, 4096, 8192, 16384};
    auto& deep =
        cells.near(1e-6, {.depth = is_fixed ? 5 : 20, .active_fraction = 0.3, .threshold = rule});
    deep.widths = {1024, 2048, 4096, 8192};
    deep.replicates = 100;
  }
  cells.begin("steps");
  for (const auto rule : {ThresholdRule::fixed, ThresholdRule::std}) {
    for (const double deficit : {1e-2, 1e-4, 1e-6, 1e-12}) {
      cells.near(deficit, {.depth = 2,
                           .activation = Activation::thresholded_step,
                           .active_fraction = 0.3,
                           .threshold = rule});
    }
  }
  // A map that tells near inputs apart: 1 − c of 10⁻⁸ is 0.2 at the fifth layer.
  const model::Network::Options deep{.depth = 5,
                                     .activation = Activation::thresholded_step,
                                     .active_fraction = 0.2,
                                     .threshold = ThresholdRule::std};
  for (const double deficit : {1e-8, 1e-11, 1e-15})
    cells.near(deficit, deep).dtype = model::DType::float64;
  cells.near(1e-11, deep).dtype = model::DType::float32;
  cells
      .add("near, ordinary and double inputs in one class", deep,
           inputs_at({0, 0, 1e-15, 1e-14, 1e-9, 1e-6, 1e-3, 0.1, 0.3, 0.5, 0.7, 1}))
      .dtype = model::DType::float64;
  cells.begin("smooth");
  for (const auto activation :
       {Activation::relu, Activation::erf, Activation::tanh, Activation::linear}) {
    for (const double deficit : {1e-2, 1e-6, 1e-11})
      cells.near(deficit, {.depth = 3, .activation = activation});
  }
}

void add_deep_maps(Cells& cells) {
  cells.begin("deep");
  const auto deep = [&](const model::Network::Options& network, std::int64_t taps) {
    auto options = network;
    options.depth = 12;
    options.presynaptic = LateralFilter::box(taps);
    auto& cell =
        cells.add(fmt::format("box of {}, circle of 3", taps), options, model::circle_inputs(3));
    cell.widths = {512, 1024, 2048, 4096};
    cell.replicates = 60;
  };
  deep({.activation = Activation::relu}, 63);
  for (const auto rule : {ThresholdRule::std, ThresholdRule::quantile})
    for (const std::int64_t taps : {25, 63})
      deep({.active_fraction = 0.3, .threshold = rule}, taps);
}

/// Odd maps tell nearly opposite inputs from opposite ones.
void add_near_opposites(Cells& cells) {
  cells.begin("opposites");
  for (const double distance : {1e-15, 1e-13, 1e-6}) {
    auto& cell = cells.add(
        fmt::format("1 + c = {:.0e}, weight variance 25", distance),
        {.depth = 20, .activation = Activation::erf, .weight_variance = 25.0},
        rows_of(Eigen::MatrixXd{{1, 0, 0}, {-1, -std::sqrt(2 * distance), 0}, {0.6, 0, 0.8}}));
    cell.dtype = model::DType::float64;
    cell.replicates = 60;
  }
}

void add_few_networks(Cells& cells) {
  cells.begin("few networks");
  for (const std::int64_t replicates : {3, 5, 10}) {
    auto& cell = cells.add(fmt::format("uniform degree 1, {} networks a width", replicates),
                           {.depth = 12,
                            .activation = Activation::relu,
                            .bias_variance = 0.05,
                            .presynaptic = LateralFilter::uniform(1.0)},
                           inputs_at({0, 1, 0.5, 0.7}));
    cell.widths = {256, 512, 1024, 2048};
    cell.replicates = replicates;
    cell.can_convict = replicates >= 10;
  }
}

void add_twins(Cells& cells) {
  cells.begin("twins");
  cells.add("twins",
            {.depth = 5,
             .activation = Activation::thresholded_step,
             .active_fraction = 0.1,
             .threshold = ThresholdRule::std},
            twins());
  cells
      .add("twins", {.depth = 20, .active_fraction = 0.01, .threshold = ThresholdRule::quantile},
           twins())
      .can_convict = false;  // one network's norm varies by a hundred times itself
  cells.add("twins, weight variance 25",
            {.depth = 20, .activation = Activation::erf, .weight_variance = 25.0}, twins());
  cells.add("twins and opposites", {.depth = 3, .active_fraction = 0.3},
            rows_of(Eigen::MatrixXd{{3, 1}, {9, 3}, {-3, -1}, {1, 2}}));
  cells.add("twins, near and ordinary pairs", {.depth = 3, .active_fraction = 0.2},
            inputs_at({0, 0, 1e-7, 1e-4, 1e-2, 0.2, 0.5, 1}));
}

void add_silent_networks(Cells& cells) {
  cells.begin("silent");
  const model::Network::Options step{.depth = 5,
                                     .activation = Activation::thresholded_step,
                                     .active_fraction = 0.1,
                                     .threshold = ThresholdRule::fixed};
  for (const std::int64_t narrowest : {64, 256}) {
    auto& cell =
        cells.add(fmt::format("one direction, from width {}", narrowest), step, inputs_at({0, 0}));
    cell.widths = {narrowest, 4 * narrowest, 16 * narrowest, 64 * narrowest};
    cell.replicates = 400;
    cell.can_convict = false;
  }
  cells.add("three apart", step, inputs_at({0, 0.2, 0.6})).can_convict = false;
  cells
      .add("three apart", {.depth = 4, .active_fraction = 0.02, .threshold = ThresholdRule::fixed},
           inputs_at({0, 0.2, 0.6}))
      .can_convict = false;
  cells.add("three apart, wide", step, inputs_at({0, 0.2, 0.6})).widths = {2048, 4096, 8192, 16384};
}

void add_filters_and_controls(Cells& cells) {
  cells.begin("filters");
  const LateralFilter box = LateralFilter::box(5);
  cells.near(1e-3, {.depth = 3, .active_fraction = 0.3, .presynaptic = box}).name += ", B box of 5";
  cells
      .near(1e-3, {.depth = 2,
                   .active_fraction = 0.3,
                   .threshold = ThresholdRule::std,
                   .postsynaptic = box})
      .name += ", A box of 5";
  cells
      .near(1e-2, {.depth = 2,
                   .active_fraction = 0.3,
                   .threshold = ThresholdRule::quantile,
                   .postsynaptic = box})
      .name += ", A box of 5";
  for (const double deficit : {1e-3, 1e-7}) {
    auto& cell = cells.near(
        deficit,
        {.depth = 3, .active_fraction = 0.3, .threshold = ThresholdRule::std, .presynaptic = box});
    cell.name += ", B box of 5, control variates";
    cell.variance_reduction = true;
  }
}

/// What a theory of another network says; see run_edge_cell().
std::vector<compare::PredictedLayer> twin_of(const EdgeCell& cell, double difference) {
  model::Network::Options other = cell.network;
  const bool has_threshold = is_thresholded(other.activation);
  if (has_threshold) {
    other.active_fraction *= 1 + difference;
  } else {
    const double variance =
        theory::predict(model::Network(other), cell.inputs.deficits()).weight_variance;
    other.weight_variance = (1 + difference) * variance;
  }
  const auto prediction = theory::predict(model::Network(other), cell.inputs.deficits());
  std::vector<Eigen::MatrixXd> grams;
  for (const auto& layer : prediction.layers) grams.push_back(layer.gram);
  if (!has_threshold && grams.size() == 1) grams.front() *= 1 + difference / 2;
  return compare::predicted_layers(grams);
}

/// What the limits' own intervals hold of a true theory; entries that are not tested have p = 1.
void count_covered(EdgeCounts& counts, const compare::LayerComparison& layer) {
  for (const auto* matrix : {&layer.gram, &layer.correlation}) {
    for (Eigen::Index a = 0; a < matrix->p.rows(); ++a) {
      for (Eigen::Index b = 0; b <= a; ++b) {
        const double error = matrix->estimate.standard_error(a, b);
        if (!(matrix->p(a, b) < 1 && error > 0)) continue;
        ++counts.entries;
        counts.covered += matrix->p(a, b) >= 0.05 ? 1 : 0;
        counts.log_standard_error += std::log(error);
      }
    }
  }
}

}  // namespace

std::vector<EdgeCell> edge_cells() {
  Cells cells;
  add_near_pairs(cells);
  add_deep_maps(cells);
  add_near_opposites(cells);
  add_few_networks(cells);
  add_twins(cells);
  add_silent_networks(cells);
  add_filters_and_controls(cells);
  return cells.take();
}

EdgeCounts run_edge_cell(const EdgeCell& cell, std::uint64_t first_seed, int runs, int threads,
                         double difference) {
  const model::Network network(cell.network);
  auto truth = theory::predict(network, cell.inputs.deficits());
  truth.fluctuation = theory::predict_fluctuation(network, truth);
  const auto predicted = compare::predicted_layers(truth);
  auto twin = twin_of(cell, difference);
  compare::describe_pairs(truth, twin);

  sim::MonteCarlo::Options options;
  options.law.network = network;
  options.law.weight_variance = truth.weight_variance;
  for (const auto& layer : truth.layers) {
    options.law.preactivation_variance.push_back(layer.preactivation(0, 0));
  }
  options.widths = cell.widths;
  options.stopping = {.replicates = cell.replicates};
  options.dtype = cell.dtype;
  options.variance_reduction = cell.variance_reduction;
  options.gram_scale = truth.gram_scale;
  options.threads = threads;
  compare::Options judging;
  compare::set_digits(judging, cell.dtype, options.engine);

  EdgeCounts counts;
  for (; counts.runs < runs; ++counts.runs) {
    options.seed = first_seed + static_cast<std::uint64_t>(counts.runs);
    const sim::MonteCarlo simulation(options, cell.inputs.vectors());
    auto state = simulation.start();
    const std::clock_t begin = std::clock();
    simulation.run(state, [](const auto&) { return true; });
    counts.cpu_seconds += static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    const auto measurement = simulation.measurement(state);
    const auto series = simulation.series(state);
    const auto judge = [&](const auto& prediction, double family_error) {
      judging.family_error = family_error;
      return compare::assess(prediction, measurement, series, judging);
    };
    const auto outcome = [&](const auto& prediction, double family_error) {
      return judge(prediction, family_error).verdict.outcome;
    };
    const auto assessment = judge(predicted, 0.01);
    for (const auto& layer : assessment.best_estimates()) count_covered(counts, layer);
    const Outcome strict = assessment.verdict.outcome;
    counts.at_1_percent += strict == Outcome::disagree ? 1 : 0;
    counts.agree += strict == Outcome::agree ? 1 : 0;
    counts.at_5_percent += outcome(predicted, 0.05) == Outcome::disagree ? 1 : 0;
    counts.twin_at_1_percent += outcome(twin, 0.01) == Outcome::disagree ? 1 : 0;
  }
  return counts;
}

}  // namespace wideproof::testing
