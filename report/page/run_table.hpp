// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>

namespace wideproof::report {

/// A CSV file of a run's folder.
struct RunTable {
  std::string name;                  ///< gram.csv
  std::string meaning;               ///< one line for the page's list of files
  std::function<std::string()> csv;  ///< makes its content
};

}  // namespace wideproof::report
