// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

namespace wideproof::theory {

/// One row of kernel_reference.inc: 40-digit quadrature, see reference_values.py.
struct KernelReference {
  double active_fraction;
  double tau;
  double c;
  double value;       ///< k_τ(c)
  double derivative;  ///< L_τ(c)
};

inline const std::vector<KernelReference>& kernel_references() {
  static const std::vector<KernelReference> rows = {
#include "kernel_reference.inc"
  };
  return rows;
}

/// One row of drop_reference.inc: 50-digit quadrature, see deficit_values.py.
struct DropReference {
  double active_fraction;
  double scaling;     ///< A
  double delta;       ///< δ
  double value;       ///< k_τ(A) − k_τ(A(1−δ))
  double derivative;  ///< L_τ(A) − L_τ(A(1−δ))
};

inline const std::vector<DropReference>& drop_references() {
  static const std::vector<DropReference> rows = {
#include "drop_reference.inc"
  };
  return rows;
}

/// The fractions of the table, which the interpolant is checked at too.
inline const std::vector<double>& reference_fractions() {
  static const std::vector<double> fractions = {1e-4, 1e-3, 0.01, 0.07, 0.1, 0.3, 0.5, 0.7, 0.9};
  return fractions;
}

}  // namespace wideproof::theory
