// SPDX-License-Identifier: MIT
#include <wideproof/sim/gaussian_field.hpp>

#include <algorithm>

#include <boost/random/normal_distribution.hpp>

namespace wideproof::sim {

template <class Real>
void GaussianField<Real>::draw(Real* out, std::int64_t count) {
  boost::random::normal_distribution<Real> normal;
  std::generate_n(out, count, [&] { return normal(engine_); });
}

template class GaussianField<float>;
template class GaussianField<double>;

}  // namespace wideproof::sim
