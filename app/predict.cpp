// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <wideproof/app/experiment_file.hpp>
#include <wideproof/app/prepared_study.hpp>
#include <wideproof/app/run_report.hpp>
#include <wideproof/app/study.hpp>

namespace wideproof::app {
namespace {

void print(const PreparedStudy& study) {
  const auto& theory = study.theory;
  fmt::print("{}: {} inputs ({})\n", study.experiment.study().name, study.inputs.count(),
             study.inputs.source());
  if (theory.tau) fmt::print("threshold tau               {:.6g}\n", *theory.tau);
  fmt::print("weight variance             {:.6g}{}\n", theory.weight_variance,
             study.experiment.network().weight_variance() ? "" : " (critical)");
  fmt::print("degree of correlation m     {:.6g}\n", theory.degree_of_correlation);
  if (theory.critical_degree_of_correlation) {
    fmt::print("critical degree m*          {:.6g}\n", *theory.critical_degree_of_correlation);
  }
  fmt::print("{:>5}  {:>10}  {:>10}  {:>32}\n", "layer", "norm", "active",
             "correlation: least, mean, most");
  for (std::size_t l = 0; l < theory.layers.size(); ++l) {
    const auto& layer = theory.layers[l];
    fmt::print("{:>5}  {:>10.6g}  {:>10.4g}", l + 1, layer.gram.diagonal().mean(),
               layer.active_fraction);
    const auto count = layer.correlation.rows();
    if (count > 1) {
      // Off the diagonal only: the diagonal is 1.
      Eigen::MatrixXd off = layer.correlation;
      off.diagonal().setConstant(2.0);
      const double least = off.minCoeff();
      off.diagonal().setConstant(-2.0);
      const double most = off.maxCoeff();
      off.diagonal().setZero();
      const double mean = off.sum() / static_cast<double>(count * (count - 1));
      fmt::print("  {:>10.6f} {:>10.6f} {:>10.6f}", least, mean, most);
    }
    fmt::print("\n");
  }
}

}  // namespace

int predict(const Command& command) {
  const auto study = prepare(command);
  if (command.out) {
    const RunFolder folder(*command.out);
    folder.claim(to_toml(study.experiment), command.if_taken);
    const Results results{study.theory, study.prediction, {}};
    folder.write("results.h5", to_hdf5(results, {}));
    folder.write("summary.json", to_summary(study.experiment, study.input_summary(), provenance(),
                                            results, nullptr));
  }
  if (!command.quiet) print(study);
  return 0;
}

}  // namespace wideproof::app
