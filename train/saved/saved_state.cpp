// SPDX-License-Identifier: MIT
#include <wideproof/train/saved/saved_state.hpp>

namespace wideproof::train {

void put_state(ByteWriter& writer, const model::TrainedState& state) {
  writer.put(state.outputs);
  for (const double value : {state.loss, state.test_loss, state.accuracy, state.test_accuracy,
                             state.tangent_drift, state.effective_dimension}) {
    writer.put(value);
  }
  writer.put(Eigen::MatrixXd(state.active_fractions));
  writer.put(Eigen::MatrixXd(state.degrees_of_correlation));
}

model::TrainedState get_state(ByteReader& reader) {
  model::TrainedState state;
  state.outputs = reader.get_matrix();
  for (double* value : {&state.loss, &state.test_loss, &state.accuracy, &state.test_accuracy,
                        &state.tangent_drift, &state.effective_dimension}) {
    *value = reader.get<double>();
  }
  state.active_fractions = reader.get_matrix().reshaped();
  state.degrees_of_correlation = reader.get_matrix().reshaped();
  return state;
}

}  // namespace wideproof::train
