// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/model/training/training_measurement.hpp>
#include <wideproof/train/saved/saved_bytes.hpp>

namespace wideproof::train {

/// What hidden layers showed, among what a stopped training saves, and back. Reading throws what
/// ByteReader throws.
void put_activity(ByteWriter& writer, const model::SeenActivity& activity);
model::SeenActivity get_activity(ByteReader& reader);

/// A recorded state among what a stopped training saves, and back. Reading throws what ByteReader
/// throws.
void put_state(ByteWriter& writer, const model::TrainedState& state);
model::TrainedState get_state(ByteReader& reader);

}  // namespace wideproof::train
