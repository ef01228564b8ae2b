// SPDX-License-Identifier: MIT
#include <wideproof/sim/controls/control_variates.hpp>

#include <cmath>
#include <utility>

#include <wideproof/sim/layers/layer_activation.hpp>

namespace wideproof::sim {
namespace {

bool has_threshold(const SampledLaw& law) {
  return model::is_thresholded(law.network.activation());
}

}  // namespace

ControlVariates::ControlVariates(SampledLaw law,
                                 std::shared_ptr<const GaussianPairTable> pair_means,
                                 const LateralConvolver& presynaptic,
                                 const LateralConvolver& postsynaptic, std::int64_t width)
    : law_(std::move(law)),
      table_(std::move(pair_means)),
      own_(table_),
      sent_(presynaptic.is_identity() ? own_ : PairSum(table_, presynaptic, postsynaptic, width)),
      sends_own_(presynaptic.is_identity()) {}

std::shared_ptr<const GaussianPairTable> ControlVariates::pair_means_of(const SampledLaw& law) {
  return std::make_shared<GaussianPairTable>(LayerActivation(law).tau());
}

double ControlVariates::fixed_norm(std::int64_t layer) const {
  if (!has_threshold(law_) || law_.network.threshold() != model::ThresholdRule::fixed) return 0;
  if (law_.preactivation_variance.empty()) return 1;
  return std::sqrt(law_.preactivation_variance.at(static_cast<std::size_t>(layer - 1)));
}

MeanGram ControlVariates::own_gram(const KernelPoint& at, std::int64_t layer) const {
  MeanGram gram(at, own_);
  gram.set_thresholds(table_->tau(), fixed_norm(layer));
  return gram;
}

MeanGram ControlVariates::sent_gram(const KernelPoint& at, std::int64_t layer,
                                    const MeanGram& own) const {
  if (sends_own_) return own;
  MeanGram gram(at, sent_);
  gram.set_thresholds(table_->tau(), fixed_norm(layer));
  return gram;
}

Eigen::ArrayXd ControlVariates::threshold_shift(const KernelPoint& at,
                                                const LayerCompanion& companion) const {
  const Eigen::ArrayXd none = Eigen::ArrayXd::Zero(at.norm.size());
  if (!has_threshold(law_)) return none;
  switch (law_.network.threshold()) {
    case model::ThresholdRule::fixed:
      return none;
    case model::ThresholdRule::std: {
      if (table_->tau() == 0) return none;
      const Eigen::ArrayXd own = companion.thresholds.square();
      const Eigen::ArrayXd expected = (table_->tau() * at.norm).square();
      return (own - expected) * at.inverse_norm / (2 * table_->tau());
    }
    case model::ThresholdRule::quantile:
      return at.norm * (companion.active_fraction - table_->active_fraction()) / table_->density();
  }
  return none;
}

Eigen::MatrixXd ControlVariates::next_kernel(const Eigen::MatrixXd& presynaptic_gram) const {
  return (law_.weight_variance * presynaptic_gram).array() + law_.network.bias_variance();
}

void NetworkControls::add_to(LayerSummary& summary, const Eigen::MatrixXd& kernel,
                             const LayerCompanion& companion) {
  const auto& law = variates_;
  const bool is_last = companion.presynaptic_gram.size() == 0;
  summary.gram_control.setZero(kernel.rows(), kernel.cols());
  summary.correlation_control.setZero(kernel.rows(), kernel.cols());
  const auto add = [&](const Eigen::MatrixXd& mean, const Eigen::MatrixXd& change) {
    summary.gram_control += change;
    summary.correlation_control += correlation_tangent(mean, change);
  };
  for (auto& path : paths_) {
    const KernelPoint at(path.kernel);
    const auto own = law.own_gram(at, summary.layer);
    add(own.mean(), own.tangent(path.direction));
    if (is_last) continue;
    const auto sent = law.sent_gram(at, summary.layer, own);
    path.direction = law.law_.weight_variance * sent.tangent(path.direction);
    path.kernel = law.next_kernel(sent.mean());
  }
  const KernelPoint at(kernel);
  const auto shift = law.threshold_shift(at, companion);
  const auto own = law.own_gram(at, summary.layer);
  add(own.mean(), companion.gram - own.at_own_thresholds() + own.response(shift));
  if (is_last) return;
  const auto sent = law.sent_gram(at, summary.layer, own);
  paths_.push_back({law.next_kernel(sent.mean()),
                    law.law_.weight_variance * (companion.presynaptic_gram -
                                                sent.at_own_thresholds() + sent.response(shift))});
}

}  // namespace wideproof::sim
