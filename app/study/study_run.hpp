// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <wideproof/app/folders/run_folder.hpp>
#include <wideproof/app/folders/run_record.hpp>
#include <wideproof/app/study/judged_study.hpp>
#include <wideproof/app/study/remote_blocks.hpp>
#include <wideproof/app/study/run_progress.hpp>
#include <wideproof/model/experiment.hpp>
#include <wideproof/model/read_log.hpp>

namespace wideproof::app {

/// What the ranks of a run must have in common, by name, as checksums; causes before effects.
using Prepared = std::vector<std::pair<std::string, std::int64_t>>;

/// A study of any kind, ready to run: all that can fail before it begins has been done.
///
///   advance() ──go_on() says no──▶ checkpoint.h5; another run of the same goes on from it
///       │ came to its end
///       ▼
///   finish() ──▶ results.h5 and what it says
class StudyRun {
 public:
  StudyRun() = default;
  StudyRun(const StudyRun&) = delete;
  StudyRun& operator=(const StudyRun&) = delete;
  virtual ~StudyRun() = default;

  virtual const model::Experiment& experiment() const = 0;

  virtual report::InputSummary inputs() const = 0;

  /// The files that it has read, and what looked odd in them.
  virtual const model::ReadLog& log() const = 0;

  /// What was prepared from the experiment and its files, for ranks to compare.
  virtual Prepared checksums() const { return {}; }

  /// How many threads advance() computes on; 1 until told otherwise.
  virtual void use_threads(int threads) = 0;

  /// Bytes that advance() and finish() hold at most.
  virtual double memory() const = 0;

  /// Bytes that a process holds which only computes blocks for another.
  virtual double memory_for_blocks() const = 0;

  /// Bytes that results.h5 will take, about.
  virtual double size_of_results() const = 0;

  /// Cost in units that compare between studies of one kind.
  virtual double work() const = 0;

  /// How many blocks of each group of its work this process computes at a time.
  virtual std::vector<int> workers() const = 0;

  /// One block's result, for the process that puts it in its place. To be called from as many
  /// threads as workers() says.
  virtual std::string compute(BlockName name) const = 0;

  /// Other processes that are to help advance(); null: none. They must outlive the run.
  virtual void take_help(RemoteBlocks* remote) = 0;

  /// Goes on from the folder's checkpoint, if it holds one, to the end, and returns true; or until
  /// `go_on` says no, when a checkpoint is left in the folder. Checkpoints are also written every
  /// simulation.checkpoint_seconds. The bits of the result depend neither on who interrupted it nor
  /// on who helped.
  virtual bool advance(const RunFolder& folder, const GoOn& go_on) = 0;

  /// What a run that came to its end found.
  struct Finished {
    std::string results;  ///< the bytes of results.h5, with `record`
    JudgedStudy judged;
  };
  /// After advance() has returned true. `on_stage` may be empty.
  virtual Finished finish(const RunRecord& record, const OnStage& on_stage) = 0;
};

}  // namespace wideproof::app
