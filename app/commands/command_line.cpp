// SPDX-License-Identifier: MIT
#include <wideproof/app/commands/command_line.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iostream>
#include <limits>
#include <optional>
#include <string_view>

#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <wideproof/app/commands/resume_command.hpp>
#include <wideproof/app/commands/usage_hints.hpp>
#include <wideproof/app/experiment/kind_format.hpp>
#include <wideproof/app/folders/provenance.hpp>
#include <wideproof/app/system/duration.hpp>
#include <wideproof/model/input_error.hpp>

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

/// "gram (default)", and so on.
std::vector<std::string> names_of_kinds() {
  std::vector<std::string> names;
  for (const auto* kind : kind_formats()) names.emplace_back(kind->name());
  names.front() += " (default)";
  return names;
}

/// The end of a help text.
std::string footer_of(std::string_view first_example, std::string_view second_example) {
  return fmt::format("{}\n\nExamples:\n  {}\n  {}", exit_statuses, first_example, second_example);
}

/// The program's verbs and options, and what was given.
class CommandLine {
 public:
  explicit CommandLine(int default_threads);
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;
  ~CommandLine() = default;

  /// False where help or the version was asked for, which goes to stdout.
  bool parse(int argc, const char* const* argv);
  /// After parse(): what was asked for.
  Command command();

 private:
  CLI::App* add_verb(const char* name, const char* description, const std::string& footer);
  void add_experiment_options(CLI::App* verb, const char* out_default);
  void add_validate();
  void add_predict();
  void add_power();
  void add_judge();
  void add_compare();
  void add_report();
  void add_init();

  CLI::App program_;
  CLI::App* validate_ = nullptr;
  std::vector<std::pair<CLI::App*, Command::Verb>> verbs_;
  Command command_;
  std::string seed_;
  std::string time_limit_;
  bool force_ = false;
  bool resume_ = false;
};

CommandLine::CommandLine(int default_threads)
    : program_("Puts infinite-width theory to the proof with sampled networks.", "wideproof") {
  command_.options.threads = default_threads;
  program_.footer(
      footer_of("wideproof init > experiment.toml", "wideproof validate experiment.toml"));
  program_.set_version_flag("--version", "wideproof " + std::string(program_version()));
  program_.require_subcommand(1);
  add_validate();
  add_predict();
  add_power();
  add_judge();
  add_compare();
  add_report();
  add_init();
}

CLI::App* CommandLine::add_verb(const char* name, const char* description,
                                const std::string& footer) {
  auto* verb = program_.add_subcommand(name, description);
  verb->footer(footer);
  return verb;
}

void CommandLine::add_experiment_options(CLI::App* verb, const char* out_default) {
  auto& options = command_.options;
  verb->add_option("FILE", command_.file,
                   "experiment file, - for stdin; without it the built-in one runs");
  verb->add_option("--out", options.out, std::string("run's folder") + out_default)
      ->type_name("DIR");
  verb->add_option("--set", command_.settings,
                   "a key of the experiment and its TOML value, as in network.depth=5; repeatable")
      ->type_name("KEY=VALUE")
      ->take_all()
      ->allow_extra_args(false)  // what follows the value is FILE
      ->expected(1);
  verb->add_option("--seed", seed_, "the same as --set study.seed=INT")
      ->type_name("INT")
      ->check(require_seed);
  verb->add_option("--threads", options.threads, "of each process; default: one for each core")
      ->check(CLI::Range(1, 1024));
  verb->add_flag("--force", force_, "overwrite the run that the folder holds");
  verb->add_flag("--quiet", options.quiet, "no progress, no table");
}

void CommandLine::add_validate() {
  validate_ =
      add_verb("validate", "predict, simulate, compare; write the run's folder and a verdict",
               footer_of("wideproof validate experiment.toml --threads 4",
                         "wideproof validate experiment.toml --set network.depth=5 --out deep"));
  verbs_.emplace_back(validate_, Command::Verb::validate);
  add_experiment_options(validate_, " (default runs/<study.name>)");
  validate_
      ->add_option("--time-limit", time_limit_,
                   "stop in good order after so long, such as 90s, 30m, 11.5h")
      ->type_name("TIME")
      ->take_last();
  validate_->add_flag("--resume", resume_, "go on with the interrupted run that the folder holds");
}

void CommandLine::add_predict() {
  auto* verb =
      add_verb("predict", "theory alone",
               footer_of("wideproof predict experiment.toml",
                         "wideproof predict experiment.toml --within 0.005 --confidence 0.99"));
  verbs_.emplace_back(verb, Command::Verb::predict);
  add_experiment_options(verb,
                         " for results.h5 and summary.json, of a sweep also for its table and "
                         "figures; no page; without it nothing is written");
  verb->add_option("--within", command_.options.within,
                   "how close the width that is asked for keeps every correlation to its limit "
                   "(default 0.01)")
      ->check(require_within(1e-6, 1.0));
  verb->add_option("--confidence", command_.options.confidence, "and how surely (default 0.95)")
      ->check(require_within(0.5, 0.999999));
}

void CommandLine::add_power() {
  auto* verb =
      add_verb("power", "how often the experiment rejects formulas that are wrong, and the theory",
               footer_of("wideproof power experiment.toml --runs 50",
                         "wideproof power experiment.toml --set simulation.replicates=100"));
  verbs_.emplace_back(verb, Command::Verb::power);
  add_experiment_options(verb, "; without it nothing is written");
  verb->add_option("--runs", command_.options.runs, "how often the experiment is run (default 20)")
      ->check(CLI::Range(1, 100000));
}

