// SPDX-License-Identifier: MIT
#include <wideproof/sim/activity/class_sums.hpp>

#include <algorithm>

#include <ATen/Dispatch.h>

#include <wideproof/model/sparsity/selectivity_numbers.hpp>
#include <wideproof/sim/numeric/row_kernels.hpp>

namespace wideproof::sim {
namespace {

/// Their sums of ten classes stay in the first-level cache.
constexpr Eigen::Index neurons_of_classes = 128;

}  // namespace

Eigen::VectorXd LayerSelectivity::numbers() const {
  const ClassSelectivity of_own = own.mean();
  const ClassSelectivity of_dealt = dealt.mean();
  Eigen::VectorXd numbers(model::selectivity_numbers);
  numbers << of_own.ccmas, of_own.class_selectivity, of_own.eta_squared, of_dealt.ccmas,
      of_dealt.class_selectivity, of_dealt.eta_squared;
  return numbers;
}

void ClassSums::add(const at::Tensor& z) {
  AT_DISPATCH_FLOATING_TYPES(z.scalar_type(), "ClassSums", [&] {
    const auto* const x = z.data_ptr<scalar_t>();
    const Eigen::Index size = z.size(1);
    for (Eigen::Index first = 0; first < size; first += neurons_of_classes) {
      add_part(x + first, std::min(neurons_of_classes, size - first), size);
    }
  });
}

template <class Real>
void ClassSums::add_part(const Real* z, Eigen::Index count, Eigen::Index stride) {
  const auto none = Eigen::ArrayXXd::Zero(count, classes_.own.inputs.size());
  ClassActivity own{none, Eigen::ArrayXd::Zero(count), classes_.own.inputs, classes_.is_signed};
  ClassActivity dealt{none, {}, classes_.dealt.inputs, classes_.is_signed};
  for (const auto& share : classes_.own.shares) {
    add_weighted(z + share.input * stride, count, share.count, own.sums.col(share.of_class).data(),
                 own.squares.data());
  }
  for (const auto& share : classes_.dealt.shares) {
    add_weighted(z + share.input * stride, count, share.count,
                 dealt.sums.col(share.of_class).data(), nullptr);
  }
  dealt.squares = own.squares;
  sums_ += {selectivity_sums(own), selectivity_sums(dealt)};
}

}  // namespace wideproof::sim
