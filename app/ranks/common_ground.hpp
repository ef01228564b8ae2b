// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/app/study/study_run.hpp>

namespace wideproof::app {

/// What the ranks that share out `runs` must have in common: the program, the resolved experiment
/// or sweep, and what each run was prepared from.
Prepared common_ground(const std::string& experiment, const std::vector<const StudyRun*>& runs);

}  // namespace wideproof::app
