// SPDX-License-Identifier: MIT
#include <wideproof/app/study/study_kind.hpp>

#include <fmt/format.h>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

[[noreturn]] void refuse(const StudyKind& kind, std::string_view verb) {
  throw model::InputError(
      "study.kind", model::in_quotes(kind.name()),
      fmt::format("has no \"wideproof {}\"; \"wideproof validate\" runs it", verb));
}

}  // namespace

bool StudyKind::holds_run(const std::string&) const {
  return true;
}

StudyKind::Claimable StudyKind::claimable(const model::Experiment&) const {
  return {};
}

int StudyKind::predict(const model::Experiment&, const RunOptions&) const {
  refuse(*this, "predict");
}

int StudyKind::power(const model::Experiment&, const RunOptions&) const {
  refuse(*this, "power");
}

JudgedStudy StudyKind::compare_runs(const ComparedRun& first, const ComparedRun&) const {
  throw model::InputError("RUN", model::in_quotes(first.folder),
                          fmt::format("is of study.kind = {}: runs of kind \"gram\" are compared",
                                      model::in_quotes(name())));
}

StudyPrediction StudyKind::predicted(const model::Experiment&, const RunOptions&) const {
  refuse(*this, "predict");
}

std::vector<compare::SweepNumber> StudyKind::predicted_numbers(const model::Experiment&,
                                                               SharedData&,
                                                               const RunOptions*) const {
  return {};
}

const std::vector<const KindFormat*>& kind_formats() {
  static const std::vector<const KindFormat*> formats(study_kinds().begin(), study_kinds().end());
  return formats;
}

const StudyKind& kind_of(const model::Experiment& experiment) {
  for (const auto* kind : study_kinds())
    if (kind->name() == experiment.kind().name()) return *kind;
  throw model::InputError("study.kind", model::in_quotes(experiment.kind().name()),
                          "is no kind that this program runs");
}

}  // namespace wideproof::app
