// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/model/network.hpp>

namespace wideproof::app {

/// Such as "thresholded-relu f = 0.1".
std::string network_text(const model::Network& network);

}  // namespace wideproof::app
