// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/model/network.hpp>
#include <wideproof/model/prediction.hpp>
#include <wideproof/sim/layers/sampled_law.hpp>

namespace wideproof::app {

/// The law of the networks that `theory` is about.
sim::SampledLaw sampled_law(const model::Network& network, const model::Prediction& theory);

}  // namespace wideproof::app
