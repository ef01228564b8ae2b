// SPDX-License-Identifier: MIT
#include <wideproof/app/commands/command_line.hpp>

#include <sstream>
#include <string>
#include <vector>

#include <wideproof/app/commands/resume_command.hpp>
#include <wideproof/app/folders/provenance.hpp>
#include <wideproof/app/kinds/gram/gram_template.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

Command parse(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "wideproof");
  return parse_command_line(static_cast<int>(arguments.size()), arguments.data());
}

std::string complaint(const std::vector<const char*>& arguments) {
  return model::refusal([&] { parse(arguments); });
}

TEST(CommandLine, SaysWhatToRunAndHow) {
  const auto command = parse({"validate", "a.toml", "--out", "b", "--set", "network.depth=2",
                              "--seed", "9", "--threads", "3", "--force", "--quiet"});
  EXPECT_EQ(command.verb, Command::Verb::validate);
  EXPECT_EQ(command.file, "a.toml");
  EXPECT_EQ(command.options.out, "b");
  EXPECT_THAT(command.settings, testing::ElementsAre("network.depth=2", "study.seed=9"));
  EXPECT_EQ(command.options.threads, 3);
  EXPECT_EQ(command.options.if_taken, RunFolder::IfTaken::overwrite);
  EXPECT_TRUE(command.options.quiet);
}

TEST(CommandLine, DefaultsToTheBuiltInExperimentAndARefusal) {
  const auto command = parse({"predict"});
  EXPECT_EQ(command.verb, Command::Verb::predict);
  EXPECT_EQ(command.file, std::nullopt);
  EXPECT_EQ(command.options.out, std::nullopt);
  EXPECT_EQ(command.options.if_taken, RunFolder::IfTaken::refuse);
  EXPECT_GE(command.options.threads, 1);
  EXPECT_EQ(parse({"init"}).kind, "");
  EXPECT_EQ(parse({"report", "x"}).folder, "x");
}

TEST(CommandLine, TakesATimeLimitWithItsUnit) {
  EXPECT_EQ(parse({"validate"}).options.time_limit, std::nullopt);
  EXPECT_EQ(parse({"validate", "--time-limit", "90"}).options.time_limit, 90);
  EXPECT_EQ(parse({"validate", "--time-limit", "1.5s"}).options.time_limit, 1.5);
  EXPECT_EQ(parse({"validate", "--time-limit", "30m"}).options.time_limit, 1800);
  EXPECT_EQ(parse({"validate", "--time-limit=11.5h"}).options.time_limit, 41400);
  for (const auto* bad : {"soon", "0", "-3m", "3 m", "5d", "inf", "nan", "1e400", "m"}) {
    EXPECT_EQ(complaint({"validate", (std::string("--time-limit=") + bad).c_str()}),
              "--time-limit = \"" + std::string(bad) +
                  "\": must be a positive duration such as 90s, 30m or 11.5h");
  }
}

TEST(CommandLine, RefusesUnknownWordsByName) {
  EXPECT_THAT(complaint({"validate", "--frobnicate"}), testing::HasSubstr("--frobnicate"));
  EXPECT_THAT(complaint({"validat"}), testing::HasSubstr("did you mean \"validate\"?"));
  EXPECT_THAT(complaint({"predict", "--resume"}), testing::HasSubstr("--resume"));
  EXPECT_THAT(complaint({"init", "gram", "more"}), testing::HasSubstr("more"));
  EXPECT_THAT(complaint({"report"}), testing::HasSubstr("DIR is required"));
  EXPECT_THAT(complaint({}), testing::HasSubstr("--help"));
}

TEST(CommandLine, SuggestsWhatWasLikelyMeant) {
  EXPECT_EQ(complaint({"exp.toml"}),
            "\"exp.toml\": is no verb; did you mean \"wideproof validate exp.toml\"?; see "
            "wideproof --help");
  EXPECT_EQ(complaint({"--helpp"}),
            "--helpp: is no option of wideproof; did you mean \"--help\"?; see wideproof --help");
  EXPECT_EQ(complaint({"validate", "--helpp"}),
            "--helpp: is no option of wideproof validate; did you mean \"--help\"?; see wideproof "
            "validate --help");
  EXPECT_THAT(complaint({"validate", "a.toml", "--thread=3"}),
              testing::HasSubstr("--thread: is no option of wideproof validate; did you mean "
                                 "\"--threads\"?"));
  EXPECT_EQ(complaint({"predict", "--frobnicate"}),
            "--frobnicate: is no option of wideproof predict; see wideproof predict --help");
  EXPECT_THAT(complaint({"--seed", "3"}),
              testing::HasSubstr("goes after the verb, as in \"wideproof validate --seed\""));
  EXPECT_THAT(complaint({}), testing::StartsWith("a verb is missing: one of validate, predict, "));
}

TEST(CommandLine, TakesTheFileAfterASetting) {
  const auto command = parse({"predict", "--set", "network.depth=2", "mine.toml", "--set", "a=1"});
  EXPECT_EQ(command.file, "mine.toml");
  EXPECT_EQ(command.settings, (std::vector<std::string>{"network.depth=2", "a=1"}));
}

TEST(CommandLine, RefusesForceTogetherWithResume) {
  EXPECT_EQ(complaint({"validate", "--force", "--resume"}),
            "--force and --resume exclude each other");
  EXPECT_EQ(parse({"validate", "--resume"}).options.if_taken, RunFolder::IfTaken::resume);
}

