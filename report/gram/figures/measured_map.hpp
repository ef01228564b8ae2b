// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <wideproof/compare/matrices/entry.hpp>
#include <wideproof/report/gram/gram_study.hpp>

namespace wideproof::report {

/// A correlation of a kernel, with its standard error.
struct KernelCorrelation {
  double value = 0.0;
  double error = 0.0;
};

/// Of two inputs, at the kernel that hidden layer `layer` ≥ 1 sees, lateral filter included: given
/// by the inputs at the first, else the mean of each of the widest networks' own K_ab/√(K_aa K_bb).
/// NaN where that kernel was not measured.
KernelCorrelation kernel_correlation(const GramStudy& study, std::int64_t layer, Eigen::Index a,
                                     Eigen::Index b);

/// One pair of inputs of each class.
std::vector<compare::Entry> one_pair_a_class(const model::EntryClasses& classes);

/// What layer `from` ≥ 1 made of the correlation of two inputs.
struct MappedCorrelation {
  KernelCorrelation c;     ///< at layer `from`
  KernelCorrelation next;  ///< at the next
};

/// For one pair of inputs of each class, those with finite numbers alone.
std::vector<MappedCorrelation> measured_map(const GramStudy& study, std::int64_t from);

}  // namespace wideproof::report
