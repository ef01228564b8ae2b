// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/study_factory.hpp>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/kinds/generalization/generalization_run.hpp>
#include <wideproof/app/kinds/gram/gram_run.hpp>

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
