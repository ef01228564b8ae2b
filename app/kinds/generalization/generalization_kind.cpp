// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/generalization/generalization_kind.hpp>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/experiment/inputs_format.hpp>
#include <wideproof/app/kinds/generalization/generalization_run.hpp>
#include <wideproof/app/kinds/generalization/generalization_tables.hpp>
#include <wideproof/app/kinds/generalization/generalization_template.hpp>
#include <wideproof/app/kinds/generalization/judged_generalization.hpp>
#include <wideproof/app/kinds/generalization/regression_results.hpp>
#include <wideproof/compare/generalization/sweep_numbers.hpp>
#include <wideproof/report/generalization/sweep_words.hpp>

namespace wideproof::app {
namespace {

using model::GeneralizationSpec;

class GeneralizationKind final : public StudyKind {
 public:
  std::string_view name() const override { return GeneralizationSpec().name(); }
  std::string_view experiment_template() const override { return generalization_template(); }
  model::Experiment::Options defaults() const override { return GeneralizationSpec::defaults(); }
  std::vector<std::string_view> tables() const override { return {"generalization", "targets"}; }
  std::vector<DecidingKey> deciding_keys() const override {
    return {{{"targets", "source"}, "source", name_of(model::TargetSpec().source), targets_read}};
  }
  std::vector<std::string_view> paths() const override { return {"targets.file"}; }
  std::shared_ptr<const model::KindSpec> read(TableReader& file) const override {
    return read_generalization(file);
  }
  toml::table write(const model::KindSpec& spec) const override {
    return write_generalization(dynamic_cast<const GeneralizationSpec&>(spec));
  }

  std::unique_ptr<StudyRun> prepare(const model::Experiment& experiment,
                                    SharedData& shared) const override {
    const auto& targets = model::generalization_of(experiment).targets;
    const auto data = shared.get<RegressionData>(
        "regression data of " + inputs_part(experiment) + text_of(targets_table(targets)),
        [&] { return std::make_shared<RegressionData>(experiment); });
    return std::make_unique<GeneralizationRun>(experiment, data);
  }

  JudgedStudy recall(const FinishedRun& run, const std::string& results,
                     const OnStage&) const override {
    return judge_generalization(run.experiment, run.record.inputs,
                                read_measurement(results, run.experiment));
  }

  Claimable claimable(const model::Experiment& experiment) const override;
  report::SweepWords sweep_words(const model::Experiment& first) const override {
    return report::generalization_sweep_words(first);
  }
};

StudyKind::Claimable GeneralizationKind::claimable(const model::Experiment& experiment) const {
  const auto& regression = model::generalization_of(experiment).regression;
  Claimable claimable;
  if (regression.split != model::RegressionSpec::Split::alternate)
    claimable.needed_for_exact = "generalization.split = \"alternate\"";
  claimable.numbers =
      compare::planned_error_numbers(regression.training_points, experiment.simulation().widths);
  return claimable;
}

}  // namespace

const StudyKind& generalization_kind() {
  static const GeneralizationKind kind;
  return kind;
}

}  // namespace wideproof::app
