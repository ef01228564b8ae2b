// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace wideproof::app {

/// The command line as a shell takes it, --force left out and --resume added: what goes on with the
/// run that this command began. Words that a shell would change are quoted; what came through
/// standard input is `< FILE`.
std::string resume_command(int argc, const char* const* argv);

}  // namespace wideproof::app
