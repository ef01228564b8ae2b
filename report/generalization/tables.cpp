// SPDX-License-Identifier: MIT
#include <wideproof/report/generalization/tables.hpp>

#include <cmath>
#include <iterator>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include <wideproof/report/page/csv_field.hpp>
#include <wideproof/report/page/wrapped_item.hpp>

namespace wideproof::report {
namespace {

struct Row {
  std::string_view quantity;
  std::optional<std::int64_t> width;
  std::optional<std::int64_t> networks;
  const compare::MeanError& error;
  const compare::PairedRatio* difference = nullptr;
  compare::Interval interval;
  const compare::VarianceComponents* deviations = nullptr;
};

void add(std::string& table, const compare::LearningPoint& point, const Row& row) {
  if (row.error.draws == 0) return;
  const auto count = [](const std::optional<std::int64_t>& number) {
    return number ? fmt::format("{}", *number) : std::string();
  };
  fmt::format_to(std::back_inserter(table), "{},{},{},{},{},{},{},{},{}", point.training_points,
                 row.quantity, count(row.width), row.error.draws, count(row.networks),
                 csv_number(row.error.mean), csv_number(row.error.low), csv_number(row.error.high),
                 point.predicted.draws > 0 ? csv_number(point.predicted.mean) : "");
  if (row.difference != nullptr)
    fmt::format_to(std::back_inserter(table), ",{},{},{}", csv_number(row.difference->difference),
                   csv_number(row.interval.low), csv_number(row.interval.high));
  else
    table += ",,,";
  if (row.deviations != nullptr)
    fmt::format_to(std::back_inserter(table), ",{},{}\n", csv_number(row.deviations->between_draws),
                   csv_number(row.deviations->between_networks));
  else
    table += ",,\n";
}

constexpr std::string_view row_format = "{:>6}  {:<11} {:>9}  {:<20}  {:>7}  {}\n";

std::string short_number(double number) {
  return std::isnan(number) ? "-" : fmt::format("{:.3g}", number);
}

/// At most seven characters.
std::string short_percent(double fraction) {
  if (std::isnan(fraction)) return "-";
  if (std::abs(fraction) >= 9.995) return fraction > 0.0 ? ">+999%" : "<-999%";
  return fmt::format("{:+.{}f}%", 100.0 * fraction, std::abs(fraction) < 0.1 ? 2 : 1);
}

std::string row(const std::string& points, const std::string& what, const compare::MeanError& error,
                const compare::PairedRatio* difference, const compare::Interval& interval) {
  const std::string bounds =
      std::isnan(error.low) ? "-" : short_number(error.low) + " to " + short_number(error.high);
  std::string relative;
  std::string relative_bounds;
  if (difference != nullptr) {
    relative = short_percent(difference->difference);
    if (!std::isnan(interval.low))
      relative_bounds = short_percent(interval.low) + " to " + short_percent(interval.high);
  }
  std::string line = fmt::format(row_format, points, what, short_number(error.mean), bounds,
                                 relative, relative_bounds);
  line.erase(line.find_last_not_of(" \n") + 1);
  return line + "\n";
}

std::string rows(const compare::LearningPoint& point) {
  std::string text =
      row(fmt::format("{}", point.training_points), "kernel", point.kernel.pool, nullptr, {});
  if (point.predicted.draws > 0)
    text += row("", "theory", point.predicted, &point.prediction, point.prediction_interval);
  for (const compare::NetworkErrors& at : point.networks)
    text += row("", fmt::format("n = {}", at.width), at.error.pool, &at.excess, at.excess_interval);
  if (point.decay)
    text += fmt::format("{:>6}  excess ~ n^{:.2f} ({:.2f} to {:.2f})\n", "",
                        point.decay->exponent.value, point.decay->exponent.low,
                        point.decay->exponent.high);
  return text;
}

}  // namespace

std::string learning_curve_table(const compare::GeneralizationAssessment& assessment) {
  std::string table =
      "training_points,quantity,width,draws,networks,mean,low,high,predicted,relative_difference,"
      "relative_low,relative_high,between_draws,between_networks\n";
  for (const compare::LearningPoint& point : assessment.points) {
    add(table, point,
        {"theory", {}, {}, point.predicted, &point.prediction, point.prediction_interval});
    add(table, point, {"kernel", {}, {}, point.kernel.pool, nullptr, {}});
    add(table, point, {"kernel-training", {}, {}, point.kernel.training, nullptr, {}});
    add(table, point, {"kernel-unseen", {}, {}, point.kernel.unseen, nullptr, {}});
    for (const compare::NetworkErrors& at : point.networks) {
      add(table, point,
          {"network", at.width, at.networks, at.error.pool, &at.excess, at.excess_interval,
           &at.deviations});
      add(table, point,
          {"network-training", at.width, at.networks, at.error.training, nullptr, {}});
      add(table, point, {"network-unseen", at.width, at.networks, at.error.unseen, nullptr, {}});
    }
  }
  return table;
}

std::string draws_table(const model::GeneralizationMeasurement& measurement) {
  std::string table = "training_points,draw,quantity,width,replicate,pool,training,unseen\n";
  auto end = std::back_inserter(table);
  for (const model::DrawnRegression& regression : measurement.draws) {
    fmt::format_to(end, "{},{},kernel,,,{},{},{}\n", regression.training_points, regression.draw,
                   regression.kernel.pool, regression.kernel.training, regression.kernel.unseen);
    if (regression.predicted)
      fmt::format_to(end, "{},{},theory,,,{},,\n", regression.training_points, regression.draw,
                     regression.predicted->error);
  }
  for (const model::NetworkRegression& regression : measurement.networks)
    fmt::format_to(end, "{},{},network,{},{},{},{},{}\n", regression.training_points,
                   regression.draw, regression.width, regression.replicate, regression.error.pool,
                   regression.error.training, regression.error.unseen);
  return table;
}

std::string terminal_table(const compare::GeneralizationAssessment& assessment, bool in_colour) {
  std::string text = fmt::format(row_format, "P", "", "error", "95%", "differs", "95%");
  for (const compare::LearningPoint& point : assessment.points) text += rows(point);
  text += "Mean squared errors over all points of a draw; differs: from kernel regression\n";
  if (!assessment.claims.empty())
    text += fmt::format("\n{:<11} {:<26} {:>8}  {:<18} {}\n", "claim", "where", "differs",
                        fmt::format("{:.3g}%", 100.0 - 200.0 * agreement_level(assessment.options)),
                        "outcome");
  for (const compare::Claim& claim : assessment.claims)
    text += fmt::format(
                "{:<11} {:<26} {:>8}  {:<18} {}\n", claim.name, claim.where,
                short_percent(claim.measurement.value_or(std::nan(""))),
                claim.low ? short_percent(*claim.low) + " to " + short_percent(*claim.high) : "-",
                name_of(claim.outcome)) +
            wrapped_lines(claim.statement, 2);
  return text + "\n" + verdict_text(assessment.verdict, in_colour);
}

}  // namespace wideproof::report
