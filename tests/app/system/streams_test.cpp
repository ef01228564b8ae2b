// SPDX-License-Identifier: MIT
// Experiments that come through pipes, and streams that cannot be written.
#include <algorithm>
#include <filesystem>
#include <string>

#include "runs.hpp"

namespace wideproof::app {
namespace {

class Streams : public Runs {
 protected:
  /// What a run of tiny.toml from a file leaves.
  std::string expected() {
    EXPECT_EQ(program({"validate", "tiny.toml", "--out", "file", "--quiet"}).status, 3);
    return run_file("file", "results.h5");
  }
};

TEST_F(Streams, GiveTheExperimentOfAPipe) {
  const auto of_file = expected();
  for (const std::string source : {"-", "/dev/stdin"}) {
    const auto outcome =
        shell("cat tiny.toml | \"$0\" validate " + source + " --out piped --force --quiet");
    EXPECT_EQ(outcome.status, 3) << outcome.err;
    EXPECT_TRUE(run_file("piped", "results.h5") == of_file) << source;
  }
  EXPECT_THAT(shell("cat tiny.toml | \"$0\" predict -").out, testing::HasSubstr("tiny: 3 inputs"));
}

TEST_F(Streams, ThatHoldNoTableAreNoExperiment) {
  const auto before = everything();
  expect_refusal(shell("\"$0\" validate - </dev/null"), {"\"stdin\": holds no table"});
  expect_refusal(shell("echo '# nothing' | \"$0\" validate /dev/stdin"),
                 {"\"/dev/stdin\": holds no table, such as [network]"});
  expect_refusal(shell("\"$0\" validate - <&-"), {"stdin"});
  EXPECT_EQ(everything(), before);
}

TEST_F(Streams, ThatCannotBeWrittenChangeNoResult) {
  const auto of_file = expected();
  for (const std::string lost : {"2>/dev/full", "2>&-"}) {
    // Without gnuplot there is something to say.
    const auto outcome =
        shell("PATH=/nowhere \"$0\" validate tiny.toml --out lost --force " + lost);
    EXPECT_EQ(outcome.status, 3) << lost;
    EXPECT_TRUE(run_file("lost", "results.h5") == of_file) << lost;
    EXPECT_THAT(run_file("lost", "report.html"), testing::HasSubstr("</html>"));
    EXPECT_EQ(shell("\"$0\" validate nowhere.toml " + lost).status, 2) << lost;
  }
}

TEST_F(Streams, WhoseReaderHasGoneChangeNoResult) {
  const auto of_file = expected();
  // Without gnuplot there is something to say, to a reader that has ended.
  const auto outcome = shell(
      "mkdir kept; mkfifo said; sleep 0 <said & { sleep 1; PATH=/nowhere \"$0\" validate tiny.toml "
      "--out lost; "
      "echo $? >kept/status; } 2>said; wait");
  EXPECT_EQ(run_file("kept", "status"), "3\n") << outcome.err;
  EXPECT_TRUE(run_file("lost", "results.h5") == of_file);
}

/// A run that is killed while its figures are drawn has not finished.
TEST_F(Streams, OfARunEndWithItsSummary) {
  std::filesystem::create_directory(path("bin"));
  write("bin/gnuplot", "#!/bin/sh\necho drawn >>" + path("drawn") + "\n[ ! -e " +
                           path("run/summary.json") + " ] || echo early >>" + path("drawn") +
                           "\nexit 1\n");
  std::filesystem::permissions(path("bin/gnuplot"), std::filesystem::perms(0755));
  EXPECT_EQ(shell("PATH=$PWD/bin:$PATH \"$0\" validate tiny.toml --out run --quiet").status, 3);
  EXPECT_EQ(run_file("bin/..", "drawn"), "drawn\n");
  EXPECT_EQ(summary("run").at("schema"), "wideproof.summary/1");
}

TEST_F(Streams, OfResultsThatCannotBeWrittenAreAnError) {
  for (const std::string lost : {">/dev/full", ">&-"})
    EXPECT_EQ(shell("\"$0\" validate tiny.toml --out lost --force " + lost).status, 2) << lost;
}

}  // namespace
}  // namespace wideproof::app
