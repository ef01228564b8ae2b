// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include <wideproof/model/inputs/input_spec.hpp>
#include <wideproof/model/lateral_filter.hpp>
#include <wideproof/model/nonlinearity/activation_choice.hpp>

namespace wideproof::app {

// Whether an activation, a kind of filter and a source of inputs read a key of their table in an
// experiment file, such as "active_fraction" or "taps"; true of a key that hangs on no such choice.

bool reads(const model::ActivationChoice& choice, std::string_view key);
bool reads(model::LateralFilter::Kind kind, std::string_view key);
bool reads(model::InputSpec::Source source, std::string_view key);

}  // namespace wideproof::app
