// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include <wideproof/model/activation.hpp>
#include <wideproof/model/nonlinearity/pointwise.hpp>

namespace wideproof::model {

/// An activation, and which function it applies if it is pointwise.
struct ActivationChoice {
  Activation activation = Activation::thresholded_relu;
  Function function = Function::gelu;
};

/// The name in an experiment file: "thresholded-relu", "gelu", "thresholded-gelu", …
std::string name_of(const ActivationChoice& choice);

/// Inverse of name_of: with the prefix "thresholded-", φ(h − t) of any function. Throws InputError
/// naming `key` and every known name.
ActivationChoice activation_from_name(std::string_view key, std::string_view name);

}  // namespace wideproof::model
