// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <Eigen/Core>

namespace wideproof::app {

/// One network's layer.
struct SampledGram {
  Eigen::MatrixXd gram;          ///< P × P, symmetric
  double active_fraction = 0.0;  ///< of activations above 0, over neurons and inputs; NaN of Grams
};

/// Makes Gram matrices of the numbers of one file: as they stand there, or (1/n) Σ z zᵀ of
/// activations, n × P.
///
/// Throws model::InputError naming file, network (from 0), layer (from 1) and entry where a number
/// is not finite, and where a matrix is not one of inner products: not symmetric, or indefinite,
/// each to 20 roundings of √(G_aa G_bb). The smallest eigenvalue is looked at for at most 128
/// inputs; of more, whether every correlation lies in [−1, 1].
class GramMaker {
 public:
  /// `rounding`: relative, of one number.
  GramMaker(std::string key, std::string file, bool activations, double rounding);

  /// Of `rows` × `inputs` numbers in C order.
  SampledGram make(const std::vector<double>& values, std::int64_t rows, std::int64_t inputs,
                   std::int64_t network, std::int64_t layer) const;

 private:
  /// Of one network's layer.
  struct Place {
    std::int64_t network;
    std::int64_t layer;
  };

  [[noreturn]] void refuse(const Place& place, const std::string& reason) const;
  void require_finite(const Place& place, const Eigen::MatrixXd& matrix) const;
  void require_gram(const Place& place, const Eigen::MatrixXd& gram) const;

  std::string key_;
  std::string file_;
  bool activations_;
  double allowed_;
};

}  // namespace wideproof::app
