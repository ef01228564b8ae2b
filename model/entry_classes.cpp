// SPDX-License-Identifier: MIT
#include <wideproof/model/entry_classes.hpp>

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <tuple>
#include <vector>

#include <wideproof/model/input_error.hpp>

namespace wideproof::model {
namespace {

/// Relative to the larger of two deficits.
constexpr double same_deficit = 1e-9;

struct Pair {
  double deficit = 0.0;
  Eigen::Index a = 0;
  Eigen::Index b = 0;
};

/// All pairs a < b by deficit, ascending.
std::vector<Pair> ordered_pairs(const Eigen::MatrixXd& deficits) {
  std::vector<Pair> pairs;
  for (Eigen::Index b = 0; b < deficits.cols(); ++b) {
    for (Eigen::Index a = 0; a < b; ++a) pairs.push_back({deficits(a, b), a, b});
  }
  std::sort(pairs.begin(), pairs.end(), [](const Pair& one, const Pair& other) {
    return std::tuple(one.deficit, one.a, one.b) < std::tuple(other.deficit, other.a, other.b);
  });
  return pairs;
}

/// How many pairs each run of one cosine has.
std::vector<std::size_t> runs_of_one_cosine(const std::vector<Pair>& pairs) {
  std::vector<std::size_t> runs;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const bool goes_on =
        i > 0 && pairs[i].deficit - pairs[i - 1].deficit <= same_deficit * pairs[i].deficit;
    if (goes_on) {
      ++runs.back();
    } else {
      runs.push_back(1);
    }
  }
  return runs;
}

}  // namespace

EntryClasses::EntryClasses(const Eigen::MatrixXd& cosines)
    : EntryClasses(Deficits::of_cosines(cosines)) {}

EntryClasses::EntryClasses(const Deficits& deficits)
    : labels_(Eigen::MatrixXi::Zero(deficits.values().rows(), deficits.values().cols())) {
  assert(deficits.values().rows() == deficits.values().cols() && deficits.values().allFinite());
  const auto pairs = ordered_pairs(deficits.values());
  const auto runs = runs_of_one_cosine(pairs);
  const bool one_a_run = runs.size() <= static_cast<std::size_t>(most_classes);
  const double share = static_cast<double>(pairs.size()) / static_cast<double>(most_classes);
  int label = 0;
  std::size_t first = 0;
  for (const std::size_t length : runs) {
    // A run opens a class where the classes so far hold their share of the pairs.
    if (one_a_run || static_cast<double>(first) >= label * share) ++label;
    for (std::size_t i = first; i < first + length; ++i) {
      labels_(pairs[i].a, pairs[i].b) = labels_(pairs[i].b, pairs[i].a) = label;
    }
    first += length;
  }
  set_sizes();
}

EntryClasses EntryClasses::from_labels(const Eigen::MatrixXi& labels) {
  const auto fail = [](const char* reason) {
    throw InputError("classes", "the labels of the entries", reason);
  };
  if (labels.rows() != labels.cols() || labels != labels.transpose()) fail("must be symmetric");
  for (Eigen::Index b = 0; b < labels.cols(); ++b) {
    for (Eigen::Index a = 0; a <= b; ++a) {
      if ((labels(a, b) == 0) != (a == b) || labels(a, b) < 0) {
        fail("must be 0 on the diagonal and positive elsewhere");
      }
    }
  }
  if (labels.size() > 0 && labels.maxCoeff() > labels.size()) fail("must be numbered from 1 on");
  EntryClasses classes;
  classes.labels_ = labels;
  classes.set_sizes();
  if ((classes.sizes_.array() == 0).any()) fail("must be numbered without a gap");
  return classes;
}

void EntryClasses::set_sizes() {
  if (labels_.size() == 0) return;
  sizes_.setZero(labels_.maxCoeff() + 1);
  for (Eigen::Index b = 0; b < labels_.cols(); ++b) {
    for (Eigen::Index a = 0; a <= b; ++a) ++sizes_[labels_(a, b)];
  }
}

Eigen::VectorXd EntryClasses::means(const Eigen::MatrixXd& matrix) const {
  assert(matrix.rows() == inputs() && matrix.cols() == inputs());
  Eigen::VectorXd sums = Eigen::VectorXd::Zero(count());
  for (Eigen::Index b = 0; b < labels_.cols(); ++b) {
    for (Eigen::Index a = 0; a <= b; ++a) sums[labels_(a, b)] += matrix(a, b);
  }
  return sums.cwiseQuotient(sizes_.cast<double>());
}

}  // namespace wideproof::model
