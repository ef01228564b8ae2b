// SPDX-License-Identifier: MIT
#include <wideproof/sim/tangent/tangent_sampler.hpp>

#include <utility>

#include <fmt/format.h>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/sim/tangent/backward_pass.hpp>

namespace wideproof::sim {
namespace {

const SampledLaw& require_derivative(const SampledLaw& law) {
  const auto activation = law.network.activation();
  if (activation == model::Activation::sparse_projection) {
    throw model::InputError("network.activation", model::in_quotes(name_of(activation)),
                            "has gradients that are not sampled");
  }
  if (model::has_jumps(law.network)) {
    throw model::InputError("network.activation", model::in_quotes(law.network.activation_name()),
                            "jumps, and has no derivative that tells of it");
  }
  return law;
}

/// Gives layers back to their pool.
void release(std::vector<LayerTrace>& traces, LayerPool& pool) {
  for (auto& trace : traces) {
    pool.give_back(std::move(trace.preactivations));
    if (trace.presynaptic) pool.give_back(*std::move(trace.presynaptic));
  }
}

}  // namespace

TangentSampler::TangentSampler(SampledLaw law, std::int64_t width, Eigen::MatrixXd cosines,
                               at::ScalarType dtype, const model::TangentOptions& options,
                               double readout_variance, const InputCounts& counts)
    : law_(require_derivative(law)),
      cosines_(std::move(cosines)),
      dtype_(dtype),
      options_(options),
      readout_variance_(readout_variance),
      blocks_(cosines_.rows(), width),
      order_(cosines_, InputOrder::By::distances),
      parts_{LayerActivation(law_), LateralConvolver(law_.network.presynaptic(), width),
             LateralConvolver(law_.network.postsynaptic(), width), options.trained,
             options.threshold_gradient == model::ThresholdGradient::through &&
                 LayerActivation(law_).needs_whole_layer()},
      forward_(law_, width, cosines_, dtype, nullptr, counts) {
  const double most = static_cast<double>(dtype == at::kFloat ? NormalStream::float_normals
                                                              : NormalStream::double_normals);
  const auto rows = law_.network.depth() > 1 ? rows_at(2).count() : blocks_.inputs();
  if (static_cast<double>(width) * static_cast<double>(rows) > most) {
    throw model::InputError("simulation.widths", width,
                            fmt::format("{} gradients of {} inputs that pass a layer need more "
                                        "than the {:.3g} normals that a random stream holds",
                                        rows, blocks_.inputs(), most));
  }
}

GradientRows TangentSampler::rows_at(std::int64_t layer) const {
  if (!has_all_layers()) return {blocks_.inputs(), 1, false};
  return {blocks_.inputs(), law_.network.depth() - layer + 1, layer > 1};
}

void TangentSampler::sample(std::uint64_t seed, std::int64_t replicate, int threads,
                            const Visitor& visit) const {
  const double variance = law_.weight_variance;
  std::vector<Eigen::MatrixXd> factors{cosines_};
  auto traces = forward_.trace(seed, replicate, threads, [&](const LayerSummary& layer) {
    visit(layer);
    if (layer.presynaptic_gram.size() == 0) {
      factors.push_back(readout_variance_ * layer.gram);
      return;
    }
    const auto& gram =
        options_.trained == model::Trained::field ? layer.presynaptic_gram : layer.gram;
    factors.push_back((variance * gram).array() + law_.network.bias_variance());
  });
  const BackwardLaw law{law_, parts_, order_(), has_all_layers(), readout_variance_};
  BackwardPass pass(law, {seed, blocks_.width(), replicate}, traces, factors, forward_.pool(),
                    threads);
  LayerSummary shown;
  shown.layer = law_.network.depth();
  for (auto& tangent : pass()) {
    ++shown.layer;
    shown.gram = std::move(tangent);
    visit(shown);
  }
  release(traces, forward_.pool());
}

double TangentSampler::memory(int threads) const {
  const double number = dtype_ == at::kFloat ? 4 : 8;
  const auto n = static_cast<double>(blocks_.width());
  const auto p = static_cast<double>(blocks_.inputs());
  const auto depth = static_cast<double>(law_.network.depth());
  const bool filters_before = !parts_.presynaptic.is_identity();
  const bool filters = filters_before || !parts_.postsynaptic.is_identity();
  const bool stores = filters || parts_.through_thresholds;
  const double layers = depth + (filters_before ? depth - 1 : 0);
  const double probes = has_all_layers() ? depth : 1;
  const double rows = p * probes + 1;
  const double block = static_cast<double>(blocks_.block_width());
  // A block's normals, gradients, slopes and neurons; sums wait for their turn.
  const double of_thread =
      3 * number * block * (rows + 2 * p) + 8 * 12 * rows * (rows + p) + (stores ? 64 * n : 0);
  return forward_.memory(threads) + number * n * p * (layers + (stores ? probes : 0)) +
         threads * of_thread + 8 * 12 * (rows + p) * (rows + p);
}

double TangentSampler::work() const {
  const auto n = static_cast<double>(blocks_.width());
  const auto p = static_cast<double>(blocks_.inputs());
  double work = forward_.work();
  for (std::int64_t layer = 1; layer <= law_.network.depth(); ++layer) {
    const auto rows = static_cast<double>(rows_at(layer).count());
    const bool passes_on = layer > 1;
    // Sums of what arrives; then twice the normals of what goes on.
    work += n * rows * (10 + (passes_on ? p + rows : p));
    if (passes_on) work += n * rows * (90 + 2 * p + rows) + rows * rows * rows;
  }
  return work;
}

bool TangentSampler::is_large() const {
  return forward_.is_large();
}

}  // namespace wideproof::sim
