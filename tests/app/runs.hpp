// SPDX-License-Identifier: MIT
#pragma once

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <wideproof/app/commands/command_line.hpp>
#include <wideproof/app/commands/commands.hpp>
#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/experiment/experiment_source.hpp>

#include "../model/input_files.hpp"
#include "program.hpp"

namespace wideproof::app {

/// The smallest experiment that has every part of a run; a blink of an eye.
constexpr const char* tiny = R"([study]
name = "tiny"
seed = 7
[network]
depth = 2
active_fraction = 0.3
[network.presynaptic]
filter = "box"
taps = 3
[inputs]
source = "circle"
count = 3
[simulation]
widths = [32, 64]
replicates = 8
)";

/// The experiment that a command names.
inline model::Experiment experiment_of(const Command& command) {
  return parse_experiment(read_source(command.file), name_of_source(command.file), command.settings,
                          folder_of_source(command.file));
}

/// A test of the program in a folder of its own, which holds tiny.toml.
class Runs : public model::InputFiles {
 protected:
  Runs() { write("tiny.toml", tiny); }

  /// The built program, in the test's folder.
  Launch launch(std::vector<std::string> arguments) const {
    Launch launch;
    launch.arguments = std::move(arguments);
    launch.folder = path("");
    return launch;
  }
  /// A line of the shell in the test's folder, $0 being the built program.
  Outcome shell(const std::string& line) const {
    Launch launch;
    launch.program = "/bin/sh";
    launch.arguments = {"-c", line, WIDEPROOF_PROGRAM};
    launch.folder = path("");
    return run_program(launch);
  }
  Outcome program(std::vector<std::string> arguments) const {
    return run_program(launch(std::move(arguments)));
  }

  /// A command on tiny.toml that writes to the folder `out`, for the verbs as functions.
  Command command(const std::string& out, std::vector<std::string> settings = {}) const {
    Command command;
    command.file = path("tiny.toml");
    command.options.out = path(out);
    command.folder = path(out);
    command.settings = std::move(settings);
    command.options.quiet = true;
    return command;
  }

  /// `wideproof validate FILE --out OUT --quiet …`
  Outcome validate_file(const std::string& file, const std::string& out,
                        const std::vector<std::string>& further = {}) const {
    std::vector<std::string> arguments = {"validate", file, "--out", out, "--quiet"};
    arguments.insert(arguments.end(), further.begin(), further.end());
    return program(arguments);
  }

  nlohmann::json summary(const std::string& out) const {
    return nlohmann::json::parse(run_file(out, "summary.json"));
  }

  std::string run_file(const std::string& out, const std::string& name) const {
    return contents(path(out + "/" + name));
  }

  /// Every file below the test's folder, with its content; folders with a slash.
  std::map<std::string, std::string> everything() const {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path(""))) {
      const auto name = entry.path().string();
      files[entry.is_directory() ? name + "/" : name] =
          entry.is_regular_file() ? contents(name) : "";
    }
    return files;
  }
};

/// Bad input as a user meets it: exit status 2, nothing on stdout, one line on stderr that holds
/// every one of `says`.
inline void expect_refusal(const Outcome& outcome, const std::vector<std::string>& says) {
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  EXPECT_THAT(outcome.err, testing::StartsWith("wideproof: "));
  EXPECT_THAT(outcome.err, testing::EndsWith("\n"));
  for (const auto& part : says) EXPECT_THAT(outcome.err, testing::HasSubstr(part));
}

}  // namespace wideproof::app
