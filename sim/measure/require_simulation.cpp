// SPDX-License-Identifier: MIT
#include <wideproof/sim/measure/require_simulation.hpp>

#include <cmath>
#include <cstddef>
#include <string_view>

#include <fmt/format.h>

#include <wideproof/model/input_error.hpp>

namespace wideproof::sim {
namespace {

void require_positive(std::string_view key, double value) {
  if (!(value > 0 && std::isfinite(value)))
    throw model::InputError(key, value, "must be positive and finite");
}

}  // namespace

void require_simulation(const MonteCarlo::Options& options) {
  model::Experiment::Simulation simulation;
  simulation.widths = options.widths;
  simulation.replicates = options.stopping.replicates;
  if (options.stopping.precision != 0) simulation.precision = options.stopping.precision;
  simulation.variance_reduction = options.variance_reduction;
  simulation.dtype = options.dtype;
  simulation.engine = options.engine;
  model::require_simulation(options.law.network, simulation, {});
  require_positive("law.weight_variance", options.law.weight_variance);
  require_positive("gram_scale", options.gram_scale);
  const auto& variances = options.law.preactivation_variance;
  const auto depth = static_cast<std::size_t>(options.law.network.depth());
  if (!variances.empty() && variances.size() != depth)
    throw model::InputError("law.preactivation_variance",
                            fmt::format("{} numbers", variances.size()),
                            fmt::format("must be empty or one for each of {} layers", depth));
  for (std::size_t l = 0; l < variances.size(); ++l)
    require_positive(fmt::format("law.preactivation_variance[{}]", l), variances[l]);
  if (options.tangent && options.engine == model::Engine::direct)
    throw model::InputError("simulation.engine", "\"direct\"",
                            "must be \"auto\" or \"collapsed\" for tangent kernels, which are "
                            "sampled without weights");
  if (options.tangent && options.variance_reduction)
    throw model::InputError("simulation.variance_reduction", "true",
                            "must be false for tangent kernels, which have no control variates");
  if (options.threads < 1)
    throw model::InputError("threads", options.threads, "must be at least 1");
}

const Eigen::MatrixXd& require_inputs(const Eigen::MatrixXd& inputs) {
  if (inputs.rows() < 1 || inputs.cols() < 1)
    throw model::InputError("inputs", fmt::format("{} x {}", inputs.rows(), inputs.cols()),
                            "must be one input or more, each of one dimension or more");
  for (Eigen::Index a = 0; a < inputs.rows(); ++a)
    for (Eigen::Index k = 0; k < inputs.cols(); ++k)
      if (!std::isfinite(inputs(a, k)))
        throw model::InputError(fmt::format("inputs({},{})", a, k), inputs(a, k), "must be finite");
  return inputs;
}

void require_labels(const std::vector<std::int64_t>& labels, const Eigen::MatrixXd& inputs) {
  if (!labels.empty() && static_cast<Eigen::Index>(labels.size()) != inputs.rows())
    throw model::InputError(
        "labels", fmt::format("{} labels", labels.size()),
        fmt::format("must be none or one for each of the {} inputs", inputs.rows()));
}

}  // namespace wideproof::sim
