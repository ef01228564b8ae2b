// SPDX-License-Identifier: MIT
#include <wideproof/app/commands/command_line.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <iostream>
#include <limits>
#include <thread>

#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <wideproof/app/study/provenance.hpp>
#include <wideproof/app/system/duration.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/nearest_name.hpp>

namespace wideproof::app {
namespace {

constexpr const char* exit_statuses =
    "Exit status: 0 agrees (or finished), 1 disagrees, 3 inconclusive, 2 bad usage or input,\n"
    "130 interrupted with a checkpoint written.";

std::string one_line(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

/// CLI11's complaint about a seed, empty for a good one.
std::string require_seed(const std::string& text) {
  std::int64_t seed = -1;
  const char* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, seed);
  if (error == std::errc() && end == last && seed >= 0) return {};
  return fmt::format("Value {} not an integer in range 0 to {}", text,
                     std::numeric_limits<std::int64_t>::max());
}

/// CLI11's own range lets a NaN pass.
CLI::Validator require_within(double low, double high) {
  return {[low, high](const std::string& text) {
            double value = 0.0;
            const char* last = text.data() + text.size();
            const auto [end, error] = std::from_chars(text.data(), last, value);
            if (error == std::errc() && end == last && value >= low && value <= high) {
              return std::string();
            }
            return fmt::format("Value {} not in range {} to {}", text, low, high);
          },
          fmt::format("FLOAT in [{} - {}]", low, high)};
}

/// Where the verb is no verb, CLI11 says only that one is missing.
void check_verb(std::string_view given) {
  constexpr std::array<std::string_view, 5> verbs = {"validate", "predict", "power", "report",
                                                     "init"};
  if (given.starts_with('-') || std::find(verbs.begin(), verbs.end(), given) != verbs.end()) return;
  throw model::InputError(fmt::format("{}: must be one of {}{}; see wideproof --help",
                                      model::in_quotes(given), fmt::join(verbs, ", "),
                                      model::did_you_mean(verbs, given)));
}

}  // namespace

int cores_of_this_machine() {
  return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 1024U));
}

Command parse_command_line(int argc, const char* const* argv, int default_threads) {
  Command command;
  std::string seed;
  std::string time_limit;
  bool force = false;
  bool resume = false;
  command.threads = default_threads;

  CLI::App program("Puts infinite-width theory to the proof with sampled networks.", "wideproof");
  program.footer(exit_statuses);
  program.set_version_flag("--version", "wideproof " + std::string(program_version()));
  program.require_subcommand(1);

  const auto experiment_options = [&](CLI::App* verb, const char* out_default) {
    verb->add_option("FILE", command.file,
                     "experiment file, - for stdin; without it the built-in one runs");
    verb->add_option("--out", command.out, std::string("run's folder") + out_default);
    verb->add_option("--set", command.settings, "key.path=value, a TOML value; repeatable")
        ->take_all()
        ->expected(1);
    verb->add_option("--seed", seed, "the same as --set study.seed=N")->check(require_seed);
    verb->add_option("--threads", command.threads, "of each process; default: one for each core")
        ->check(CLI::Range(1, 1024));
    verb->add_flag("--force", force, "overwrite the run that the folder holds");
    verb->add_flag("--quiet", command.quiet, "no progress, no table");
  };
  auto* validate = program.add_subcommand(
      "validate", "predict, simulate, compare; write the run's folder and a verdict");
  experiment_options(validate, " (default runs/<study.name>)");
  validate->add_option("--time-limit", time_limit,
                       "stop in good order after so long, such as 90s, 30m, 11.5h");
  validate->add_flag("--resume", resume, "go on with the interrupted run that the folder holds");
  auto* predict = program.add_subcommand("predict", "theory alone");
  experiment_options(predict, "; without it nothing is written");
  predict
      ->add_option("--within", command.within,
                   "how close the width that is asked for keeps every correlation to its limit "
                   "(default 0.01)")
      ->check(require_within(1e-6, 1.0));
  predict->add_option("--confidence", command.confidence, "and how surely (default 0.95)")
      ->check(require_within(0.5, 0.999999));
  auto* power = program.add_subcommand(
      "power", "how often the experiment rejects formulas that are wrong, and the theory");
  experiment_options(power, "; without it nothing is written");
  power->add_option("--runs", command.runs, "how often the experiment is run (default 20)")
      ->check(CLI::Range(1, 100000));
  auto* report =
      program.add_subcommand("report", "write tables, figures and report of a finished run again");
  report->add_option("DIR", command.folder, "the run's folder")->required();
  report->add_flag("--quiet", command.quiet, "no table");
  auto* init = program.add_subcommand("init", "print a commented experiment file");
  init->add_option("KIND", command.kind, "gram (default) or generalization");
  for (auto* verb : {validate, predict, power, report, init}) verb->footer(exit_statuses);

  if (argc > 1) check_verb(argv[1]);
  try {
    program.parse(argc, argv);
  } catch (const CLI::Success& asked) {  // --help, --version
    program.exit(asked, std::cout, std::cerr);
    return command;
  } catch (const CLI::ParseError& error) {
    throw model::InputError(one_line(error.what()) + "; see wideproof --help");
  }
  if (force && resume) throw model::InputError("--force and --resume exclude each other");
  if (force) command.if_taken = RunFolder::IfTaken::overwrite;
  if (resume) command.if_taken = RunFolder::IfTaken::resume;
  if (validate->count("--time-limit") > 0)
    command.time_limit = parse_duration("--time-limit", time_limit);
  if (!seed.empty()) command.settings.push_back("study.seed=" + seed);
  command.verb = *validate  ? Command::Verb::validate
                 : *predict ? Command::Verb::predict
                 : *power   ? Command::Verb::power
                 : *report  ? Command::Verb::report
                            : Command::Verb::init;
  return command;
}

}  // namespace wideproof::app
