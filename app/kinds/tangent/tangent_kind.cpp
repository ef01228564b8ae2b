// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/tangent/tangent_kind.hpp>

#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/app/kinds/gram/gram_results.hpp>
#include <wideproof/app/kinds/tangent/judged_tangent.hpp>
#include <wideproof/app/kinds/tangent/power_of_tangent.hpp>
#include <wideproof/app/kinds/tangent/predict_tangent.hpp>
#include <wideproof/app/kinds/tangent/tangent_run.hpp>
#include <wideproof/app/kinds/tangent/tangent_table.hpp>
#include <wideproof/app/kinds/tangent/tangent_template.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/report/tangent/words.hpp>

namespace wideproof::app {
namespace {

using model::TangentSpec;

class TangentKind final : public StudyKind {
 public:
  std::string_view name() const override { return TangentSpec().name(); }
  std::string_view experiment_template() const override { return tangent_template(); }
  model::Experiment::Options defaults() const override { return TangentSpec::defaults(); }
  std::vector<std::string_view> tables() const override { return {"tangent"}; }
  std::shared_ptr<const model::KindSpec> read(TableReader& file) const override {
    return std::make_shared<TangentSpec>(read_tangent(file));
  }
  toml::table write(const model::KindSpec& spec) const override {
    return write_tangent(dynamic_cast<const TangentSpec&>(spec).tangent);
  }

  std::unique_ptr<StudyRun> prepare(const model::Experiment& experiment,
                                    SharedData&) const override {
    return std::make_unique<TangentRun>(prepare_tangent(experiment));
  }

  JudgedStudy recall(const FinishedRun& run, const std::string& results,
                     const OnStage& on_stage) const override {
    auto found = std::make_shared<const compare::GramResults>(read_results(results));
    if (found->measurement.empty() || found->prediction.size() != stack_of(run.experiment).size()) {
      throw model::InputError("results", model::in_quotes(results),
                              "does not hold a measurement of these tangent kernels");
    }
    return judge_tangent(run.experiment, run.record.inputs, std::move(found), on_stage).study;
  }

  bool holds_run(const std::string& results) const override {
    return Hdf5Reader("results", results).holds("/measurement");
  }

  report::SweepWords sweep_words(const model::Experiment&) const override {
    return report::tangent_sweep_words();
  }

  int predict(const model::Experiment& experiment, const RunOptions& options) const override {
    return print_tangent(experiment, options);
  }
  int power(const model::Experiment& experiment, const RunOptions& options) const override {
    return power_of_tangent(experiment, options);
  }
  StudyPrediction predicted(const model::Experiment& experiment, const RunOptions&) const override {
    return predicted_tangent(experiment);
  }
  std::vector<compare::SweepNumber> predicted_numbers(const model::Experiment& experiment,
                                                      SharedData& shared,
                                                      const RunOptions*) const override {
    return predicted_numbers_of_tangent(experiment, shared);
  }
};

}  // namespace

const StudyKind& tangent_kind() {
  static const TangentKind kind;
  return kind;
}

}  // namespace wideproof::app