void CommandLine::add_judge() {
  auto* verb = add_verb("judge", "set networks that were sampled elsewhere beside a prediction",
                        footer_of("wideproof judge samples --prediction kernel.npy",
                                  "wideproof judge samples --activations --experiment relu.toml"));
  verbs_.emplace_back(verb, Command::Verb::judge);
  auto& judged = command_.judged;
  verb->add_option("SAMPLES", judged.samples,
                   "directory of width_<n>.npy, or an .npz or .h5 with such arrays: networks x "
                   "[layers x] inputs x inputs")
      ->required();
  verb->add_option("--prediction", judged.prediction,
                   "[layers x] inputs x inputs, .npy, .h5 or .csv")
      ->type_name("FILE");
  verb->add_option("--prediction-kind", judged.prediction_kind,
                   "what is in it: gram (default), kernel or correlation")
      ->type_name("KIND");
  verb->add_option("--experiment", judged.experiment,
                   "an experiment file, whose theory predicts the samples")
      ->type_name("FILE");
  verb->add_option("--against", judged.against,
                   "other samples of the same networks, in place of a prediction")
      ->type_name("SAMPLES");
  verb->add_flag("--activations", judged.activations,
                 "samples are activations: networks x [layers x] neurons x inputs");
  verb->add_option("--family-error", judged.family_error,
                   "chance of calling a true prediction wrong (default 0.01)");
  verb->add_option("--equivalence-margin", judged.equivalence_margin,
                   "how far the widest networks may be from the limit, relative (default 0.02)");
  verb->add_option("--out", command_.options.out, "run's folder (default runs/<name of SAMPLES>)")
      ->type_name("DIR");
  verb->add_option("--threads", command_.options.threads, "default: one for each core")
      ->check(CLI::Range(1, 1024));
  verb->add_flag("--force", force_, "overwrite the run that the folder holds");
  verb->add_flag("--quiet", command_.options.quiet, "no progress, no table");
}

void CommandLine::add_compare() {
  auto* verb = add_verb("compare", "set two finished runs of one experiment beside each other",
                        footer_of("wideproof compare runs/before runs/after",
                                  "wideproof compare runs/laptop runs/cluster --out differences"));
  verbs_.emplace_back(verb, Command::Verb::compare);
  verb->add_option("RUN", command_.folder, "a run's folder")->required();
  verb->add_option("OTHER", command_.other_folder, "the other's")->required();
  verb->add_option("--out", command_.options.out,
                   "folder for tables, page and summary; without it nothing is written")
      ->type_name("DIR");
  verb->add_flag("--force", force_, "overwrite the comparison that the folder holds");
  verb->add_flag("--quiet", command_.options.quiet, "no text");
}

void CommandLine::add_report() {
  auto* verb = add_verb(
      "report", "write tables, figures and report of a finished run again",
      footer_of("wideproof report runs/study", "wideproof report runs/study/points/07 --quiet"));
  verbs_.emplace_back(verb, Command::Verb::report);
  verb->add_option("DIR", command_.folder, "the run's folder")->required();
  verb->add_flag("--quiet", command_.options.quiet, "no table");
}

void CommandLine::add_init() {
  auto* verb = add_verb("init", "print a commented experiment file",
                        footer_of("wideproof init > experiment.toml",
                                  "wideproof init generalization > experiment.toml"));
  verbs_.emplace_back(verb, Command::Verb::init);
  verb->add_option("KIND", command_.kind, fmt::format("{}", fmt::join(names_of_kinds(), " or ")));
}

bool CommandLine::parse(int argc, const char* const* argv) {
  check_first_word(program_, argc > 1 ? std::optional<std::string_view>(argv[1]) : std::nullopt);
  try {
    program_.parse(argc, argv);
  } catch (const CLI::Success& asked) {  // --help, --version
    program_.exit(asked, std::cout, std::cerr);
    return false;
  } catch (const CLI::ExtrasError& error) {
    std::string hint;
    for (const auto* verb : program_.get_subcommands())  // the one that was given
      hint = unknown_option(*verb, verb->remaining());
    throw model::InputError(hint.empty() ? one_line(error.what()) + "; see wideproof --help"
                                         : hint);
  } catch (const CLI::ParseError& error) {
    throw model::InputError(one_line(error.what()) + "; see wideproof --help");
  }
  return true;
}

Command CommandLine::command() {
  if (force_ && resume_) throw model::InputError("--force and --resume exclude each other");
  auto& options = command_.options;
  if (force_) options.if_taken = RunFolder::IfTaken::overwrite;
  if (resume_) options.if_taken = RunFolder::IfTaken::resume;
  if (validate_->count("--time-limit") > 0)
    options.time_limit = parse_duration("--time-limit", time_limit_);
  if (!seed_.empty()) command_.settings.push_back("study.seed=" + seed_);
  for (const auto& [verb, name] : verbs_)
    if (*verb) command_.verb = name;
  return command_;
}

}  // namespace

Command parse_command_line(int argc, const char* const* argv, int default_threads) {
  CommandLine line(default_threads);
  if (!line.parse(argc, argv)) return {};
  auto command = line.command();
  command.options.resume_command = resume_command(argc, argv);
  return command;
}

}  // namespace wideproof::app
