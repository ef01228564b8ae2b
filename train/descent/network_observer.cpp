// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/network_observer.hpp>

#include <algorithm>
#include <memory>
#include <utility>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/index_select.h>

#include <wideproof/sim/numeric/to_tensor.hpp>
#include <wideproof/sim/random/random_order.hpp>
#include <wideproof/train/activity/hidden_activity.hpp>
#include <wideproof/train/descent/hidden_statistics.hpp>
#include <wideproof/train/descent/tangent_kernel.hpp>
#include <wideproof/train/descent/weight_correlation.hpp>

namespace wideproof::train {
namespace {

at::Tensor index_of(const std::vector<std::int64_t>& rows) {
  return at::from_blob(const_cast<std::int64_t*>(rows.data()),
                       {static_cast<std::int64_t>(rows.size())}, at::kLong);
}

}  // namespace

at::Tensor select_rows(const at::Tensor& all, const std::vector<std::int64_t>& rows) {
  const auto breaks = [](std::int64_t a, std::int64_t b) { return b != a + 1; };
  if (std::adjacent_find(rows.begin(), rows.end(), breaks) == rows.end()) {
    return all.narrow(0, rows.front(), static_cast<std::int64_t>(rows.size()));
  }
  return at::index_select(all, 0, index_of(rows));
}

NetworkObserver::NetworkObserver(const TrainingPlan& plan, const sim::NetworkId& id,
                                 WorkerTeam& team)
    : plan_(plan), id_(id), team_(team) {}

void NetworkObserver::push(
    NetworkPass& pass, const NetworkParameters& parameters, const at::Tensor& inputs,
    Eigen::MatrixXd& outputs,
    const std::function<void(const std::vector<std::int64_t>&)>& visit) const {
  const auto& data = *plan_.data;
  outputs.resize(data.points(), data.outputs());
  for (const auto* group : {&data.training, &data.validation, &data.test}) {
    for (std::size_t first = 0; first < group->size();
         first += static_cast<std::size_t>(TrainingPlan::looked_at_once)) {
      const auto count =
          std::min(static_cast<std::size_t>(TrainingPlan::looked_at_once), group->size() - first);
      const auto begin = group->begin() + static_cast<std::ptrdiff_t>(first);
      const std::vector<std::int64_t> rows(begin, begin + static_cast<std::ptrdiff_t>(count));
      const auto f =
          sim::to_matrix(pass.forward(parameters, select_rows(inputs, rows)).to(at::kDouble));
      for (std::size_t i = 0; i < count; ++i) {
        outputs.row(rows[i]) = f.row(static_cast<Eigen::Index>(i));
      }
      visit(rows);
    }
  }
}

NetworkObserver::Seen NetworkObserver::look(NetworkPass& pass, const NetworkParameters& parameters,
                                            std::int64_t step, at::Tensor* features) const {
  const auto widths = plan_.widths();
  const auto signs = activity_signs(plan_.law.hidden.network);
  HiddenStatistics statistics(plan_.training_inputs(), widths, plan_.dtype, signs, team_);
  if (features) *features = at::empty({plan_.data->points(), widths.back()}, plan_.dtype);
  const auto& data = *plan_.data;
  const auto activity_of = [&](const std::vector<Eigen::Index>& rows, std::int64_t group) {
    const auto order = sim::random_order(stream_name(id_, sim::Purpose::labels, group), step,
                                         static_cast<std::int64_t>(rows.size()));
    return std::make_unique<HiddenActivity>(data, rows, order, widths, signs);
  };
  const auto of_training = activity_of(data.training, 0);
  const auto of_test = activity_of(data.test, 1);
  Seen seen;
  std::int64_t left = plan_.training_inputs();
  auto before_test = left + static_cast<std::int64_t>(data.validation.size());
  push(pass, parameters, plan_.inputs, seen.outputs, [&](const std::vector<std::int64_t>& rows) {
    if (left > 0) statistics.add(pass);
    HiddenActivity* const activity =
        left > 0 ? of_training.get() : (before_test > 0 ? nullptr : of_test.get());
    for (std::int64_t layer = 0; activity != nullptr && layer < pass.hidden(); ++layer) {
      activity->add(layer, pass.activations(static_cast<std::size_t>(layer)));
    }
    left -= static_cast<std::int64_t>(rows.size());
    before_test -= static_cast<std::int64_t>(rows.size());
    if (!features) return;
    features->index_copy_(0, index_of(rows),
                          pass.activations(static_cast<std::size_t>(pass.hidden() - 1)));
  });
  seen.hidden = {statistics.active_fractions(),
                 statistics.effective_dimension(),
                 degrees_of_correlation(parameters, plan_.law.hidden.network, plan_.options, team_),
                 {of_training->activity(), of_test->activity()}};
  return seen;
}

Eigen::MatrixXd NetworkObserver::read_out(NetworkPass& pass, const NetworkParameters& readout,
                                          const at::Tensor& features) const {
  Eigen::MatrixXd outputs;
  push(pass, readout, features, outputs, [](const auto&) {});
  return outputs;
}

Eigen::MatrixXd NetworkObserver::tangent(NetworkPass& pass, const NetworkParameters& parameters,
                                         const at::Tensor& inputs) const {
  const auto& rows = plan_.data->training;
  return tangent_kernel(pass, parameters,
                        select_rows(inputs, std::vector<std::int64_t>(rows.begin(), rows.end())));
}

}  // namespace wideproof::train
