// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <string>

#include <wideproof/app/kinds/generalization/regression_runner.hpp>
#include <wideproof/app/study/study_run.hpp>

namespace wideproof::app {

/// Makes runs of experiments that have much in common: data is loaded once for all that read the
/// same.
class StudyFactory {
 public:
  /// Throws model::InputError for what cannot be loaded or sampled.
  std::unique_ptr<StudyRun> make(const model::Experiment& experiment);

 private:
  std::map<std::string, std::shared_ptr<const RegressionData>> data_;
};

}  // namespace wideproof::app
