// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace wideproof::app {

/// A commented experiment file of a study's kind: what `wideproof init` prints. The one of kind
/// "gram" is the built-in experiment too. Throws model::InputError for an unknown kind.
std::string experiment_template(std::string_view kind);

}  // namespace wideproof::app
