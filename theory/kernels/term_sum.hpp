// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <Eigen/Core>

#include <wideproof/theory/kernels/dual_kernel.hpp>

namespace wideproof::theory {

/// Σ_terms weight · E[φ(u_a)φ(v_b)] of pairs of one variance q, and what each lacks of the same for
/// an input with itself. Near pairs, δ ≤ EqualVarianceKernel::near, take DualKernel::drop_map and
/// their value from it, others DualKernel::entry_map and the difference.
class TermSum {
 public:
  /// Refers to `kernel`. `entries`: about how many there will be.
  TermSum(const DualKernel& kernel, double q, const std::vector<LateralTerm>& terms,
          Eigen::Index entries);

  /// Of an input with itself.
  double of_one() const { return of_one_; }

  struct Run {
    Eigen::ArrayXd values, drops;
  };

  /// Of each pair, from its covariance and deficit.
  Run operator()(const Eigen::Ref<const Eigen::ArrayXd>& covariance,
                 const Eigen::Ref<const Eigen::ArrayXd>& deficit) const;

 private:
  DualKernel::EntryMap values_of_, drops_of_;
  double of_one_ = 0.0;
};

}  // namespace wideproof::theory
