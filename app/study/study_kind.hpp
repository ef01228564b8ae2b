// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <wideproof/app/experiment/kind_format.hpp>
#include <wideproof/app/folders/compared_run.hpp>
#include <wideproof/app/folders/finished_run.hpp>
#include <wideproof/app/study/judged_study.hpp>
#include <wideproof/app/study/run_options.hpp>
#include <wideproof/app/study/shared_data.hpp>
#include <wideproof/app/study/study_prediction.hpp>
#include <wideproof/app/study/study_run.hpp>
#include <wideproof/report/sweep/sweep_words.hpp>

namespace wideproof::app {

/// A kind of study: all that the program's general part asks of it. docs/adding-a-study.md walks
/// through one.
class StudyKind : public KindFormat {
 public:
  /// Makes a run ready. All that may be refused is refused here: files that cannot be read, what a
  /// sampler cannot sample. `shared` keeps what several runs of a sweep read. Throws
  /// model::InputError.
  virtual std::unique_ptr<StudyRun> prepare(const model::Experiment& experiment,
                                            SharedData& shared) const = 0;

  /// What the results.h5 of a finished run says: neither its inputs nor other files are needed.
  /// Throws model::InputError naming the file where it is damaged or holds no run. `on_stage` may
  /// be empty.
  virtual JudgedStudy recall(const FinishedRun& run, const std::string& results,
                             const OnStage& on_stage) const = 0;

  /// Whether a results.h5 of this kind is that of a run, rather than of predict().
  virtual bool holds_run(const std::string& results) const;

  /// What a sweep of this kind can be claimed about.
  struct Claimable {
    /// The numbers with draws that will be measured at a point; without any values yet.
    std::vector<compare::SweepNumber> numbers;
    /// What a claim said to be exact would need, such as a key and its value; empty where draws do
    /// not differ by chance.
    std::string needed_for_exact;
    /// Numbers that there will not be, by their quantity, and what they need.
    std::map<std::string, std::string> missing = {};
  };
  virtual Claimable claimable(const model::Experiment& experiment) const;

  /// What the page of a sweep says of this kind; `first` is the first point's experiment.
  virtual report::SweepWords sweep_words(const model::Experiment& first) const = 0;

  /// The verbs predict and power. Throws model::InputError for a kind without them.
  virtual int predict(const model::Experiment& experiment, const RunOptions& options) const;
  virtual int power(const model::Experiment& experiment, const RunOptions& options) const;

  /// The verb compare: what two finished runs say of each other, the first of this kind. Throws
  /// model::InputError for a kind without it, and for runs of different experiments.
  virtual JudgedStudy compare_runs(const ComparedRun& first, const ComparedRun& second) const;

  /// What predict() says, as a point of a sweep. Throws as it does.
  virtual StudyPrediction predicted(const model::Experiment& experiment,
                                    const RunOptions& options) const;

  /// The numbers of a sweep's point as they are predicted, if that takes milliseconds: a sweep asks
  /// for some hundred of them between its points, to draw the lines that they lie on. None for a
  /// kind that leaves its lines to be joined from point to point. With `options` those too that
  /// only predicted() gives. Throws model::InputError where inputs cannot be read.
  virtual std::vector<compare::SweepNumber> predicted_numbers(const model::Experiment& experiment,
                                                              SharedData& shared,
                                                              const RunOptions* options) const;
};

/// All kinds, first the one that is meant where study.kind is missing. The list stands in
/// app/kinds/study_kinds.cpp.
const std::vector<const StudyKind*>& study_kinds();

/// The kind of an experiment.
const StudyKind& kind_of(const model::Experiment& experiment);

}  // namespace wideproof::app
