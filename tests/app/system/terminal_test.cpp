// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <string>

#include <wideproof/app/kinds/gram/gram_simulation.hpp>
#include <wideproof/app/study/progress.hpp>
#include <wideproof/app/system/terminal.hpp>

#include "environment.hpp"
#include "runs.hpp"

namespace wideproof::app {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A terminal that keeps what is written to it.
class Terminal {
 public:
  Terminal() : end_(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
    if (end_ < 0 || ::grantpt(end_) != 0 || ::unlockpt(end_) != 0) return;
    name_ = ::ptsname(end_);
    // Kept open, so that what was written is still there when the program has ended.
    other_end_ = ::open(name_.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  }
  ~Terminal() {
    ::close(end_);
    ::close(other_end_);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  /// Whether the system gives any, as it does where /dev/pts is mounted.
  bool is_there() const { return other_end_ >= 0; }
  const std::string& name() const { return name_; }
  std::string shown() const {
    ::fcntl(end_, F_SETFL, O_NONBLOCK);
    std::string text;
    std::array<char, 4096> buffer;
    ssize_t got = 0;
    while ((got = ::read(end_, buffer.data(), buffer.size())) > 0)
      text.append(buffer.data(), static_cast<std::size_t>(got));
    return text;
  }

 private:
  int end_;
  int other_end_ = -1;
  std::string name_;
};

class ProgramOnATerminal : public Runs {
 protected:
  void SetUp() override {
    if (!Terminal().is_there()) GTEST_SKIP() << "there are no pseudo-terminals: mount /dev/pts";
    EXPECT_EQ(validate(command("run")), 3);
  }

  std::string shown(const char* term, const char* no_color) const {
    const Environment a("TERM", term);
    const Environment b("NO_COLOR", no_color);
    const Terminal terminal;
    auto report = launch({"report", "run"});
    report.stdout_to = terminal.name();
    EXPECT_EQ(run_program(report).status, 0);
    return terminal.shown();
  }
};

TEST_F(ProgramOnATerminal, ColoursTheVerdict) {
  EXPECT_THAT(shown("xterm", nullptr), HasSubstr("verdict: \033[1;33minconclusive\033[0m"));
  EXPECT_THAT(shown("xterm", ""), HasSubstr("\033[1;33m"));
}

TEST_F(ProgramOnATerminal, ObeysNoColorAndDumbTerminals) {
  EXPECT_THAT(shown("xterm", "1"), HasSubstr("verdict: inconclusive"));
  EXPECT_THAT(shown("dumb", nullptr), HasSubstr("verdict: inconclusive"));
}

TEST_F(ProgramOnATerminal, ColoursNothingThatGoesElsewhere) {
  {
    const Environment rank("PMIX_RANK", "0");
    EXPECT_THAT(shown("xterm", nullptr), HasSubstr("verdict: inconclusive"));
  }
  const Environment term("TERM", "xterm");
  const Environment no_color("NO_COLOR", nullptr);
  EXPECT_THAT(program({"report", "run"}).out, Not(HasSubstr("\033")));
}

TEST_F(ProgramOnATerminal, SaysWhatIsBeingJudgedAndWipesTheLine) {
  const Terminal terminal;
  EXPECT_EQ(shell("$0 report run 2>" + terminal.name()).status, 0);
  const std::string shown = terminal.shown();
  EXPECT_THAT(shown, HasSubstr("\r\033[Kjudging: the limits"));
  const auto last = shown.rfind("judging: ");
  ASSERT_NE(last, std::string::npos);
  EXPECT_THAT(shown.substr(last), HasSubstr("\r\033[K"));
}

// Also where the system has no pseudo-terminals.
TEST(TakesColour, OnATerminalThatIsNotToldOtherwise) {
  EXPECT_TRUE(takes_colour(true, "xterm", ""));
  EXPECT_TRUE(takes_colour(true, "", ""));
  EXPECT_FALSE(takes_colour(true, "xterm", "1"));
  EXPECT_FALSE(takes_colour(true, "dumb", ""));
  EXPECT_FALSE(takes_colour(false, "xterm", ""));
}

RunProgress progress(std::int64_t width, std::int64_t done, double fraction) {
  return run_progress(
      {.width = width, .replicates_done = done, .replicates = 600, .fraction = fraction});
}

TEST(ProgressText, SaysRateAndTimeLeft) {
  ProgressText text;
  EXPECT_EQ(text.line(progress(256, 4, 0.1), 1.0), "width 256: 4 of 600 networks; 10% in all");
  EXPECT_EQ(text.line(progress(256, 104, 0.3), 5.0),
            "width 256: 104 of 600 networks, 25/s; 30% in all, about 18 s left");
}

TEST(ProgressText, TakesTheRateOfEachWidthByItself) {
  ProgressText text;
  text.line(progress(256, 4, 0.0), 0.0);
  text.line(progress(256, 604, 0.5), 1.0);
  EXPECT_THAT(text.line(progress(512, 4, 0.5), 2.0), Not(HasSubstr("/s")));
  EXPECT_THAT(text.line(progress(512, 24, 0.6), 12.0), HasSubstr("24 of 600 networks, 2/s;"));
}

}  // namespace
}  // namespace wideproof::app
