// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace wideproof::app {

/// What `wideproof init samples` prints.
std::string_view samples_template();

}  // namespace wideproof::app
