// SPDX-License-Identifier: MIT
#include <wideproof/report/training/tables.hpp>

#include <cmath>
#include <iterator>
#include <limits>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include <wideproof/report/figure/figure_text.hpp>
#include <wideproof/report/page/claims_section.hpp>
#include <wideproof/report/page/claims_text.hpp>
#include <wideproof/report/page/csv_field.hpp>
#include <wideproof/report/page/wrapped_item.hpp>
#include <wideproof/report/training/words.hpp>

namespace wideproof::report {
namespace {

using compare::NetworkMean;
using compare::TrainedMeans;
using compare::TrainedQuantity;

constexpr std::string_view step_format = "{:>9}  {:<23}  {:<23}  {}\n";
constexpr std::string_view plain_step_format = "{:>9}  {}\n";
constexpr std::string_view width_format = "{:>7}  {:<19}  {:<19}  {:<8}  {:<8}  {}\n";
constexpr std::size_t most_steps_of_a_terminal = 12;

std::string number_at(const Eigen::MatrixXd& numbers, Eigen::Index c, Eigen::Index a) {
  return numbers.size() == 0 ? "" : csv_number(numbers(c, a));
}

/// ",mean,deviation" of a law at a step, or two empty fields.
std::string law_fields(const std::vector<model::TrainedLaw>& laws, std::size_t step, Eigen::Index c,
                       Eigen::Index a) {
  if (laws.empty()) return ",,";
  return fmt::format(",{},{}", csv_number(laws[step].mean(c, a)),
                     csv_number(std::sqrt(laws[step].covariance(a, a))));
}

const char* word_of(TrainedQuantity quantity) {
  switch (quantity) {
    case TrainedQuantity::mean:
      return "mean";
    case TrainedQuantity::spread:
      return "spread";
    case TrainedQuantity::leading_spread:
      return "leading_spread";
    case TrainedQuantity::leading_covariance:
      break;
  }
  return "leading_covariance";
}

std::string percent_or_dash(const NetworkMean& mean) {
  return std::isfinite(mean.mean) ? fmt::format("{:.1f}%", 100.0 * mean.mean) : "–";
}

std::string loss_field(const std::vector<double>& losses, std::size_t step) {
  return losses.empty() ? "" : csv_number(losses[step]);
}

std::string rows_by_step(const compare::TrainingAssessment& assessment) {
  const std::size_t widest = assessment.widths().size() - 1;
  const bool is_spread_predicted = assessment.has_limit() && !assessment.options.is_centred;
  const std::string at_width = fmt::format("n = {}", assessment.means.back().width);
  const auto deviation = [&](std::size_t step) {
    return is_spread_predicted ? deviation_ratio(assessment, step)
                               : number_or_dash(deviation_at(assessment, widest, step), "{:.3g}");
  };
  const std::string deviation_head =
      is_spread_predicted ? "deviation/predicted" : "deviation, " + at_width;
  std::string text =
      assessment.has_limit()
          ? fmt::format(step_format, "step", "means off, n → ∞", at_width, deviation_head)
          : fmt::format(plain_step_format, "step", deviation_head);
  for (const std::size_t step : spread_out(assessment.steps.size(), most_steps_of_a_terminal))
    text += assessment.has_limit()
                ? fmt::format(step_format, assessment.steps[step],
                              in_words(distance_in_the_limit(assessment, step)),
                              in_words(distance_at(assessment, widest, step)), deviation(step))
                : fmt::format(plain_step_format, assessment.steps[step], deviation(step));
  return text;
}

std::string rows_by_width(const compare::TrainingAssessment& assessment) {
  std::string text = fmt::format("\nAfter step {}:\n", assessment.steps.back());
  text += fmt::format(width_format, "width n", "loss", "test loss", "right", "in test", "drift");
  for (std::size_t w = 0; w < assessment.widths().size(); ++w) {
    const TrainedMeans& at = assessment.at(w, assessment.steps.size() - 1);
    text += fmt::format(width_format, at.width, with_error(at.loss), with_error(at.test_loss),
                        percent_or_dash(at.accuracy), percent_or_dash(at.test_accuracy),
                        number_or_dash(at.tangent_drift.mean, "{:.3g}"));
  }
  if (assessment.drift_exponent)
    text += wrapped_lines(fmt::format("The drift of the tangent kernel goes as n to the power {}.",
                                      in_words(*assessment.drift_exponent)));
  return text;
}

}  // namespace

std::string trained_table(const compare::TrainingAssessment& assessment) {
  std::string table =
      "width,step,output,point,set,mean,standard_error,deviation,predicted,predicted_deviation,"
      "flow,flow_deviation,kernel_regression,tangent_regression\n";
  const model::TrainingPrediction prediction =
      assessment.prediction.value_or(model::TrainingPrediction{});
  for (std::size_t w = 0; w < assessment.widths().size(); ++w)
    for (std::size_t step = 0; step < assessment.steps.size(); ++step) {
      const TrainedMeans& at = assessment.at(w, step);
      for (Eigen::Index c = 0; c < at.output_mean.rows(); ++c)
        for (Eigen::Index a = 0; a < at.output_mean.cols(); ++a)
          fmt::format_to(
              std::back_inserter(table), "{},{},{},{},{},{},{},{}{}{},{},{}\n", at.width, at.step,
              c + 1, a + 1, a < assessment.training_points ? "training" : "test",
              csv_number(at.output_mean(c, a)), csv_number(at.output_standard_error(c, a)),
              csv_number(at.output_deviation(c, a)), law_fields(prediction.descent, step, c, a),
              law_fields(prediction.flow, step, c, a),
              number_at(prediction.kernel_regression, c, a),
              number_at(prediction.tangent_regression, c, a));
    }
  return table;
}

std::string training_table(const compare::TrainingAssessment& assessment,
                           const TheoryLosses& losses) {
  std::string table = "width,step,replicates";
  for (const char* name : {"loss", "test_loss", "accuracy", "test_accuracy", "tangent_drift",
                           "effective_dimension", "active_fraction", "degree_of_correlation",
                           "regularizer", "validation_loss", "validation_accuracy"})
    table += fmt::format(",{0},{0}_standard_error", name);
  table += ",expected_loss,expected_test_loss\n";
  for (std::size_t i = 0; i < assessment.means.size(); ++i) {
    const TrainedMeans& at = assessment.means[i];
    table += fmt::format("{},{},{}", at.width, at.step, at.replicates);
    for (const NetworkMean& mean :
         {at.loss, at.test_loss, at.accuracy, at.test_accuracy, at.tangent_drift,
          at.effective_dimension, at.active_fraction, at.degree_of_correlation, at.regularizer,
          at.validation_loss, at.validation_accuracy})
      table += fmt::format(",{},{}", csv_number(mean.mean), csv_number(mean.standard_error));
    const std::size_t step = i % assessment.steps.size();
    table +=
        fmt::format(",{},{}\n", loss_field(losses.training, step), loss_field(losses.test, step));
  }
  return table;
}

std::string trained_limits_table(const compare::TrainingAssessment& assessment) {
  std::string table =
      "step,quantity,output,point,order,limit,standard_error,low,high,predicted,p_value\n";
  if (!assessment.found.limits) return table;
  for (std::size_t k = 0; k < assessment.numbers.size(); ++k) {
    const compare::TrainedNumber& number = assessment.numbers[k];
    const compare::LimitEstimate<>& at = assessment.found.limits->all[k];
    const compare::Interval interval = at.interval(0.95);
    const std::string place = number.quantity == TrainedQuantity::mean
                                  ? fmt::format("{},{}", number.output + 1, number.point + 1)
                                  : ",";
    fmt::format_to(std::back_inserter(table), "{},{},{},{},{},{},{},{},{},{}\n",
                   assessment.steps[number.step], word_of(number.quantity), place,
                   assessment.found.limits->order(), csv_number(at.value),
                   csv_number(at.standard_error), csv_number(interval.low),
                   csv_number(interval.high), csv_number(number.predicted), csv_number(at.p_value));
  }
  return table;
}

std::string terminal_table(const compare::TrainingAssessment& assessment, bool in_colour) {
  std::string text;
  if (!assessment.means.empty()) {
    text = rows_by_step(assessment);
    text += wrapped_lines(
        assessment.has_limit()
            ? "How far means over networks are off: the root of the mean square over outputs and "
              "inputs, and what their errors alone would make of it."
            : "Deviation of one network from another: the root of the mean square over outputs and "
              "inputs.");
    text += rows_by_width(assessment);
  }
  text += claims_text(assessment.claims);
  return text + "\n" + verdict_text(assessment.verdict, in_colour);
}

}  // namespace wideproof::report
