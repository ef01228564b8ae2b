// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/tangent/predict_tangent.hpp>

#include <memory>
#include <numeric>
#include <string>

#include <fmt/format.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/experiment/experiment_paths.hpp>
#include <wideproof/app/folders/provenance.hpp>
#include <wideproof/app/kinds/gram/gram_results.hpp>
#include <wideproof/app/kinds/gram/gram_simulation.hpp>
#include <wideproof/app/kinds/tangent/prepared_tangent.hpp>
#include <wideproof/app/study/run_files.hpp>
#include <wideproof/app/system/diagnostics.hpp>
#include <wideproof/compare/matrices/matrix_comparison.hpp>
#include <wideproof/compare/number_text.hpp>
#include <wideproof/compare/tangent/sweep_numbers.hpp>
#include <wideproof/report/page/wrapped_item.hpp>
#include <wideproof/report/tangent/summary.hpp>
#include <wideproof/theory/fluctuations/needed_width.hpp>
#include <wideproof/theory/tangent/tangent_recursion.hpp>
#include <wideproof/theory/tangent/threshold_nugget.hpp>
#include <wideproof/theory/tangent/trained_limit.hpp>

namespace wideproof::app {
namespace {

/// Milliseconds for each prediction.
constexpr Eigen::Index most_inputs_between_points = 100;

/// Mean off the diagonal, "-" of one input.
std::string mean_of_pairs(const Eigen::MatrixXd& matrix) {
  if (matrix.rows() < 2) return "-";
  const auto count = static_cast<double>(matrix.rows());
  return fmt::format("{:.6g}", (matrix.sum() - matrix.trace()) / (count * (count - 1)));
}

void print_row(const std::string& of, const Eigen::MatrixXd& gram, const Eigen::MatrixXd& tangent) {
  fmt::print("{:>7}  {:>10.6g} {:>10}  {:>12.6g} {:>12}\n", of, gram.diagonal().mean(),
             mean_of_pairs(gram), tangent.diagonal().mean(), mean_of_pairs(tangent));
}

void print(const PreparedTangent& tangent) {
  const auto& study = tangent.study;
  const auto& theory = tangent.theory;
  fmt::print("{}", report::wrapped_lines(fmt::format(
                       "{}: {} input{} ({}); trained: {}", study.experiment.study().name,
                       study.inputs.count(), study.inputs.count() == 1 ? "" : "s",
                       study.inputs.source(), name_of(tangent.options().trained))));
  fmt::print("weight variance             {:.6g}{}\n", theory.network.weight_variance,
             study.experiment.network().weight_variance() ? "" : " (critical)");
  fmt::print("variance of output weights  {:.6g}\n", theory.readout_variance);
  fmt::print("degree of correlation m     {:.6g}\n\n", theory.network.degree_of_correlation);
  fmt::print("Gram matrices and tangent kernels: mean of diagonal, mean over pairs\n");
  fmt::print("{:>7}  {:>21}  {:>25}\n", "layer", "Gram", "tangent kernel");
  for (std::size_t l = 0; l < theory.tangents.size(); ++l)
    print_row(std::to_string(l + 1), theory.network.layers[l].gram, theory.tangents[l]);
  print_row("output", theory.output_kernel, theory.output_tangent);
  const auto inputs = theory.output_tangent.rows();
  std::vector<Eigen::Index> all(static_cast<std::size_t>(inputs));
  std::iota(all.begin(), all.end(), 0);
  const theory::TrainedLimit limit(theory.output_tangent, theory.output_kernel, all,
                                   Eigen::MatrixXd::Zero(inputs, 1));
  fmt::print(
      "\n{}",
      report::wrapped_lines(fmt::format(
          "Gradient descent on the squared error of these inputs, 1/2 sum (f - y)^2, "
          "is stable below a step of 2/lambda_max = {:.5g}; eigenvalues of the "
          "output's tangent kernel from {:.4g} to {:.4g}.",
          limit.critical_step_size(), limit.eigenvalues()[0], limit.eigenvalues()[inputs - 1])));
}

/// What one network does around the limit, to first order in 1/n, and the width that this asks for.
void print_fluctuation(const PreparedTangent& tangent, const RunOptions& options) {
  if (!tangent.not_derived.empty()) {
    fmt::print("\n{}", report::wrapped_lines(tangent.not_derived));
    return;
  }
  const auto& theory = tangent.theory;
  const auto& variance = theory.variances.back();
  const bool has_bias = !theory.biases.empty();
  fmt::print(
      "\n{}",
      report::wrapped_lines(fmt::format(
          "One network of width n, its output's tangent kernel: n Var(Θ_aa) = {:.4g}{}, "
          "mean over inputs.",
          variance.diagonal().mean(),
          has_bias ? fmt::format(", n bias(Θ_aa) = {:.4g}", theory.biases.back().diagonal().mean())
                   : "")));
  const Eigen::MatrixXd scale = compare::norm_scale(theory.output_tangent);
  model::LayerFluctuation relative;
  relative.correlation_variance = variance.cwiseQuotient(scale.cwiseAbs2());
  if (has_bias) relative.correlation_bias = theory.biases.back().cwiseQuotient(scale);
  const auto needed = theory::needed_width({{relative}, "", tangent.bias_not_derived},
                                           options.within, options.confidence);
  if (!needed) return;
  fmt::print("{}", report::wrapped_lines(fmt::format(
                       "Every entry lies within {:g} √(Θ_aa Θ_bb) of its limit with {} from n = {} "
                       "on{}.",
                       options.within, compare::as_percent(options.confidence), needed->width,
                       has_bias ? "" : "; without the bias, which is not predicted")));
}

void print_diagonals_without_limit(const PreparedTangent& tangent) {
  if (tangent.theory_stack.back().without_limit.size() == 0) return;
  const auto& experiment = tangent.study.experiment;
  const auto width = experiment.simulation().widths.back();
  const auto mean = theory::tangent_diagonal(experiment.network(), tangent.options(), width);
  fmt::print("\n{}", report::wrapped_lines(fmt::format(
                         "Those are of thresholds that are constants, which training follows. "
                         "Where quantiles hand on their gradients, diagonals of tangent kernels "
                         "keep a random part and have no limit: at n = {} the output's has a mean "
                         "of {:.6g}.",
                         width, mean.output)));
}

void write(const RunFolder& folder, const PreparedTangent& tangent) {
  const auto& study = tangent.study;
  const compare::GramResults results{study.theory, study.prediction, {}, {}};
  auto made_by = provenance();
  made_by.threads = 1;
  const auto resolved = to_toml(study.experiment, folder.path());
  const FinishedRun run{parse_experiment(resolved, "experiment", {}),
                        {sampled_part(resolved), study.input_summary(),
                         files_from(folder.path(), study.log.files), made_by}};
  folder.write("results.h5", to_hdf5(results, {}, run.record));
  folder.write(
      "summary.json",
      summary_text(run, report::tangent_summary(run.experiment, results, nullptr), nullptr));
}

}  // namespace

int print_tangent(const model::Experiment& experiment, const RunOptions& options) {
  const auto tangent = prepare_tangent(experiment);
  for (const auto& warning : tangent.study.log.warnings) say(warning);
  if (options.out) {
    announce_results(size_of_results(tangent.study, 0));
    const RunFolder folder(*options.out);
    const auto lock = folder.lock();
    folder.claim(to_toml(experiment, folder.path()), options.if_taken, RunFolder::Resumes::no);
    write(folder, tangent);
  }
  if (!options.quiet) {
    print(tangent);
    print_fluctuation(tangent, options);
    print_diagonals_without_limit(tangent);
  }
  return 0;
}

StudyPrediction predicted_tangent(const model::Experiment& experiment) {
  const auto tangent = std::make_shared<const PreparedTangent>(prepare_tangent(experiment));
  StudyPrediction predicted;
  predicted.outcome.is_judged = false;
  predicted.outcome.numbers = compare::predicted_tangent_numbers(
      tangent->theory, tangent->theory_stack.back().without_limit);
  predicted.warnings = tangent->study.log.warnings;
  predicted.write = [tangent](const RunFolder& folder) { write(folder, *tangent); };
  return predicted;
}

std::vector<compare::SweepNumber> predicted_numbers_of_tangent(const model::Experiment& experiment,
                                                               SharedData& shared) {
  if (!experiment.compare().predicts_theory()) return {};
  const auto inputs =
      shared.get<model::Inputs>("inputs of " + inputs_part(experiment), [&experiment] {
        return std::make_shared<const model::Inputs>(model::load_inputs(experiment.inputs()));
      });
  if (inputs->count() > most_inputs_between_points) return {};
  return compare::predicted_tangent_numbers(
      theory::predict_tangent(experiment.network(), inputs->deficits(),
                              model::tangent_of(experiment).tangent),
      tangents_without_limit(experiment, *inputs));
}

}  // namespace wideproof::app
