// SPDX-License-Identifier: MIT
#pragma once

namespace wideproof::app {

/// Opens what of stdin, stdout and stderr is closed, so that no file of a run takes its place: for
/// the other direction, so that reading and writing still fail. To be called first.
void keep_standard_streams();

}  // namespace wideproof::app
