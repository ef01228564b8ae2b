// SPDX-License-Identifier: MIT
#include <wideproof/theory/dimension/synapse_overlap.hpp>

#include <cmath>
#include <limits>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::theory {

double overlap_excess(const model::Synapses& synapses, std::optional<std::int64_t> width) {
  if (synapses.learns()) {
    throw model::InputError("network.synapses.learning",
                            model::in_quotes(name_of(synapses.learning)),
                            "learnt synapses have no theory; \"none\" has");
  }
  if (synapses.law == model::SynapseLaw::orthogonal) return -1;
  if (synapses.correlation == 0) return 0;
  if (width) {
    const double rho = synapses.correlation_at(*width);
    return static_cast<double>(*width) * rho * rho;
  }
  if (synapses.exponent > 0.5) return 0;
  if (synapses.exponent < 0.5) return std::numeric_limits<double>::infinity();
  return synapses.correlation * synapses.correlation;
}

}  // namespace wideproof::theory
