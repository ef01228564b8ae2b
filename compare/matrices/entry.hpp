// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <Eigen/Core>

namespace wideproof::compare {

enum class Quantity { gram, correlation };

std::string_view name_of(Quantity quantity);

/// One entry of one matrix of a layer. Rows and columns count from 0, layers from 1.
struct Entry {
  Quantity quantity = Quantity::gram;
  Eigen::Index row = 0;
  Eigen::Index column = 0;
};

/// `gram(1,3)`, of inputs 1 and 3: readers count from 1
std::string name_of(const Entry& entry);

/// The entries of a symmetric inputs × inputs matrix that can differ from each other: the upper
/// triangle, with the diagonal for `gram`, without it for `correlation`, whose diagonal is 1.
std::vector<Entry> distinct_entries(Quantity quantity, Eigen::Index inputs);

}  // namespace wideproof::compare
