// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/app/folders/compared_run.hpp>
#include <wideproof/app/folders/finished_run.hpp>
#include <wideproof/app/study/judged_study.hpp>

namespace wideproof::app {

/// Two finished runs of kind "gram", entry by entry; see compare::compare_sets(). Family error and
/// margin are the first's. Runs of one seed, engine and dtype that show the same numbers, to the
/// bit or to rounding, agree without a test.
///
/// Throws model::InputError naming the first key in which they differ that bears on the law of
/// their networks, of the table [network] or [inputs]. Inputs from files are the same where their
/// contents are.
JudgedStudy compare_gram_runs(const ComparedRun& first, const ComparedRun& second);

}  // namespace wideproof::app
