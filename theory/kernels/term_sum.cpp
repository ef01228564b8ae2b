// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/term_sum.hpp>

#include <wideproof/theory/kernels/equal_variance_kernel.hpp>

namespace wideproof::theory {

TermSum::TermSum(const DualKernel& kernel, double q, const std::vector<LateralTerm>& terms,
                 Eigen::Index entries)
    : values_of_(kernel.entry_map(q, terms, entries)),
      drops_of_(kernel.drop_map(q, terms, entries)) {
  Eigen::ArrayXd own = Eigen::ArrayXd::Constant(1, q);
  kernel.entry_map(q, terms, 1)(own);
  of_one_ = own(0);
}

TermSum::Run TermSum::operator()(const Eigen::Ref<const Eigen::ArrayXd>& covariance,
                                 const Eigen::Ref<const Eigen::ArrayXd>& deficit) const {
  const auto is_near = [&](Eigen::Index i) { return deficit(i) <= EqualVarianceKernel::near; };
  const Eigen::Index near_ones = (deficit <= EqualVarianceKernel::near).count();
  Eigen::ArrayXd drops(near_ones);
  Eigen::ArrayXd values(deficit.size() - near_ones);
  for (Eigen::Index i = 0, near = 0, far = 0; i < deficit.size(); ++i) {
    if (is_near(i)) {
      drops(near++) = deficit(i);
    } else {
      values(far++) = covariance(i);
    }
  }
  if (drops.size() > 0) drops_of_(drops);
  if (values.size() > 0) values_of_(values);
  Run run{Eigen::ArrayXd(deficit.size()), Eigen::ArrayXd(deficit.size())};
  for (Eigen::Index i = 0, near = 0, far = 0; i < deficit.size(); ++i) {
    if (is_near(i)) {
      run.drops(i) = drops(near++);
      run.values(i) = of_one_ - run.drops(i);
    } else {
      run.values(i) = values(far++);
      run.drops(i) = of_one_ - run.values(i);
    }
  }
  return run;
}

}  // namespace wideproof::theory
