// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/sim/measure/width_sample.hpp>

namespace wideproof::app {

/// A block's sample as bytes, and back. Numbers travel as their bits: all ranks run one program on
/// processors of one kind.
std::string to_bytes(const sim::WidthSample& sample);
sim::WidthSample read_sample(const std::string& bytes);

}  // namespace wideproof::app
