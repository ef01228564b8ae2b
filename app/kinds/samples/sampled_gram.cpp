// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/samples/sampled_gram.hpp>

#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>
#include <Eigen/Eigenvalues>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

constexpr double roundings_allowed = 20.0;
constexpr Eigen::Index most_for_eigenvalues = 128;

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

}  // namespace

GramMaker::GramMaker(std::string key, std::string file, bool activations, double rounding)
    : key_(std::move(key)),
      file_(std::move(file)),
      activations_(activations),
      allowed_(roundings_allowed * rounding) {}

void GramMaker::refuse(const Place& place, const std::string& reason) const {
  throw model::InputError(
      key_, model::in_quotes(file_),
      fmt::format("network {} (from 0), layer {}: {}", place.network, place.layer, reason));
}

void GramMaker::require_finite(const Place& place, const Eigen::MatrixXd& matrix) const {
  if (matrix.allFinite()) return;
  for (Eigen::Index a = 0; a < matrix.rows(); ++a)
    for (Eigen::Index b = 0; b < matrix.cols(); ++b)
      if (!std::isfinite(matrix(a, b)))
        refuse(place,
               activations_
                   ? fmt::format("activation of neuron {} (from 0) for input {} = {}: must "
                                 "be finite",
                                 a, b + 1, matrix(a, b))
                   : fmt::format("gram({},{}) = {}: must be finite", a + 1, b + 1, matrix(a, b)));
}

void GramMaker::require_gram(const Place& place, const Eigen::MatrixXd& gram) const {
  const Eigen::Index inputs = gram.rows();
  for (Eigen::Index a = 0; a < inputs; ++a)
    if (gram(a, a) < 0)
      refuse(place, fmt::format("gram({0},{0}) = {1}: must not be negative, as a square", a + 1,
                                gram(a, a)));
  for (Eigen::Index b = 0; b < inputs; ++b) {
    for (Eigen::Index a = 0; a < b; ++a) {
      const double scale = std::sqrt(gram(a, a)) * std::sqrt(gram(b, b));
      if (std::abs(gram(a, b) - gram(b, a)) > allowed_ * scale)
        refuse(place, fmt::format("gram({0},{1}) = {2} and gram({1},{0}) = {3}: must be equal to "
                                  "{4:.0e} of the norms: a Gram matrix is symmetric",
                                  a + 1, b + 1, gram(a, b), gram(b, a), allowed_));
      if (std::abs(gram(a, b)) > (1 + allowed_) * scale)
        refuse(place, fmt::format("gram({},{}) = {}: must not exceed √(gram({},{})·gram({},{})) = "
                                  "{:.6g}: a Gram matrix is not indefinite",
                                  a + 1, b + 1, gram(a, b), a + 1, a + 1, b + 1, b + 1, scale));
    }
  }
  if (inputs < 3 || inputs > most_for_eigenvalues) return;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(gram, Eigen::EigenvaluesOnly);
  const double least = solver.eigenvalues().minCoeff();
  const double bound = -allowed_ * gram.trace();
  if (least < bound)
    refuse(place, fmt::format("its smallest eigenvalue is {:.3g}, must be at least {:.1g}: a Gram "
                              "matrix is not indefinite",
                              least, bound));
}

SampledGram GramMaker::make(const std::vector<double>& values, std::int64_t rows,
                            std::int64_t inputs, std::int64_t network, std::int64_t layer) const {
  const Eigen::MatrixXd matrix = Eigen::Map<const RowMajor>(values.data(), rows, inputs);
  const Place place{network, layer};
  require_finite(place, matrix);
  if (activations_) {
    Eigen::MatrixXd gram = matrix.transpose() * matrix / static_cast<double>(rows);
    require_finite(place, gram);
    const auto active = static_cast<double>((matrix.array() > 0.0).count());
    return {std::move(gram), active / static_cast<double>(matrix.size())};
  }
  require_gram(place, matrix);
  return {(matrix + matrix.transpose()) / 2.0, std::numeric_limits<double>::quiet_NaN()};
}

}  // namespace wideproof::app
