// SPDX-License-Identifier: MIT
#include <wideproof/sim/ensembles/haar_matrix.hpp>

#include <algorithm>
#include <cmath>

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/eye.h>
#include <Eigen/Core>

#include <wideproof/sim/numeric/matrix_product.hpp>
#include <wideproof/sim/numeric/ordered_blocks.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>

namespace wideproof::sim {
namespace {

constexpr std::int64_t reflections_at_once = 64;
constexpr std::int64_t columns_at_once = 256;

/// H_k … H_{k+r−1} = I − V T Vᵀ on the last size − k axes, V lower trapezoidal, T upper triangular.
struct Reflections {
  Reflections(const NormalStream& stream, std::int64_t size, std::int64_t k, std::int64_t count)
      : v(Eigen::MatrixXd::Zero(size - k, count)),
        t(Eigen::MatrixXd::Zero(count, count)),
        signs(count) {
    for (Eigen::Index j = 0; j < count; ++j) {
      const Eigen::Index length = size - k - j;
      stream.draw(static_cast<std::uint64_t>((k + j) * size), length, &v(j, j));
      const double norm = v.col(j).norm();
      signs(j) = v(j, j) > 0 ? -1 : 1;
      v(j, j) -= signs(j) * norm;
      const double beta = 2 / v.col(j).squaredNorm();
      const Eigen::VectorXd overlaps = v.leftCols(j).transpose() * v.col(j);
      t.col(j).head(j) = -beta * (t.topLeftCorner(j, j) * overlaps);
      t(j, j) = beta;
    }
  }

  Eigen::MatrixXd v;
  Eigen::MatrixXd t;
  Eigen::VectorXd signs;  ///< D
};

}  // namespace

at::Tensor haar_matrix(const NormalStream& stream, std::int64_t size, at::ScalarType dtype,
                       int threads) {
  auto q = at::eye(size, dtype);
  Eigen::VectorXd signs(size);
  const std::int64_t blocks = (size + reflections_at_once - 1) / reflections_at_once;
  for (std::int64_t block = blocks - 1; block >= 0; --block) {
    const std::int64_t k = block * reflections_at_once;
    const std::int64_t count = std::min(reflections_at_once, size - k);
    const Reflections reflections(stream, size, k, count);
    signs.segment(k, count) = reflections.signs;
    const auto v = to_tensor(reflections.v, dtype);
    const auto v_t = to_tensor(reflections.v * reflections.t, dtype);
    const std::int64_t left = size - k;
    for_each_block((left + columns_at_once - 1) / columns_at_once, threads, [&](std::int64_t part) {
      const std::int64_t first = part * columns_at_once;
      const std::int64_t columns = std::min(columns_at_once, left - first);
      auto corner = q.narrow(0, k, left).narrow(1, k + first, columns);
      auto inner = at::empty({count, columns}, q.options());
      auto change = at::empty({left, columns}, q.options());
      multiply_transposed(v, corner, inner);
      multiply(v_t, inner, change);
      corner.sub_(change);
    });
  }
  return q.mul_(to_tensor(signs.transpose(), dtype));
}

}  // namespace wideproof::sim
