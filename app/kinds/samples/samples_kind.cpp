// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/samples/samples_kind.hpp>

#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/app/kinds/gram/gram_results.hpp>
#include <wideproof/app/kinds/samples/judged_samples.hpp>
#include <wideproof/app/kinds/samples/samples_run.hpp>
#include <wideproof/app/kinds/samples/samples_table.hpp>
#include <wideproof/app/kinds/samples/samples_template.hpp>

namespace wideproof::app {
namespace {

using model::SamplesSpec;

class SamplesKind final : public StudyKind {
 public:
  std::string_view name() const override { return SamplesSpec().name(); }
  std::string_view experiment_template() const override { return samples_template(); }
  model::Experiment::Options defaults() const override { return SamplesSpec::defaults(); }
  std::vector<std::string_view> tables() const override { return {"samples"}; }
  std::vector<std::string_view> left_out() const override {
    return {"network", "inputs", "simulation"};
  }
  std::vector<std::string_view> paths() const override {
    return {"samples.path", "samples.against", "samples.experiment"};
  }
  std::shared_ptr<const model::KindSpec> read(TableReader& file) const override {
    return read_samples(file);
  }
  toml::table write(const model::KindSpec& spec) const override {
    return write_samples(dynamic_cast<const SamplesSpec&>(spec));
  }

  std::unique_ptr<StudyRun> prepare(const model::Experiment& experiment,
                                    SharedData&) const override {
    return std::make_unique<SamplesRun>(prepare_samples(experiment));
  }

  JudgedStudy recall(const FinishedRun& run, const std::string& results,
                     const OnStage& on_stage) const override {
    return judge_samples(run.experiment, run.record.inputs,
                         std::make_shared<const compare::GramResults>(read_results(results)),
                         on_stage)
        .study;
  }

  report::SweepWords sweep_words(const model::Experiment&) const override {
    return {.compared = "prediction and samples"};
  }
};

}  // namespace

const StudyKind& samples_kind() {
  static const SamplesKind kind;
  return kind;
}

}  // namespace wideproof::app
