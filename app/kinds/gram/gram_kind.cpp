// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/gram_kind.hpp>

#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/app/kinds/gram/compared_runs.hpp>
#include <wideproof/app/kinds/gram/gram_results.hpp>
#include <wideproof/app/kinds/gram/gram_run.hpp>
#include <wideproof/app/kinds/gram/gram_template.hpp>
#include <wideproof/app/kinds/gram/judged_gram.hpp>
#include <wideproof/app/kinds/gram/power.hpp>
#include <wideproof/app/kinds/gram/predict.hpp>
#include <wideproof/app/kinds/gram/predicted_gram.hpp>
#include <wideproof/model/gram/gram_spec.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/report/gram/sweep_words.hpp>

namespace wideproof::app {
namespace {

class GramKind final : public StudyKind {
 public:
  std::string_view name() const override { return model::GramSpec().name(); }
  std::string_view experiment_template() const override { return gram_template(); }
  model::Experiment::Options defaults() const override { return model::GramSpec::defaults(); }
  std::shared_ptr<const model::KindSpec> read(TableReader&) const override {
    return std::make_shared<model::GramSpec>();
  }

  std::unique_ptr<StudyRun> prepare(const model::Experiment& experiment,
                                    SharedData&) const override {
    return std::make_unique<GramRun>(prepare_gram(experiment));
  }

  JudgedStudy recall(const FinishedRun& run, const std::string& results,
                     const OnStage& on_stage) const override {
    auto found = std::make_shared<const compare::GramResults>(read_results(results));
    if (found->measurement.empty()) {
      throw model::InputError("results", model::in_quotes(results),
                              "holds only a prediction: there is nothing to compare");
    }
    return judge_gram(run.experiment, run.record.inputs, std::move(found), on_stage).study;
  }

  bool holds_run(const std::string& results) const override {
    return Hdf5Reader("results", results).holds("/measurement");
  }

  report::SweepWords sweep_words(const model::Experiment&) const override {
    return report::gram_sweep_words();
  }

  int predict(const model::Experiment& experiment, const RunOptions& options) const override {
    return predict_gram(experiment, options);
  }
  int power(const model::Experiment& experiment, const RunOptions& options) const override {
    return power_of_gram(experiment, options);
  }
  JudgedStudy compare_runs(const ComparedRun& first, const ComparedRun& second) const override {
    return compare_gram_runs(first, second);
  }
  StudyPrediction predicted(const model::Experiment& experiment,
                            const RunOptions& options) const override {
    return predicted_gram(experiment, options);
  }
  std::vector<compare::SweepNumber> predicted_numbers(const model::Experiment& experiment,
                                                      SharedData& shared,
                                                      const RunOptions* options) const override {
    return predicted_numbers_of_gram(experiment, shared, options);
  }
};

}  // namespace

const StudyKind& gram_kind() {
  static const GramKind kind;
  return kind;
}

}  // namespace wideproof::app
