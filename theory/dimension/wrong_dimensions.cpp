// SPDX-License-Identifier: MIT
#include <wideproof/theory/dimension/wrong_dimensions.hpp>

#include <fmt/format.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/dimension/dimension_recursion.hpp>

namespace wideproof::theory {
namespace {

using model::SynapseLaw;

class DimensionCandidates {
 public:
  DimensionCandidates(const model::Network& network, const model::Synapses& synapses,
                      const model::LayerMoments& inputs)
      : network_(network), synapses_(synapses), inputs_(inputs) {
    const DimensionRecursion recursion(network, synapses);
    weight_variance_ = recursion.weight_variance();
    formulas.push_back({"the theory", false, recursion.layers(inputs, network.depth())});
  }

  void add_gain(double factor) {
    auto options = network_.options();
    options.weight_variance = weight_variance_ * factor * factor;
    add(fmt::format("gain {:+.0f}%", 100 * (factor - 1)), model::Network(options), synapses_);
  }

  void add_synapses(std::string name, const model::Synapses& synapses) {
    add(std::move(name), network_, synapses);
  }

  std::vector<CandidateDimensions> formulas;

 private:
  void add(std::string name, const model::Network& network, const model::Synapses& synapses) {
    try {
      const DimensionRecursion recursion(network, synapses);
      formulas.push_back({std::move(name), true, recursion.layers(inputs_, network.depth())});
    } catch (const model::InputError&) {
    }
  }

  const model::Network& network_;
  const model::Synapses& synapses_;
  const model::LayerMoments& inputs_;
  double weight_variance_ = 0;
};

}  // namespace

std::vector<CandidateDimensions> candidate_dimensions(const model::Network& network,
                                                      const model::Synapses& synapses,
                                                      const model::LayerMoments& inputs) {
  DimensionCandidates candidates(network, synapses, inputs);
  for (const double factor : {1.02, 0.98}) candidates.add_gain(factor);
  if (synapses.correlation > 0) {
    for (const double factor : {1.1, 0.9}) {
      auto wrong = synapses;
      wrong.correlation *= factor;
      candidates.add_synapses(fmt::format("correlation {:+.0f}%", 100 * (factor - 1)), wrong);
    }
    candidates.add_synapses("no correlation", {.law = synapses.law});
  } else {
    const bool is_orthogonal = synapses.law == SynapseLaw::orthogonal;
    candidates.add_synapses(is_orthogonal ? "independent synapses" : "orthogonal synapses",
                            {.law = is_orthogonal ? SynapseLaw::gaussian : SynapseLaw::orthogonal});
  }
  return std::move(candidates.formulas);
}

}  // namespace wideproof::theory
