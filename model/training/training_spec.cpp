// SPDX-License-Identifier: MIT
#include <wideproof/model/training/training_spec.hpp>

#include <memory>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::model {
namespace {

void require_gradients(const Experiment& experiment, const TrainingOptions& training) {
  const auto& network = experiment.network();
  const auto activation = network.activation();
  if (training.layers == TrainedLayers::readout) return;
  if (activation == Activation::thresholded_pointwise)
    throw InputError("network.activation", in_quotes(network.activation_name()),
                     "has hidden layers that are not trained; with training.layers = \"readout\" "
                     "the readout alone is trained");
  if (!has_jumps(network)) return;
  throw InputError("network.activation", in_quotes(network.activation_name()),
                   "jumps, and has no derivative that tells of it; with training.layers = "
                   "\"readout\" the readout alone is trained");
}

/// The collapsed engine follows gradient descent on squared loss.
void require_collapsible(const Experiment& experiment, const TrainingOptions& training) {
  if (experiment.simulation().engine != Engine::collapsed) return;
  const bool is_descent = !training.batch_size && training.is_plain_descent(1) &&
                          training.loss == Loss::squared &&
                          training.parameterisation == Parameterisation::tangent;
  if (!is_descent)
    throw InputError(
        "simulation.engine", in_quotes(name_of(Engine::collapsed)),
        "trains by full-batch gradient descent on squared loss alone, in the tangent "
        "parameterisation, at a constant rate, without momentum, decay, clipping, early "
        "stopping, regularizer or dropout; engine = \"direct\" trains every weight");
  if (experiment.network().activation() == Activation::sparse_projection &&
      training.layers == TrainedLayers::all)
    throw InputError("simulation.engine", in_quotes(name_of(Engine::collapsed)),
                     "trains no layers of activation = \"sparse-projection\"; engine = "
                     "\"direct\" trains every weight");
}

/// Without weights all layers have one width.
void require_one_width(const Experiment& experiment) {
  if (experiment.network().has_one_width()) return;
  if (experiment.simulation().engine != Engine::collapsed) return;
  throw InputError("simulation.engine", in_quotes(name_of(Engine::collapsed)),
                   "trains layers of one width alone; engine = \"direct\" takes network.layers");
}

/// An auto-encoder has one hidden layer, independent weights and no biases but the output's.
void require_auto_encodable(const Experiment& experiment, const TrainingOptions& training) {
  if (training.architecture != Architecture::soae) return;
  const auto& network = experiment.network();
  const auto refuse = [](std::string_view key, const auto& value, std::string_view reason) {
    throw InputError(key, value, fmt::format("architecture \"soae\" {}", reason));
  };
  if (network.depth() != 1) refuse("network.depth", network.depth(), "has one hidden layer");
  if (!network.has_one_width())
    refuse("network.layers", "a width of its own", "has one hidden layer, of simulation.widths");
  if (network.weight_variance())
    refuse("network.weight_variance", *network.weight_variance(),
           "has training.auto_encoder.start in its place; leave it at \"critical\"");
  if (experiment.simulation().dtype != DType::float32)
    refuse("simulation.dtype", in_quotes(name_of(experiment.simulation().dtype)),
           "trains in \"float32\"");
  if (network.bias_variance() > 0)
    refuse("network.bias_variance", network.bias_variance(), "has no hidden biases");
  if (!network.presynaptic().is_none() || !network.postsynaptic().is_none())
    refuse("network.presynaptic.filter", "a filter", "has weights that nothing correlates");
  if (experiment.simulation().engine == Engine::collapsed)
    refuse("simulation.engine", in_quotes(name_of(Engine::collapsed)), "trains weight by weight");
}

/// Weight by weight there is no ridge.
void require_ridge(const Experiment& experiment, const TrainingOptions& training) {
  if (training.ridge == 0) return;
  if (!experiment.network().has_one_width())
    throw InputError("training.ridge", training.ridge,
                     "layers of different widths train weight by weight, without a ridge");
  if (experiment.simulation().engine != Engine::direct) return;
  throw InputError("training.ridge", training.ridge,
                   "engine = \"direct\" trains weight by weight, without a ridge; leave "
                   "simulation.engine at \"auto\"");
}

/// T1, T2 and mean |ρ| are of neurons, drawn weight by weight, whose layers are independent in the
/// limit.
void require_persistence(const Experiment& experiment, const TrainingOptions& training) {
  if (!experiment.compare().persistence) return;
  const auto refuse = [](std::string_view reason) {
    throw InputError("compare.persistence", "true", reason);
  };
  if (training.architecture == Architecture::soae)
    refuse("is predicted of no auto-encoder (training.architecture = \"soae\")");
  if (!experiment.network().postsynaptic().is_none())
    refuse(
        "is predicted of independent receiving neurons alone: remove "
        "network.postsynaptic.filter");
  if (experiment.simulation().engine == Engine::collapsed)
    refuse("needs neurons, which simulation.engine = \"collapsed\" does not draw");
  if (training.ridge > 0)
    refuse("needs networks that train weight by weight, which training.ridge excludes");
}

}  // namespace

TrainingSpec::TrainingSpec() : TrainingSpec(Options{}) {}

void TrainingSpec::check(const Experiment& experiment) const {
  training.validate();
  targets.validate(experiment.inputs());
  if (test) {
    if (training.test_fraction > 0)
      throw InputError("training.test_fraction", training.test_fraction,
                       "excludes inputs of their own for tests, the table [test]");
    targets.validate_test(*test);
  } else if (!targets.test_file.empty()) {
    throw InputError("targets.test_file", in_quotes(targets.test_file),
                     "is of the inputs of the table [test], and there is none; remove it");
  }
  require_auto_encodable(experiment, training);
  require_gradients(experiment, training);
  require_collapsible(experiment, training);
  require_ridge(experiment, training);
  require_one_width(experiment);
  require_persistence(experiment, training);
  for (const auto width : experiment.simulation().widths)
    training.regularizer.check_fits(experiment.network().widths(width));
}

Experiment::Options TrainingSpec::defaults() {
  Experiment::Options options;
  options.kind = std::make_shared<TrainingSpec>();
  options.simulation.widths = {128, 256, 512, 1024};
  options.simulation.replicates = 100;
  options.compare.equivalence_margin = 0.1;
  return options;
}

const TrainingSpec& training_of(const Experiment& experiment) {
  return dynamic_cast<const TrainingSpec&>(experiment.kind());
}

}  // namespace wideproof::model
