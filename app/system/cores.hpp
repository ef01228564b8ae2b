// SPDX-License-Identifier: MIT
#pragma once

namespace wideproof::app {

/// Cores of this machine, and so threads of a program that has it to itself; from 1 to 1024.
int cores_of_this_machine();

}  // namespace wideproof::app
