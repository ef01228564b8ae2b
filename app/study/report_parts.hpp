// SPDX-License-Identifier: MIT
#pragma once

namespace wideproof::app {

/// What is written of a finished study.
enum class ReportParts {
  all,
  tables,  ///< no figures and no page: `wideproof report` makes them when they are asked for
};

}  // namespace wideproof::app
