// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/compare/verdict.hpp>

namespace wideproof::app {

/// The verdict's exit status: 0 agree, 1 disagree, 3 inconclusive.
int exit_status(const compare::Verdict& verdict);

}  // namespace wideproof::app
