// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace wideproof::app {

/// A commented experiment file of kind "training", which runs as it stands.
std::string_view training_template();

}  // namespace wideproof::app
