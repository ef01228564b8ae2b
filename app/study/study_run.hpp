// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/app/study/provenance.hpp>
#include <wideproof/app/study/report_parts.hpp>
#include <wideproof/app/study/run_folder.hpp>
#include <wideproof/app/study/run_progress.hpp>
#include <wideproof/compare/sweep/sweep_result.hpp>
#include <wideproof/compare/verdict.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/model/read_log.hpp>
#include <wideproof/report/gram/traces.hpp>

namespace wideproof::app {

/// What a finished study says.
struct StudyOutcome {
  compare::Verdict verdict;
  std::string text;                ///< for stdout: what was put to the proof, tables, verdict
  std::vector<std::string> notes;  ///< for stderr: lines
  compare::SweepPoint point;       ///< what a sweep shows of it; its values left empty
  std::vector<report::SweepTrace> traces;  ///< that a sweep's figures lay over each other
};

/// Such as "thresholded-relu f = 0.1".
std::string network_text(const model::Network& network);

/// A study of any kind, ready to run: all that can fail before it begins has been done.
class StudyRun {
 public:
  StudyRun() = default;
  StudyRun(const StudyRun&) = delete;
  StudyRun& operator=(const StudyRun&) = delete;
  virtual ~StudyRun() = default;

  virtual const model::Experiment& experiment() const = 0;

  /// The files that it has read, and what looked odd in them.
  virtual const model::ReadLog& log() const = 0;

  /// How many threads advance() computes on; 1 until told otherwise.
  virtual void use_threads(int threads) = 0;

  /// Bytes that advance() holds at most.
  virtual double memory() const = 0;

  /// Bytes that results.h5 will take, about.
  virtual double size_of_results() const = 0;

  /// Cost in units that compare between studies of one kind.
  virtual double work() const = 0;

  /// Goes on from the folder's checkpoint, if it holds one, to the end, and returns true; or until
  /// `go_on` says no, when a checkpoint is left in the folder. Checkpoints are also written every
  /// simulation.checkpoint_seconds. The bits of the result do not depend on who interrupted it.
  virtual bool advance(const RunFolder& folder, const GoOn& go_on) = 0;

  /// After advance() has come to the end: judges, and writes everything that the folder of a
  /// finished run holds; summary.json last, which tells that it has finished. `parts`:
  /// whether with figures and a page. `on_stage` may be empty.
  virtual StudyOutcome finish(const RunFolder& folder, const Provenance& made_by, ReportParts parts,
                              const OnStage& on_stage) = 0;

  /// Whether the folder holds this run, finished. Throws model::InputError where results are there
  /// that another experiment or other files made.
  virtual bool is_finished(const RunFolder& folder) const = 0;

  /// Judges a finished run's results.h5 anew.
  virtual StudyOutcome recall(const RunFolder& folder) = 0;
};

}  // namespace wideproof::app
