// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include <wideproof/app/study/judged_study.hpp>
#include <wideproof/compare/alike/alike.hpp>

namespace wideproof::app {

/// What is told of two sets of networks; `headline`: which they are, lines.
JudgedStudy judged_alike(const std::shared_ptr<const compare::Alike>& alike, std::string headline);

}  // namespace wideproof::app
