// SPDX-License-Identifier: MIT
#include <wideproof/sim/activity/input_counts.hpp>

#include <algorithm>
#include <cassert>
#include <map>
#include <utility>

#include <wideproof/sim/random/random_order.hpp>

namespace wideproof::sim {

InputCounts::InputCounts(Eigen::ArrayXd multiplicity) : multiplicity_(std::move(multiplicity)) {}

InputCounts::InputCounts(const std::vector<Eigen::Index>& place,
                         const std::vector<std::int64_t>& labels) {
  const auto last = std::max_element(place.begin(), place.end());
  multiplicity_ = Eigen::ArrayXd::Zero(last == place.end() ? 0 : *last + 1);
  for (const auto at : place) multiplicity_(at) += 1;
  if (labels.empty()) return;
  assert(labels.size() == place.size());
  place_ = place;
  std::map<std::int64_t, Eigen::Index> known;
  for (const auto label : labels) known.try_emplace(label, std::ssize(known));
  for (const auto label : labels) classes_.push_back(known.at(label));
  class_count_ = std::ssize(known);
}

InputCounts InputCounts::of_inputs(std::int64_t inputs) const {
  return multiplicity_.size() > 0 ? *this : InputCounts(Eigen::ArrayXd::Ones(inputs));
}

NetworkCounts InputCounts::of(const NetworkId& id, bool is_signed) const {
  NetworkCounts counts{multiplicity_, std::nullopt};
  if (classes_.empty()) return counts;
  const auto order = random_order(stream_name(id, Purpose::labels, 0), 0, std::ssize(classes_));
  std::vector<Eigen::Index> dealt;
  for (const auto from : order) dealt.push_back(classes_[static_cast<std::size_t>(from)]);
  counts.classes = {counts_of(classes_), counts_of(dealt), is_signed};
  return counts;
}

ClassCounts InputCounts::counts_of(const std::vector<Eigen::Index>& classes) const {
  std::map<std::pair<Eigen::Index, Eigen::Index>, double> shares;
  ClassCounts counts{{}, Eigen::ArrayXd::Zero(class_count_)};
  for (std::size_t a = 0; a < classes.size(); ++a) {
    shares[{place_[a], classes[a]}] += 1;
    counts.inputs(classes[a]) += 1;
  }
  for (const auto& [at, count] : shares) counts.shares.push_back({at.first, at.second, count});
  return counts;
}

}  // namespace wideproof::sim
