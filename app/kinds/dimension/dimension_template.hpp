// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace wideproof::app {

/// A commented experiment file of this kind, which runs as it stands.
std::string_view dimension_template();

}  // namespace wideproof::app
