// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include <wideproof/app/study/judged_study.hpp>
#include <wideproof/compare/alike/alike.hpp>

namespace wideproof::app {

/// What is told of two sets of networks, `title` their page's and `headline` which they are, lines.
/// The page says how to repeat it and which files there are where both belong to one run.
JudgedStudy judged_alike(const std::shared_ptr<const compare::Alike>& alike,
                         const std::string& title, const std::string& headline, bool are_one_run);

}  // namespace wideproof::app
