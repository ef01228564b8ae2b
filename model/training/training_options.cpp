// SPDX-License-Identifier: MIT
#include <wideproof/model/training/training_options.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/names.hpp>
#include <wideproof/model/require_between.hpp>

namespace wideproof::model {
namespace {

constexpr auto architectures =
    name_table<Architecture>({{Architecture::mlp, "mlp"}, {Architecture::soae, "soae"}});
constexpr auto layers_names =
    name_table<TrainedLayers>({{TrainedLayers::all, "all"}, {TrainedLayers::readout, "readout"}});
constexpr auto parameterisations = name_table<Parameterisation>(
    {{Parameterisation::tangent, "tangent"}, {Parameterisation::standard, "standard"}});
constexpr auto optimizers = name_table<Optimizer>({{Optimizer::sgd, "sgd"},
                                                   {Optimizer::adam, "adam"},
                                                   {Optimizer::adamw, "adamw"},
                                                   {Optimizer::rmsprop, "rmsprop"},
                                                   {Optimizer::adagrad, "adagrad"}});
constexpr auto losses =
    name_table<Loss>({{Loss::squared, "squared"}, {Loss::cross_entropy, "cross-entropy"}});
constexpr auto schedules = name_table<RateSchedule>({{RateSchedule::constant, "constant"},
                                                     {RateSchedule::linear, "linear"},
                                                     {RateSchedule::cosine, "cosine"},
                                                     {RateSchedule::step, "step"}});

constexpr auto most_steps = TrainingOptions::most_steps;

void require_positive(std::string_view key, double value) {
  if (!(value > 0) || !std::isfinite(value))
    throw InputError(key, value, "must be positive and finite");
}

void validate_optimizer(const TrainingOptions& options) {
  require_positive("training.learning_rate", options.learning_rate);
  if (!(options.momentum >= 0 && options.momentum < 1))
    throw InputError("training.momentum", options.momentum, "must lie in [0, 1)");
  const bool has_momentum =
      options.optimizer == Optimizer::sgd || options.optimizer == Optimizer::rmsprop;
  if (options.momentum > 0 && !has_momentum) {
    throw InputError(
        "training.momentum", options.momentum,
        fmt::format("optimizer \"{}\" does not read it; remove it", name_of(options.optimizer)));
  }
  if (options.nesterov && (options.optimizer != Optimizer::sgd || options.momentum == 0))
    throw InputError("training.nesterov", options.nesterov,
                     "needs optimizer = \"sgd\" and a momentum above 0");
  if (!(options.weight_decay >= 0) || !std::isfinite(options.weight_decay))
    throw InputError("training.weight_decay", options.weight_decay,
                     "must be at least 0 and finite");
  if (options.clip_norm) require_positive("training.clip_norm", *options.clip_norm);
}

/// Readouts have it in closed form.
void validate_ridge(const TrainingOptions& options) {
  if (!(options.ridge >= 0) || !std::isfinite(options.ridge))
    throw InputError("training.ridge", options.ridge, "must be at least 0 and finite");
  if (options.ridge == 0) return;
  const bool is_closed = options.layers == TrainedLayers::readout && !options.batch_size &&
                         options.is_plain_descent(1) && options.loss == Loss::squared &&
                         options.parameterisation == Parameterisation::tangent;
  if (!is_closed)
    throw InputError("training.ridge", options.ridge,
                     "needs layers = \"readout\", squared loss, the tangent parameterisation, and "
                     "full batches of gradient descent without momentum, decay, clipping, early "
                     "stopping, regularizer or dropout");
}

/// What is said of hidden layers needs them to train.
void validate_regularisers(const TrainingOptions& options) {
  options.regularizer.validate();
  options.regularizer.check_batches(options.batch_size.value_or(2), options.batch_size.value_or(2));
  if (!(options.dropout >= 0 && options.dropout < 1))
    throw InputError("training.dropout", options.dropout, "must lie in [0, 1)");
  if (options.layers == TrainedLayers::all) return;
  const auto reason = "needs layers = \"all\": with \"readout\" hidden layers do not train";
  if (options.regularizer.is_of_correlations())
    throw InputError("training.regularizer.kind", in_quotes(name_of(options.regularizer.kind)),
                     reason);
  if (options.dropout > 0) throw InputError("training.dropout", options.dropout, reason);
}

void validate_schedule(const TrainingOptions& options) {
  const bool steps = options.schedule == RateSchedule::step;
  if (!(options.decay > 0 && options.decay <= 1))
    throw InputError("training.decay", options.decay, "must lie in (0, 1]");
  if (steps && !options.every)
    throw InputError("training.every", "nothing",
                     "schedule \"step\" needs the number of steps after which the rate decays");
  if (options.every) {
    require_between("training.every", *options.every, 1, most_steps);
    if (!steps)
      throw InputError(
          "training.every", *options.every,
          fmt::format("schedule \"{}\" does not read it; remove it", name_of(options.schedule)));
  }
}

/// What an auto-encoder has none of.
void validate_auto_encoder(const TrainingOptions& options) {
  if (options.architecture != Architecture::soae) return;
  options.auto_encoder.validate();
  const auto refuse = [](std::string_view key, const auto& value, std::string_view reason) {
    throw InputError(key, value, fmt::format("architecture \"soae\" {}", reason));
  };
  if (options.learning_rate > std::numeric_limits<float>::max())
    refuse("training.learning_rate", options.learning_rate,
           "trains in float32, which ends at 3.4e38");
  if (options.loss != Loss::cross_entropy)
    refuse("training.loss", in_quotes(name_of(options.loss)), "needs loss = \"cross-entropy\"");
  if (options.optimizer != Optimizer::sgd)
    refuse("training.optimizer", in_quotes(name_of(options.optimizer)), "takes \"sgd\"");
  if (options.momentum > 0) refuse("training.momentum", options.momentum, "has none");
  if (options.batch_size && *options.batch_size != 1)
    refuse("training.batch_size", *options.batch_size, "takes one input an update");
  if (options.weight_decay > 0) refuse("training.weight_decay", options.weight_decay, "has none");
  if (options.clip_norm) refuse("training.clip_norm", *options.clip_norm, "has none");
  if (options.schedule != RateSchedule::constant)
    refuse("training.schedule", in_quotes(name_of(options.schedule)),
           "has training.auto_encoder.rate_decay in its place");
  if (options.layers != TrainedLayers::all)
    refuse("training.layers", in_quotes(name_of(options.layers)), "trains all of it");
  if (options.centred) refuse("training.centred", true, "is not centred");
  if (options.trained != Trained::weights)
    refuse("training.trained", in_quotes(name_of(options.trained)), "has weights alone");
  if (options.threshold_gradient != ThresholdGradient::detached)
    refuse("training.threshold_gradient", in_quotes(name_of(options.threshold_gradient)),
           "has no thresholds");
  if (options.readout_variance)
    refuse("training.readout_variance", *options.readout_variance,
           "has training.auto_encoder.start_deviation in its place");
  if (options.dropout > 0) refuse("training.dropout", options.dropout, "has none");
  if (options.regularizer.exists())
    refuse("training.regularizer.kind", in_quotes(name_of(options.regularizer.kind)), "has none");
}

void validate_length(const TrainingOptions& options) {
  if (options.batch_size)
    require_between("training.batch_size", *options.batch_size, 1, std::int64_t{100000});
  if (options.steps != 0 && options.epochs != 0)
    throw InputError("training.epochs", options.epochs,
                     fmt::format("excludes training.steps, which is {}", options.steps));
  if (options.epochs != 0)
    require_between("training.epochs", options.epochs, 1, most_steps);
  else
    require_between("training.steps", options.steps, 1, most_steps);
  if (options.record.empty()) return;
  const auto shown = fmt::format("[{}]", fmt::join(options.record, ", "));
  if (options.record.front() < 0 ||
      !std::is_sorted(options.record.begin(), options.record.end(), std::less_equal<>()))
    throw InputError("training.record", shown,
                     "must be steps, each above the one before, from 0 on");
  if (options.steps != 0 && options.record.back() > options.steps)
    throw InputError("training.record", shown,
                     fmt::format("must not exceed training.steps, which is {}", options.steps));
}

}  // namespace

std::string_view name_of(Architecture architecture) {
  return architectures[architecture];
}
std::string_view name_of(TrainedLayers layers) {
  return layers_names[layers];
}
std::string_view name_of(Parameterisation parameterisation) {
  return parameterisations[parameterisation];
}
std::string_view name_of(Optimizer optimizer) {
  return optimizers[optimizer];
}
std::string_view name_of(Loss loss) {
  return losses[loss];
}
std::string_view name_of(RateSchedule schedule) {
  return schedules[schedule];
}

Architecture architecture_from_name(std::string_view key, std::string_view name) {
  return architectures.value(key, name);
}
TrainedLayers trained_layers_from_name(std::string_view key, std::string_view name) {
  return layers_names.value(key, name);
}
Parameterisation parameterisation_from_name(std::string_view key, std::string_view name) {
  return parameterisations.value(key, name);
}
Optimizer optimizer_from_name(std::string_view key, std::string_view name) {
  return optimizers.value(key, name);
}
Loss loss_from_name(std::string_view key, std::string_view name) {
  return losses.value(key, name);
}
RateSchedule rate_schedule_from_name(std::string_view key, std::string_view name) {
  return schedules.value(key, name);
}

std::int64_t TrainingOptions::steps_for(std::int64_t inputs) const {
  if (epochs == 0) return steps;
  if (architecture == Architecture::soae) return epochs * auto_encoder.samples;
  const std::int64_t batch = batch_size.value_or(inputs);
  return epochs * ((inputs + batch - 1) / batch);
}

bool TrainingOptions::is_plain_descent(std::int64_t inputs) const {
  return architecture == Architecture::mlp && optimizer == Optimizer::sgd && momentum == 0 &&
         weight_decay == 0 && !clip_norm && schedule == RateSchedule::constant &&
         is_full_batch(inputs) && !patience && !regularizer.exists() && dropout == 0;
}

void TrainingOptions::validate() const {
  validate_optimizer(*this);
  validate_ridge(*this);
  validate_auto_encoder(*this);
  validate_regularisers(*this);
  validate_schedule(*this);
  validate_length(*this);
  if (!(test_fraction >= 0 && test_fraction < 1))
    throw InputError("training.test_fraction", test_fraction, "must lie in [0, 1)");
  if (!(validation_fraction >= 0 && validation_fraction < 1))
    throw InputError("training.validation_fraction", validation_fraction, "must lie in [0, 1)");
  if (patience) {
    require_between("training.patience", *patience, 1, most_steps);
    if (validation_fraction == 0)
      throw InputError("training.patience", *patience,
                       "early stopping needs training.validation_fraction above 0");
  }
  if (readout_variance) require_positive("training.readout_variance", *readout_variance);
}

}  // namespace wideproof::model
