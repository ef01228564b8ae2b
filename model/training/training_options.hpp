// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <wideproof/model/gradients.hpp>
#include <wideproof/model/training/auto_encoder_options.hpp>
#include <wideproof/model/training/regularizer_options.hpp>

namespace wideproof::model {

/// What is trained: the study's network (mlp), or a supervised online auto-encoder of one hidden
/// layer (soae), see AutoEncoderOptions.
enum class Architecture { mlp, soae };

/// The layers whose parameters training moves: all of them, or the readout alone.
enum class TrainedLayers { all, readout };

/// What a step of size η moves. A layer's weights are s ω, s² = σ²/n (1 at the first layer), its
/// biases σ_b β, the readout's weights (σ_r/√n) v:
///
///   tangent   ω, β and v, which are of order 1: the limit n → ∞ at fixed η has a tangent kernel
///   standard  weights and biases themselves; no limit at fixed η
enum class Parameterisation { tangent, standard };

enum class Optimizer { sgd, adam, adamw, rmsprop, adagrad };

/// The loss of outputs f and targets y, over a batch of B inputs and C outputs:
///
///   squared        ½ Σ_bc (f_bc − y_bc)²
///   cross_entropy  −(1/B) Σ_bc y_bc log softmax(f_b)_c
enum class Loss { squared, cross_entropy };

/// The learning rate at step t of T, as a multiple of `learning_rate`:
///
///   constant  1
///   linear    1 − t/T
///   cosine    ½ (1 + cos(πt/T))
///   step      decay^⌊t/every⌋
enum class RateSchedule { constant, linear, cosine, step };

std::string_view name_of(Architecture architecture);
std::string_view name_of(TrainedLayers layers);
std::string_view name_of(Parameterisation parameterisation);
std::string_view name_of(Optimizer optimizer);
std::string_view name_of(Loss loss);
std::string_view name_of(RateSchedule schedule);
// Each throws InputError naming `key` and every known name.
Architecture architecture_from_name(std::string_view key, std::string_view name);
TrainedLayers trained_layers_from_name(std::string_view key, std::string_view name);
Parameterisation parameterisation_from_name(std::string_view key, std::string_view name);
Optimizer optimizer_from_name(std::string_view key, std::string_view name);
Loss loss_from_name(std::string_view key, std::string_view name);
RateSchedule rate_schedule_from_name(std::string_view key, std::string_view name);

/// How networks are trained: the [training] table.
struct TrainingOptions {
  static constexpr std::int64_t most_steps = 1'000'000'000;

  Architecture architecture = Architecture::mlp;
  AutoEncoderOptions auto_encoder = {};  ///< of soae
  TrainedLayers layers = TrainedLayers::all;
  Trained trained = Trained::weights;
  Parameterisation parameterisation = Parameterisation::tangent;
  ThresholdGradient threshold_gradient = ThresholdGradient::detached;
  Loss loss = Loss::squared;

  Optimizer optimizer = Optimizer::sgd;
  double learning_rate = 0.1;  ///< η > 0
  double momentum = 0.0;       ///< of sgd and rmsprop, in [0, 1)
  bool nesterov = false;       ///< of sgd; needs momentum
  double weight_decay = 0.0;   ///< ≥ 0
  /// λ ≥ 0 of (λ/2) ‖v − v_0‖², added to squared loss; of readouts trained alone, full batch.
  double ridge = 0.0;
  RegularizerOptions regularizer = {};  ///< what is added to the loss beside
  /// Chance in [0, 1) that an activation of a hidden layer is 0 in a step; others are divided by
  /// 1 − dropout. Networks that are looked at drop none.
  double dropout = 0.0;
  RateSchedule schedule = RateSchedule::constant;
  double decay = 0.1;                      ///< of the schedule `step`, in (0, 1]
  std::optional<std::int64_t> every = {};  ///< steps, of the schedule `step`
  std::optional<double> clip_norm = {};    ///< gradients of a longer norm are scaled down to it

  std::optional<std::int64_t> batch_size = {};  ///< nullopt: all training inputs, "full"
  std::int64_t steps = 0;                       ///< T; 0 where `epochs` are given
  std::int64_t epochs = 0;                      ///< 0 where `steps` are given
  /// After which steps networks are looked at, rising, from 0 to the last; empty: the last.
  std::vector<std::int64_t> record = {};

  double test_fraction = 0.0;        ///< of the inputs, set apart for tests; in [0, 1)
  double validation_fraction = 0.0;  ///< of the training inputs, set apart; in [0, 1)
  /// Early stopping: training ends where the loss on the validation inputs has not fallen for so
  /// many recorded steps, and the parameters of the lowest one are kept. Needs a split.
  std::optional<std::int64_t> patience = {};

  /// Whether each network's outputs have those at its start taken off, f − f_0: what trains and is
  /// looked at is the difference.
  bool centred = false;
  std::optional<double> readout_variance = {};  ///< σ_r²; nullopt: 1/k_τ(1)

  /// Steps of `inputs` training inputs: an epoch's last batch may be smaller. Of an auto-encoder
  /// updates of one input.
  std::int64_t steps_for(std::int64_t inputs) const;
  bool is_full_batch(std::int64_t inputs) const { return !batch_size || *batch_size == inputs; }
  /// Whether it is gradient descent, with neither batches nor regulariser nor anything else that
  /// the limit n → ∞ does not have: TrainedLimit predicts its squared loss.
  bool is_plain_descent(std::int64_t inputs) const;

  /// Throws InputError naming training.<key> for a value out of range, and for values that do not
  /// go together: momentum with adam, patience without a validation split, both steps and epochs, a
  /// ridge for what is not a readout trained alone by plain descent, correlations of hidden layers
  /// or dropout where these do not train.
  void validate() const;
};

}  // namespace wideproof::model
