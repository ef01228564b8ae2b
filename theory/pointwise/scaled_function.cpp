// SPDX-License-Identifier: MIT
#include <wideproof/theory/pointwise/scaled_function.hpp>

#include <cmath>

#include <wideproof/model/input_error.hpp>

namespace wideproof::theory {

void LayerFunction::refuse(std::string_view reason) const {
  throw model::InputError(key, value, reason);
}

ScaledFunction::ScaledFunction(const LayerFunction& function, Part part, double variance)
    : function_(&function), part_(part), variance_(variance), deviation_(std::sqrt(variance)) {
  for (const auto& kink : function.phi->kinks()) {
    kinks_.push_back(place(kink.at));
  }
  for (const double end : function.phi->narrow_stretches()) {
    narrow_stretches_.push_back(place(end));
  }
}

void ScaledFunction::operator()(const double* x, std::int64_t count, double* out) const {
  for (std::int64_t i = 0; i < count; ++i) out[i] = argument(x[i]);
  if (part_ == Part::value) {
    function_->phi->values(out, count, out);
  } else {
    function_->phi->slopes(out, count, out);
  }
}

}  // namespace wideproof::theory
