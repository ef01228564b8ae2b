// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace wideproof::app {

/// What `wideproof init tangent` prints.
std::string_view tangent_template();

}  // namespace wideproof::app