TEST(CommandLine, RefusesSeedsAndThreadsOutOfRange) {
  for (const auto* seed : {"-1", "1.5", "x", "9223372036854775808", ""}) {
    EXPECT_THAT(complaint({"validate", "--seed", seed}),
                testing::AllOf(testing::HasSubstr("--seed: Value " + std::string(seed)),
                               testing::HasSubstr("range 0 to 9223372036854775807")));
  }
  EXPECT_THAT(parse({"validate", "--seed", "9223372036854775807"}).settings,
              testing::ElementsAre("study.seed=9223372036854775807"));
  EXPECT_THAT(complaint({"validate", "--threads", "0"}),
              testing::HasSubstr("--threads: Value 0 not in range 1 to 1024"));
}

TEST(CommandLine, TakesTheLastTimeLimit) {
  EXPECT_EQ(parse({"validate", "--time-limit", "9s", "--time-limit", "2m"}).options.time_limit,
            120);
}

TEST(ResumeCommand, IsTheCommandAsAShellTakesIt) {
  const std::vector<const char*> given = {"bin/wideproof", "validate", "my run.toml", "--force",
                                          "--set",         "a=[1, 2]", "--set",       "b='x'"};
  EXPECT_EQ(resume_command(static_cast<int>(given.size()), given.data()),
            "bin/wideproof validate 'my run.toml' --set 'a=[1, 2]' --set 'b='\\''x'\\''' --resume");
  const std::vector<const char*> twice = {"wideproof", "validate",         "a.toml", "--time-limit",
                                          "9s",        "--time-limit=30m", "--quiet"};
  EXPECT_EQ(resume_command(static_cast<int>(twice.size()), twice.data()),
            "wideproof validate a.toml --quiet --time-limit=30m --resume");
  const std::vector<const char*> piped = {"wideproof", "validate", "-"};
  EXPECT_EQ(resume_command(3, piped.data()), "wideproof validate - --resume < FILE");
}

class CommandLineProgram : public Runs {};

TEST_F(CommandLineProgram, SaysThatPredictWritesNoPage) {
  EXPECT_THAT(program({"predict", "--help"}).out, testing::ContainsRegex("no\\s+page"));
}

TEST_F(CommandLineProgram, RefusesBadUsageInOneLine) {
  expect_refusal(program({"validate", "--frobnicate"}), {"--frobnicate", "--help"});
  expect_refusal(program({"validat"}), {"\"validat\"", "did you mean \"validate\"?"});
  expect_refusal(program({"init", "rings"}),
                 {"KIND = \"rings\": must be one of gram, generalization, dimension"});
}

TEST_F(CommandLineProgram, SuggestsToValidateAnExperiment) {
  write("study", tiny);
  expect_refusal(program({"study"}), {"did you mean \"wideproof validate study\"?"});
}

/// The words of the last line of `text`, less a redirection; the line is cut off.
std::vector<std::string> last_line(std::string& text) {
  text.erase(text.find_last_not_of('\n') + 1);
  const auto begin = text.rfind('\n') + 1;
  std::istringstream line(text.substr(begin));
  text.erase(begin);
  std::vector<std::string> words;
  for (std::string word; line >> word && word != ">";) words.push_back(word);
  return words;
}

TEST_F(CommandLineProgram, EndsItsHelpWithTwoExamplesThatItTakes) {
  for (const std::string verb :
       {"", "validate", "predict", "power", "judge", "compare", "report", "init"}) {
    const auto help = shell("\"$0\" " + verb + " --help");
    EXPECT_EQ(help.status, 0);
    auto text = help.out;
    for (int example = 0; example < 2; ++example) {
      auto words = last_line(text);
      ASSERT_GE(words.size(), 2U) << help.out;
      EXPECT_EQ(words[0], "wideproof");
      if (!verb.empty()) {
        EXPECT_EQ(words[1], verb);
      }
      std::vector<const char*> arguments;
      for (const auto& word : words) arguments.push_back(word.c_str());
      EXPECT_NO_THROW(parse_command_line(static_cast<int>(arguments.size()), arguments.data()));
    }
    EXPECT_THAT(text, testing::EndsWith("\nExamples:\n"));
  }
}

TEST_F(CommandLineProgram, SaysThatASeedIsAnInteger) {
  EXPECT_THAT(program({"validate", "--help"}).out, testing::HasSubstr("  --seed INT "));
}

TEST_F(CommandLineProgram, PrintsItsVersion) {
  const auto outcome = program({"--version"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out, "wideproof " + std::string(program_version()) + "\n");
  EXPECT_EQ(outcome.err, "");
}

TEST_F(CommandLineProgram, InitPrintsAnExperimentThatRuns) {
  const auto printed = program({"init"});
  EXPECT_EQ(printed.status, 0);
  EXPECT_EQ(printed.out, std::string(gram_template()));
  write("init.toml", printed.out);
  const auto predicted = program({"predict", "init.toml"});
  EXPECT_EQ(predicted.status, 0);
  EXPECT_EQ(predicted.out, program({"predict"}).out);  // it is the built-in one
}

TEST_F(CommandLineProgram, SaysThatStdoutCannotBeWritten) {
  auto short_text = launch({"init"});
  auto text_beyond_the_buffer = launch({"predict", "--set", "network.depth=300"});
  for (auto* each : {&short_text, &text_beyond_the_buffer}) {
    each->stdout_to = "/dev/full";
    expect_refusal(run_program(*each), {"stdout: ", "No space left on device"});
  }
}

}  // namespace
}  // namespace wideproof::app
