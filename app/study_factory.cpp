// SPDX-License-Identifier: MIT
#include <wideproof/app/study_factory.hpp>

#include <wideproof/app/experiment_file.hpp>
#include <wideproof/app/generalization_run.hpp>
#include <wideproof/app/gram_run.hpp>

namespace wideproof::app {

std::unique_ptr<StudyRun> StudyFactory::make(const model::Experiment& experiment) {
  if (experiment.study().kind != model::StudyKind::generalization) {
    return std::make_unique<GramRun>(prepare(experiment));
  }
  auto& data = data_[data_part(experiment)];
  if (!data) data = std::make_shared<RegressionData>(experiment);
  return std::make_unique<GeneralizationRun>(experiment, data);
}

}  // namespace wideproof::app
