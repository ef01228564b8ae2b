// SPDX-License-Identifier: MIT
#include <wideproof/model/tangent/tangent_spec.hpp>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::model {

void TangentSpec::check(const Experiment& experiment) const {
  const auto& network = experiment.network();
  const auto activation = network.activation();
  if (has_jumps(network)) {
    throw InputError("network.activation", in_quotes(network.activation_name()),
                     "jumps, and has no derivative that tells of it; kind = \"gram\" studies its "
                     "Gram matrices");
  }
  if (activation == Activation::sparse_projection) {
    throw InputError("network.activation", in_quotes(name_of(activation)),
                     "has a tangent kernel that is neither derived nor sampled; kind = \"gram\" "
                     "studies its Gram matrices");
  }
  const auto engine = experiment.simulation().engine;
  if (engine == Engine::direct)
    throw InputError("simulation.engine", in_quotes(name_of(engine)),
                     "must be \"auto\" or \"collapsed\": tangent kernels are sampled without "
                     "weights");
}

Experiment::Options TangentSpec::defaults() {
  Experiment::Options options;
  options.kind = std::make_shared<TangentSpec>();
  return options;
}

const TangentSpec& tangent_of(const Experiment& experiment) {
  return dynamic_cast<const TangentSpec&>(experiment.kind());
}

}  // namespace wideproof::model
