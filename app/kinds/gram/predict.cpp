// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/predict.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

#include <fmt/format.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/experiment/experiment_paths.hpp>
#include <wideproof/app/kinds/gram/gram_simulation.hpp>
#include <wideproof/app/kinds/gram/predicted_gram.hpp>
#include <wideproof/app/kinds/gram/prepared_gram.hpp>
#include <wideproof/app/kinds/gram/user_prediction.hpp>
#include <wideproof/app/study/network_text.hpp>
#include <wideproof/app/study/run_files.hpp>
#include <wideproof/app/system/diagnostics.hpp>
#include <wideproof/compare/matrices/entry.hpp>
#include <wideproof/compare/number_text.hpp>
#include <wideproof/report/gram/likeness_words.hpp>
#include <wideproof/report/gram/words.hpp>
#include <wideproof/report/page/wrapped_item.hpp>
#include <wideproof/theory/fluctuations/needed_width.hpp>
#include <wideproof/theory/fluctuations/norm_law.hpp>
#include <wideproof/theory/kernels/pointwise_kernel.hpp>
#include <wideproof/theory/recursion/correlation_map.hpp>

namespace wideproof::app {
namespace {

/// The numbers off the diagonal of a symmetric matrix of two rows or more, summed up.
struct OffDiagonal {
  double least = 0.0;
  double mean = 0.0;
  double most = 0.0;

