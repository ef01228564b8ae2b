// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <wideproof/sim/philox.hpp>

namespace wideproof::sim {

/// An i.i.d. standard normal field, drawn in order from one stream: Boost.Random's ziggurat over
/// Philox. The same name always gives the same field; float and double fields differ.
template <class Real>
class GaussianField {
 public:
  explicit GaussianField(const StreamName& name) : engine_(name) {}

  /// Writes the field's next `count` values to `out`.
  void draw(Real* out, std::int64_t count);

 private:
  Philox engine_;
};

extern template class GaussianField<float>;
extern template class GaussianField<double>;

}  // namespace wideproof::sim
