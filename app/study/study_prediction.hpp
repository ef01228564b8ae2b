// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <wideproof/app/folders/run_folder.hpp>
#include <wideproof/app/study/judged_study.hpp>

namespace wideproof::app {

/// What theory says of a study before anything is measured: one point of a sweep of predictions.
struct StudyPrediction {
  /// Numbers without values and lines without dots; it is not judged.
  StudyOutcome outcome;
  std::vector<std::string> warnings;  ///< what looked odd in its files
  /// Writes what the verb predict writes of it into a folder that was claimed.
  std::function<void(const RunFolder&)> write;
};

}  // namespace wideproof::app