  explicit OffDiagonal(const Eigen::MatrixXd& matrix) {
    const auto count = matrix.rows();
    least = most = matrix(0, 1);
    for (Eigen::Index b = 0; b < count; ++b) {
      for (Eigen::Index a = 0; a < b; ++a) {
        least = std::min(least, matrix(a, b));
        most = std::max(most, matrix(a, b));
        mean += matrix(a, b) * 2.0 / static_cast<double>(count * (count - 1));
      }
    }
  }
};

/// How the kernel of a function of one neuron is computed, and how well: what two rules of
/// quadrature are apart by, the most over the layers.
std::string kernel_text(const PreparedGram& study) {
  const auto& network = study.experiment.network();
  double largest = 0;
  for (const auto& layer : study.theory.layers) {
    const auto error =
        theory::quadrature_error(network.function(), network.shared_nonlinearity(),
                                 study.theory.tau, layer.preactivation.diagonal().maxCoeff());
    if (!error) return "in closed form";
    largest = std::max(largest, *error);
  }
  return fmt::format("by quadrature, relative error {:.1g}", largest);
}

/// Of layers that differ, what each is.
void print_layers(const PreparedGram& study) {
  const auto& network = study.experiment.network();
  fmt::print("{:>5}  {:>15}  {:>13}  {}\n", "layer", "weight variance", "bias variance",
             "activation");
  for (std::int64_t layer = 1; layer <= network.depth(); ++layer) {
    const bool is_first = layer == 1;
    const auto& from = network.like_layer(is_first ? 1 : layer - 1);
    fmt::print(
        "{:>5}  {:>15.6g}  {:>13.6g}  {}\n", layer,
        is_first ? network.input_weight_variance() : study.theory.weight_variance_from(layer - 1),
        is_first ? network.input_bias_variance() : from.bias_variance(),
        network_text(network.like_layer(layer)));
  }
}

void print_limit(const PreparedGram& study) {
  const auto& theory = study.theory;
  fmt::print("{}", report::wrapped_lines(fmt::format(
                       "{}: {} input{} ({})", study.experiment.study().name, study.inputs.count(),
                       study.inputs.count() == 1 ? "" : "s", study.inputs.source())));
  if (theory.tau) {
    fmt::print("threshold tau               {:.6g}\n", *theory.tau);
    fmt::print("gram_scale k_tau(1)         {:.6g}\n", theory.gram_scale);
  }
  const auto& network = study.experiment.network();
  if (network.is_uniform()) {
    fmt::print("weight variance             {:.6g}{}\n", theory.weight_variance,
               network.weight_variance() ? "" : " (critical)");
    if (network.function().function == model::Function::expression &&
        model::is_pointwise(network.activation()))
      fmt::print("activation                  {}\n", network_text(network));
    if (model::is_pointwise(network.activation()))
      fmt::print("kernel                      {}\n", kernel_text(study));
  } else {
    print_layers(study);
  }
  fmt::print("degree of correlation m     {:.6g}\n", theory.degree_of_correlation);
  if (theory.critical_degree_of_correlation) {
    fmt::print("critical degree m*          {:.6g}\n", *theory.critical_degree_of_correlation);
  }
  if (const auto map = theory::correlation_map(study.experiment.network())) {
    fmt::print("slope χ of c → c′ at c = 1  {:.6g}\n", map->slope_at_one());
    fmt::print("correlations of h tend to   {:.6g}\n", map->fixed_point());
  }
  const auto& asked = study.experiment.compare();
  if (!asked.predicts_theory())
    fmt::print("\n{}", report::wrapped_lines(
                           fmt::format("This is of the theory, not of {}.", asked.prediction)));
  fmt::print("\n{}",
             report::wrapped_lines(fmt::format("The norm is {}.", report::norm_in_words(theory))));
  fmt::print("{:>5}  {:>10}  {:>10}  {:>32}\n", "layer", "norm", "active",
             "correlation: least, mean, most");
  for (std::size_t l = 0; l < theory.layers.size(); ++l) {
    const auto& layer = theory.layers[l];
    fmt::print("{:>5}  {:>10.6g}  {:>10.4g}", l + 1, layer.gram.diagonal().mean(),
               layer.active_fraction);
    if (layer.correlation.rows() > 1) {
      const OffDiagonal correlation(layer.correlation);
      fmt::print("  {:>10.6f} {:>10.6f} {:>10.6f}", correlation.least, correlation.mean,
                 correlation.most);
    }
    fmt::print("\n");
  }
}

/// How far the user's own matrices are from the theory's.
void print_own_prediction(const PreparedGram& study) {
  const auto& asked = study.experiment.compare();
  const bool of_gram = asked.prediction_kind != model::PredictionKind::correlation;
  const auto quantity = of_gram ? compare::Quantity::gram : compare::Quantity::correlation;
  const bool of_kernels = asked.prediction_kind == model::PredictionKind::kernel;
  fmt::print("\n{}{:>5}  {:>13}  {:>10}  {:>10}  {}\n",
             report::wrapped_lines(fmt::format("Largest |mine − theory| of {}{}:", asked.prediction,
                                               of_kernels ? ", kernels, as Gram matrices" : "")),
             "layer", "mine − theory", "mine", "theory", "entry");
  for (std::size_t l = 0; l < study.prediction.size(); ++l) {
    const auto& mine = study.prediction[l].gram;
    const auto& theory = of_gram ? study.theory.layers[l].gram : study.theory.layers[l].correlation;
    compare::Entry farthest{quantity, 0, of_gram ? 0 : 1};
    for (const auto& entry : compare::distinct_entries(quantity, mine.rows())) {
      const auto distance = [&](const compare::Entry& at) {
        return std::abs(mine(at.row, at.column) - theory(at.row, at.column));
      };
      if (distance(entry) > distance(farthest)) farthest = entry;
    }
    const auto& [of, a, b] = farthest;
    fmt::print("{:>5}  {:>13.3g}  {:>10.6g}  {:>10.6g}  {}\n", l + 1, mine(a, b) - theory(a, b),
               mine(a, b), theory(a, b), name_of(farthest));
  }
  const auto likeness = likeness_of(study.experiment, study.theory, study.prediction);
  if (const auto words = report::in_words(likeness); !words.empty())
    fmt::print("{}", report::wrapped_item(words));
}

std::string or_dash(const Eigen::MatrixXd& matrix, double value) {
  return matrix.size() > 0 ? fmt::format("{:.4g}", value) : "-";
}

/// What finite networks are predicted to do, to first order in 1/n.
void print_fluctuation(const model::Fluctuation& fluctuation) {
  if (fluctuation.layers.empty()) {
    fmt::print("\n{}", report::wrapped_lines(fluctuation.not_derived));
    return;
  }
  fmt::print(
      "\n{}{:>5}  {:>11}  {:>23}  {:>12}  {:>12}  {:>7}\n",
      report::wrapped_lines(
          "One network of width n, to first order in 1/n. G_aa: entries of the Gram matrix's "
          "diagonal, their mean over inputs; c_ab: correlations; n_eff/n: effective "
          "independent neurons per neuron."),
      "layer", "n Var(G_aa)", "n Var(c_ab): mean, most", "n bias(G_aa)", "n bias(c_ab)", "n_eff/n");
  for (std::size_t l = 0; l < fluctuation.layers.size(); ++l) {
    const auto& layer = fluctuation.layers[l];
    const bool has_pairs = layer.gram_variance.rows() > 1;
    const auto& bias = layer.correlation_bias;
    fmt::print("{:>5}  {:>11.4g}", l + 1, layer.gram_variance.diagonal().mean());
    if (has_pairs) {
      const OffDiagonal variance(layer.correlation_variance);
      fmt::print("  {:>11.4g} {:>11.4g}", variance.mean, variance.most);
    } else {
      fmt::print("  {:>23}", "-");
    }
    fmt::print("  {:>12}  {:>12}  {:>7.4g}\n",
               or_dash(layer.gram_bias,
                       layer.gram_bias.size() > 0 ? layer.gram_bias.diagonal().mean() : 0.0),
               has_pairs && bias.size() > 0 ? or_dash(bias, OffDiagonal(bias).mean) : "-",
               layer.effective_neurons);
  }
}

/// What norms do at a width, where they multiply from layer to layer.
void print_norms(const model::Experiment& experiment) {
  const auto law = theory::NormLaw::of(experiment.network());
  if (!law) return;
  const auto depth = experiment.network().depth();
  const auto width = experiment.simulation().widths.front();
  fmt::print("\n{}", report::wrapped_lines(fmt::format(
                         "The norm q multiplies from layer to layer: at width {} and layer {} its "
                         "mean is {:.5g} q∞ and its mean square {:.5g} q∞², q∞ being the norm of "
                         "infinite width",
                         width, depth, law->mean(width, depth), law->second_moment(width, depth))));
}

void print_needed_width(const model::Fluctuation& fluctuation, double within, double confidence) {
  const auto needed = theory::needed_width(fluctuation, within, confidence);
  if (!needed) return;
  fmt::print("\n{}", report::wrapped_lines(fmt::format(
                         "n ≥ {} keeps every correlation of one network within {} of its limit in "
                         "{:.6g}% of networks",
                         compare::with_commas(needed->width), within, 100 * confidence)));
  fmt::print("{}", report::wrapped_lines(fmt::format(
                       "(the pair that needs the largest width: inputs {} and {} at layer {}{})",
                       needed->a + 1, needed->b + 1, needed->layer,
                       needed->includes_bias ? "" : "; without the bias, which is not predicted")));
}

}  // namespace

int predict_gram(const model::Experiment& experiment, const RunOptions& options) {
  const auto study = prepare_gram(experiment);
  for (const auto& warning : study.log.warnings) say(warning);
  if (options.out) {
    // Without any measurement: theory and prediction.
    announce_results(size_of_results(study, 0));
    const RunFolder folder(*options.out);
    const auto lock = folder.lock();
    folder.claim(to_toml(study.experiment, folder.path()), options.if_taken,
                 RunFolder::Resumes::no);
    write_prediction(folder, study);
  }
  if (!options.quiet) {
    print_limit(study);
    if (!study.experiment.compare().predicts_theory()) print_own_prediction(study);
    print_fluctuation(study.theory.fluctuation);
    if (!study.theory.fluctuation.layers.empty()) print_norms(study.experiment);
    print_needed_width(study.theory.fluctuation, options.within, options.confidence);
  }
  return 0;
}

}  // namespace wideproof::app
