// SPDX-License-Identifier: MIT
#include <wideproof/compare/training/sweep_numbers.hpp>

#include <memory>
#include <string>
#include <utility>

#include <wideproof/compare/statistics/distributions.hpp>
#include <wideproof/compare/training/activity_sweep_numbers.hpp>
#include <wideproof/compare/training/state_means.hpp>

namespace wideproof::compare {
namespace {

struct TrainedSweepQuantity {
  SharedQuantity quantity;
  StateNumber number;
  bool TrainedSweepParts::*needs;           // nullptr: always there
  bool TrainedSweepParts::*also = nullptr;  // and this
};

SharedQuantity trained_quantity(std::string name, std::string plural, std::string label,
                                std::string meaning, SweepQuantity::Scale scale,
                                bool is_least_best = false) {
  const bool has_vowel = std::string("aeiou").find(name.front()) != std::string::npos;
  SweepQuantity quantity;
  quantity.indefinite = (has_vowel ? "an " : "a ") + name;
  quantity.name = std::move(name);
  quantity.plural = std::move(plural);
  quantity.map_label = label;
  quantity.label = std::move(label);
  quantity.meaning = std::move(meaning);
  quantity.scale = scale;
  quantity.is_least_best = is_least_best;
  quantity.has_draws = true;
  return std::make_shared<const SweepQuantity>(std::move(quantity));
}

const std::vector<TrainedSweepQuantity>& trained_quantities() {
  using Scale = SweepQuantity::Scale;
  using Parts = TrainedSweepParts;
  static const std::vector<TrainedSweepQuantity> all = {
      {trained_quantity("loss", "losses", "training loss", "The loss on the training inputs.",
                        Scale::logarithmic, true),
       loss_of, nullptr},
      {trained_quantity("test loss", "test losses", "test loss", "The loss on the test inputs.",
                        Scale::logarithmic, true),
       test_loss_of, &Parts::has_test},
      {trained_quantity("accuracy", "accuracies", "training accuracy",
                        "The part of the training inputs that is classified rightly.",
                        Scale::linear),
       accuracy_of, &Parts::has_accuracy},
      {trained_quantity("test accuracy", "test accuracies", "test accuracy",
                        "The part of the test inputs that is classified rightly.", Scale::linear),
       test_accuracy_of, &Parts::has_accuracy, &Parts::has_test},
      {trained_quantity("validation loss", "validation losses", "validation loss",
                        "The loss on the inputs of the validation split.", Scale::logarithmic,
                        true),
       validation_loss_of, &Parts::has_validation},
      {trained_quantity("validation accuracy", "validation accuracies", "validation accuracy",
                        "The part of the validation split that is classified rightly.",
                        Scale::linear),
       validation_accuracy_of, &Parts::has_accuracy, &Parts::has_validation},
      {trained_quantity("tangent drift", "tangent drifts", "relative drift of the tangent kernel",
                        "How far training has moved the tangent kernel, ‖Θ̂ − Θ̂_0‖/‖Θ̂_0‖.",
                        Scale::logarithmic),
       tangent_drift_of, &Parts::has_drift},
      {trained_quantity("effective dimension", "effective dimensions",
                        "effective dimension of the last layer",
                        "The effective dimension of the last hidden layer's kernel K on the "
                        "training inputs is (tr K)²/tr K².",
                        Scale::linear),
       effective_dimension_of, &Parts::has_dimension},
      {trained_quantity("active fraction", "active fractions", "active fraction of the last layer",
                        "The part of the last hidden layer's neurons that is active.",
                        Scale::linear),
       last_active_fraction_of, &Parts::has_activity},
      {trained_quantity("degree of correlation", "degrees of correlation",
                        "degree of correlation of the last layer",
                        "The degree of correlation of the weights that the last hidden layer "
                        "receives.",
                        Scale::linear),
       last_degree_of_correlation_of, &Parts::has_correlation},
      {trained_quantity("regularizer", "regularizers", "regulariser R",
                        "The regulariser R, without its strength, on the first training inputs.",
                        Scale::linear, true),
       regularizer_of, &Parts::has_regularizer}};
  return all;
}

bool is_there(const TrainedSweepQuantity& at, const TrainedSweepParts& parts) {
  return (at.needs == nullptr || parts.*at.needs) && (at.also == nullptr || parts.*at.also);
}

}  // namespace

std::vector<SweepNumber> trained_sweep_numbers(const model::TrainingMeasurement& measurement,
                                               const TrainedSweepParts& parts) {
  std::vector<SweepNumber> numbers;
  if (measurement.steps.empty()) return numbers;
  for (const TrainedSweepQuantity& at : trained_quantities()) {
    if (!is_there(at, parts)) continue;
    for (const model::TrainedWidth& width : measurement.widths) {
      SweepNumber number{.quantity = at.quantity, .width = width.width};
      const Eigen::VectorXd networks = numbers_of(width, measurement.steps.size() - 1, at.number);
      const NetworkMean mean = network_mean(networks);
      number.value = mean.mean;
      if (networks.size() > 0 && networks.allFinite())
        number.draws.assign(networks.begin(), networks.end());
      if (networks.size() > 1) {
        const double reach =
            student_upper_quantile(0.025, static_cast<double>(networks.size() - 1)) *
            mean.standard_error;
        number.low = mean.mean - reach;
        number.high = mean.mean + reach;
      }
      numbers.push_back(std::move(number));
    }
  }
  std::vector<std::int64_t> widths;
  for (const model::TrainedWidth& at : measurement.widths) widths.push_back(at.width);
  for (SweepNumber& number : activity_sweep_numbers(&measurement, widths, parts))
    numbers.push_back(std::move(number));
  return numbers;
}

std::vector<SweepNumber> planned_trained_numbers(const std::vector<std::int64_t>& widths,
                                                 const TrainedSweepParts& parts) {
  std::vector<SweepNumber> numbers;
  for (const TrainedSweepQuantity& at : trained_quantities())
    if (is_there(at, parts))
      for (const std::int64_t width : widths)
        numbers.push_back({.quantity = at.quantity, .width = width});
  for (SweepNumber& number : activity_sweep_numbers(nullptr, widths, parts))
    numbers.push_back(std::move(number));
  return numbers;
}

}  // namespace wideproof::compare
