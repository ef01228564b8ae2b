// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace wideproof::model {

/// Regularisers of the persistence of the correlations ρ between N neurons over M samples, w = 1 −
/// |ρ| the weights of the N − 1 edges of their minimum spanning tree (Ballester et al. 2023,
/// arXiv 2308.04870):
///
///   t1                −Σw
///   t2                a·std(w) − (1−a)·mean(w)
///   mean_correlation  mean |ρ| over pairs of neurons that are not constant
struct PersistenceNumbers {
  double t1 = std::numeric_limits<double>::quiet_NaN();
  double t2 = std::numeric_limits<double>::quiet_NaN();
  double mean_correlation = std::numeric_limits<double>::quiet_NaN();
};

/// One of them, by its name.
struct PersistenceNumber {
  std::string_view name;
  double PersistenceNumbers::*number;
};

inline constexpr std::array<PersistenceNumber, 3> persistence_numbers = {
    {{"t1", &PersistenceNumbers::t1},
     {"t2", &PersistenceNumbers::t2},
     {"mean_correlation", &PersistenceNumbers::mean_correlation}}};

/// What is predicted of the hidden neurons and outputs of networks of one width before training.
struct WidthPersistence {
  std::int64_t width = 0;
  std::int64_t neurons = 0;             ///< N
  std::int64_t samples = 0;             ///< M
  std::int64_t draws = 0;               ///< that `predicted` is the mean of
  PersistenceNumbers predicted = {};    ///< of independent neurons with the limit's kernels
  PersistenceNumbers error = {};        ///< standard error of `predicted`
  PersistenceNumbers independent = {};  ///< the null: neurons that know nothing of the samples
  /// In units of which numbers are compared: |T1|, a·std(w) + (1−a)·mean(w), since T2 itself may
  /// be 0, and mean |ρ|, as predicted.
  PersistenceNumbers scale = {};
};

using PersistenceByWidth = std::vector<WidthPersistence>;  ///< by width ascending

}  // namespace wideproof::model
