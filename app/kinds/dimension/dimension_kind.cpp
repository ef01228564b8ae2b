// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/dimension/dimension_kind.hpp>

#include <utility>

#include <wideproof/app/kinds/dimension/dimension_results.hpp>
#include <wideproof/app/kinds/dimension/dimension_run.hpp>
#include <wideproof/app/kinds/dimension/dimension_tables.hpp>
#include <wideproof/app/kinds/dimension/dimension_template.hpp>
#include <wideproof/app/kinds/dimension/ensemble_data.hpp>
#include <wideproof/app/kinds/dimension/judged_dimension.hpp>
#include <wideproof/app/kinds/dimension/power_of_dimension.hpp>
#include <wideproof/app/kinds/dimension/predict_dimension.hpp>
#include <wideproof/app/kinds/dimension/predicted_dimension.hpp>
#include <wideproof/compare/dimension/sweep_numbers.hpp>
#include <wideproof/model/dimension/dimension_spec.hpp>
#include <wideproof/report/dimension/words.hpp>

namespace wideproof::app {
namespace {

using model::DimensionSpec;

class DimensionKind final : public StudyKind {
 public:
  std::string_view name() const override { return DimensionSpec().name(); }
  std::string_view experiment_template() const override { return dimension_template(); }
  model::Experiment::Options defaults() const override { return DimensionSpec::defaults(); }
  std::vector<std::string_view> tables() const override { return {"network.synapses", "ensemble"}; }
  std::vector<std::string_view> left_out() const override { return {"inputs"}; }
  std::vector<DecidingKey> deciding_keys() const override {
    return {{{"network", "synapses", "learning"}, "learning", "none", learning_reads},
            {{"ensemble", "source"}, "source", "white", ensemble_reads}};
  }
  std::vector<std::string_view> paths() const override {
    return {"ensemble.file", "ensemble.images"};
  }
  std::shared_ptr<const model::KindSpec> read(TableReader& file) const override {
    return read_dimension(file);
  }
  toml::table write(const model::KindSpec& spec) const override {
    return write_dimension(dynamic_cast<const DimensionSpec&>(spec));
  }

  std::unique_ptr<StudyRun> prepare(const model::Experiment& experiment,
                                    SharedData& shared) const override {
    return std::make_unique<DimensionRun>(experiment, shared_data(experiment, shared));
  }

  JudgedStudy recall(const FinishedRun& run, const std::string& results,
                     const OnStage&) const override {
    auto found = read_dimensions(results, run.experiment);
    return judge_dimension(run.experiment, run.record.inputs, found.prediction, found.measurement,
                           std::move(found.spectra));
  }

  Claimable claimable(const model::Experiment& experiment) const override {
    Claimable claimable;
    claimable.numbers = compare::planned_dimension_numbers(
        experiment.simulation().widths, model::dimension_of(experiment).ensemble.is_data());
    return claimable;
  }

  report::SweepWords sweep_words(const model::Experiment&) const override {
    return report::dimension_sweep_words();
  }

  int predict(const model::Experiment& experiment, const RunOptions& options) const override {
    return print_dimension(experiment, options);
  }
  int power(const model::Experiment& experiment, const RunOptions& options) const override {
    return power_of_dimension(experiment, options);
  }
  StudyPrediction predicted(const model::Experiment& experiment,
                            const RunOptions& options) const override {
    return predicted_dimension(experiment, options);
  }
  std::vector<compare::SweepNumber> predicted_numbers(const model::Experiment& experiment,
                                                      SharedData& shared,
                                                      const RunOptions*) const override {
    const auto data = shared_data(experiment, shared);
    const auto prediction = predict_dimension(experiment, *data);
    if (!prediction || data->inputs) return {};
    return compare::predicted_dimension_numbers(*prediction, false);
  }

 private:
  static std::shared_ptr<const EnsembleData> shared_data(const model::Experiment& experiment,
                                                         SharedData& shared) {
    return shared.get<EnsembleData>("ensemble of " + ensemble_part(experiment),
                                    [&] { return std::make_shared<EnsembleData>(experiment); });
  }
};

}  // namespace

const StudyKind& dimension_kind() {
  static const DimensionKind kind;
  return kind;
}

}  // namespace wideproof::app
