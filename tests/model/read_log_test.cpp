// SPDX-License-Identifier: MIT
#include <wideproof/model/read_log.hpp>

#include <gmock/gmock.h>

#include "input_files.hpp"

namespace wideproof::model {
namespace {

TEST(ReadLog, KeepsAFileOnceForEachKey) {
  ReadLog log;
  log.add({"inputs.labels", "a", "12"});
  log.add({"inputs.labels", "a", "12"});
  log.add({"targets.file", "a", "12"});
  EXPECT_THAT(log.files, testing::ElementsAre(ReadFile{"inputs.labels", "a", "12"},
                                              ReadFile{"targets.file", "a", "12"}));
}

TEST(ReadLog, RefusesAFileThatChangesBetweenTwoReadings) {
  ReadLog log;
  log.add({"inputs.labels", "a", "12"});
  EXPECT_THAT(refusal([&] {
                log.add({"inputs.labels", "a", "13"});
              }),
              testing::StartsWith("inputs.labels = \"a\": its content changed"));
}

}  // namespace
}  // namespace wideproof::model
