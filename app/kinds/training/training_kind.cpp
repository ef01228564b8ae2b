// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/training/training_kind.hpp>

#include <memory>

#include <wideproof/app/experiment/inputs_format.hpp>
#include <wideproof/app/kinds/training/judged_training.hpp>
#include <wideproof/app/kinds/training/power_of_training.hpp>
#include <wideproof/app/kinds/training/predict_training.hpp>
#include <wideproof/app/kinds/training/training_in_words.hpp>
#include <wideproof/app/kinds/training/training_run.hpp>
#include <wideproof/app/kinds/training/training_tables.hpp>
#include <wideproof/app/kinds/training/training_template.hpp>
#include <wideproof/compare/training/activity_sweep_numbers.hpp>
#include <wideproof/compare/training/sweep_numbers.hpp>
#include <wideproof/model/training/training_spec.hpp>
#include <wideproof/report/training/words.hpp>

namespace wideproof::app {
namespace {

using model::TrainingSpec;

class TrainingKind final : public StudyKind {
 public:
  std::string_view name() const override { return TrainingSpec().name(); }
  std::string_view experiment_template() const override { return training_template(); }
  model::Experiment::Options defaults() const override { return TrainingSpec::defaults(); }
  std::vector<std::string_view> tables() const override { return {"training", "targets", "test"}; }
  std::vector<DecidingKey> deciding_keys() const override {
    return {{{"targets", "source"}, "source", name_of(model::TargetSpec().source), targets_read},
            {{"test", "source"}, "source", name_of(model::InputSpec().source), test_reads}};
  }
  std::vector<std::string_view> paths() const override {
    return {"targets.file", "targets.test_file", "test.file", "test.images", "test.labels"};
  }
  std::shared_ptr<const model::KindSpec> read(TableReader& file) const override {
    return read_training(file);
  }
  toml::table write(const model::KindSpec& spec) const override {
    return write_training(dynamic_cast<const TrainingSpec&>(spec));
  }

  std::unique_ptr<StudyRun> prepare(const model::Experiment& experiment,
                                    SharedData& shared) const override {
    const auto loaded = shared.get<LoadedTraining>(
        "data of " + training_part(experiment),
        [&experiment] { return std::make_shared<const LoadedTraining>(experiment); });
    return std::make_unique<TrainingRun>(experiment, loaded);
  }

  JudgedStudy recall(const FinishedRun& run, const std::string& results,
                     const OnStage&) const override {
    const auto found = read_training_results(results, run.experiment);
    return judge_training(run.experiment, run.record.inputs, found.reference, found.measurement);
  }

  /// Which classes and tests there are, the data say.
  Claimable claimable(const model::Experiment& experiment) const override {
    const LoadedTraining loaded(experiment);
    const auto parts = sweep_parts(experiment, *loaded.data);
    return {compare::planned_trained_numbers(experiment.simulation().widths, parts), "",
            compare::missing_activity_numbers(parts)};
  }
  report::SweepWords sweep_words(const model::Experiment&) const override {
    return report::training_sweep_words();
  }
  int predict(const model::Experiment& experiment, const RunOptions& options) const override {
    return print_training(experiment, options);
  }
  int power(const model::Experiment& experiment, const RunOptions& options) const override {
    return power_of_training(experiment, options);
  }
  StudyPrediction predicted(const model::Experiment& experiment, const RunOptions&) const override {
    return predicted_training(experiment);
  }
};

}  // namespace

const StudyKind& training_kind() {
  static const TrainingKind kind;
  return kind;
}

}  // namespace wideproof::app
