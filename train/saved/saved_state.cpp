// SPDX-License-Identifier: MIT
#include <wideproof/train/saved/saved_state.hpp>

#include <Eigen/Core>

namespace wideproof::train {

void put_activity(ByteWriter& writer, const model::SeenActivity& activity) {
  for (const auto* group : {&activity.training, &activity.test}) {
    writer.put(group->sparsity);
    writer.put(group->selectivity);
  }
}

model::SeenActivity get_activity(ByteReader& reader) {
  model::SeenActivity activity;
  for (auto* group : {&activity.training, &activity.test}) {
    group->sparsity = reader.get_matrix();
    group->selectivity = reader.get_matrix();
  }
  return activity;
}

void put_state(ByteWriter& writer, const model::TrainedState& state) {
  writer.put(state.outputs);
  for (const double value : {state.loss, state.test_loss, state.accuracy, state.test_accuracy,
                             state.validation_loss, state.validation_accuracy, state.regularizer,
                             state.tangent_drift, state.effective_dimension}) {
    writer.put(value);
  }
  writer.put(Eigen::MatrixXd(state.active_fractions));
  writer.put(Eigen::MatrixXd(state.degrees_of_correlation));
  put_activity(writer, state.activity);
  put_activity(writer, state.untrained);
}

model::TrainedState get_state(ByteReader& reader) {
  model::TrainedState state;
  state.outputs = reader.get_matrix();
  for (double* value : {&state.loss, &state.test_loss, &state.accuracy, &state.test_accuracy,
                        &state.validation_loss, &state.validation_accuracy, &state.regularizer,
                        &state.tangent_drift, &state.effective_dimension}) {
    *value = reader.get<double>();
  }
  state.active_fractions = reader.get_matrix().reshaped();
  state.degrees_of_correlation = reader.get_matrix().reshaped();
  state.activity = get_activity(reader);
  state.untrained = get_activity(reader);
  return state;
}

}  // namespace wideproof::train
