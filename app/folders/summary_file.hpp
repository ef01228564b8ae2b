// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/app/folders/run_record.hpp>

namespace wideproof::app {

/// Takes from a summary.json what made it and how long that took, and what its inputs were. Throws
/// model::InputError naming the file.
void read_summary(const std::string& file, RunRecord& record);

}  // namespace wideproof::app
