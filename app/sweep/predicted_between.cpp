// SPDX-License-Identifier: MIT
#include <wideproof/app/sweep/predicted_between.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/experiment/setting.hpp>
#include <wideproof/app/study/study_kind.hpp>
#include <wideproof/app/system/diagnostics.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/report/sweep/axes.hpp>

namespace wideproof::app {
namespace {

constexpr int most_steps = 48;
constexpr int most_predictions = 800;

bool is_whole(const report::SweepAxis& axis) {
  return std::all_of(axis.labels.begin(), axis.labels.end(), [](const std::string& label) {
    return label.find_first_of(".eE") == std::string::npos;
  });
}

/// Values between the swept ones, as text, without these.
std::vector<std::string> values_between(const report::SweepAxis& axis, int steps) {
  const double low = axis.numbers.front();
  const double high = axis.numbers.back();
  std::vector<std::string> values;
  if (is_whole(axis)) {
    const double step = std::max(1.0, std::ceil((high - low) / steps));
    for (double at = low + step; at < high; at += step) values.push_back(fmt::format("{:.0f}", at));
  } else {
    for (int i = 1; i < steps; ++i) {
      const double part = static_cast<double>(i) / steps;
      const double at =
          axis.logarithmic ? low * std::pow(high / low, part) : low + (high - low) * part;
      values.push_back(fmt::format("{:.6g}", at));
    }
  }
  std::erase_if(values, [&](const std::string& value) {
    const double at = compare::as_number(value).value();
    return std::any_of(axis.numbers.begin(), axis.numbers.end(),
                       [at](double number) { return number == at; });
  });
  return values;
}

/// `experiment` with another value of one key; nullopt where there is no such experiment.
std::optional<model::Experiment> with_value(const model::Experiment& experiment,
                                            const std::string& key, const std::string& value) {
  try {
    auto root = parse_toml(to_toml(experiment), "");
    put_over(root, setting_table(key + "=" + value));
    return experiment_of(root);
  } catch (const model::InputError&) {
    return std::nullopt;
  }
}

bool is_predicted(const compare::SweepResult& result) {
  return std::any_of(result.points.begin(), result.points.end(), [](const auto& point) {
    return std::any_of(point.numbers.begin(), point.numbers.end(),
                       [](const auto& number) { return std::isfinite(number.predicted); });
  });
}

}  // namespace

compare::SweepResult predicted_between(const SweepSpec& sweep, const compare::SweepResult& result,
                                       const RunOptions* options) {
  const auto axes = report::sweep_axes(result);
  if (axes.empty() || !axes.front().numeric || axes.front().numbers.size() < 2) return {};
  if (!is_predicted(result)) return {};
  const auto& x = axes.front();
  const auto groups = report::sweep_groups(result, axes, 1);
  const int steps = std::min(most_steps, most_predictions / static_cast<int>(groups.size()));
  if (static_cast<std::size_t>(steps) < 2 * x.numbers.size()) return {};
  const auto values = values_between(x, steps);
  compare::SweepResult between{result.keys, {}};
  SharedData shared;
  try {
    for (const auto& group : groups) {
      if (group.points.size() < 2) continue;
      const auto first = group.points.front();
      for (const auto& value : values) {
        const auto experiment =
            with_value(sweep.points[first].experiment, sweep.keys[x.key], value);
        if (!experiment) continue;
        auto numbers = kind_of(*experiment).predicted_numbers(*experiment, shared, options);
        if (numbers.empty()) return {};
        between.points.push_back({.values = result.points[first].values,
                                  .numbers = std::move(numbers),
                                  .is_judged = false});
        between.points.back().values[x.key] = value;
      }
    }
  } catch (const model::InputError& error) {
    say(fmt::format("{}; lines of figures join what is predicted at the points", error.what()));
    return {};
  }
  return between;
}

}  // namespace wideproof::app
