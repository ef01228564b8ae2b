// SPDX-License-Identifier: MIT
#include <wideproof/model/inputs/image_choice.hpp>

#include <algorithm>
#include <cassert>
#include <map>

#include <wideproof/model/input_error.hpp>
#include <wideproof/model/inputs/random_subset.hpp>

namespace wideproof::model {
namespace {

using Engine = boost::random::mt19937_64;
using Indices = std::vector<std::int64_t>;

[[noreturn]] void refuse_too_many(std::int64_t images) {
  throw InputError(
      fmt::format("inputs.count is not given: all {} images are more than the {} that "
                  "an experiment takes; give inputs.count or inputs.per_class",
                  images, largest_input_count));
}

Indices choose_without_labels(const InputSpec& spec, std::int64_t images) {
  if (spec.count > images) {
    throw InputError("inputs.count", spec.count,
                     fmt::format("the file holds only {} images", images));
  }
  if (spec.count == 0 && images > largest_input_count) refuse_too_many(images);
  Engine engine(spec.seed);
  return random_subset(engine, images, spec.count == 0 ? images : spec.count);
}

Indices choose_of_each_class(const InputSpec& spec, const Indices& classes,
                             const std::map<std::int64_t, Indices>& members) {
  const auto count = static_cast<std::int64_t>(classes.size());
  if (count > largest_input_count / spec.per_class) {
    throw InputError("inputs.per_class", spec.per_class,
                     fmt::format("of {} classes make more than the {} inputs that an experiment "
                                 "takes",
                                 count, largest_input_count));
  }
  Engine engine(spec.seed);
  Indices chosen;
  for (const std::int64_t label : classes) {
    const Indices& of_class = members.at(label);
    const auto available = static_cast<std::int64_t>(of_class.size());
    if (available < spec.per_class) {
      throw InputError("inputs.per_class", spec.per_class,
                       fmt::format("class {} has only {} images", label, available));
    }
    for (const std::int64_t k : random_subset(engine, available, spec.per_class)) {
      chosen.push_back(of_class[static_cast<std::size_t>(k)]);
    }
  }
  return chosen;
}

}  // namespace

Indices choose_images(const InputSpec& spec, std::int64_t images, const Indices& labels) {
  if (labels.empty()) return choose_without_labels(spec, images);
  assert(static_cast<std::int64_t>(labels.size()) == images);

  std::map<std::int64_t, Indices> members;
  for (std::int64_t i = 0; i < images; ++i) {
    members[labels[static_cast<std::size_t>(i)]].push_back(i);
  }
  Indices classes = spec.classes;
  if (classes.empty()) {
    for (const auto& [label, of_class] : members) classes.push_back(label);
  }
  for (const std::int64_t label : classes) {
    if (members.contains(label)) continue;
    throw InputError("inputs.classes", fmt::format("[{}]", fmt::join(classes, ", ")),
                     fmt::format("no image has the label {}; the labels run from {} to {}", label,
                                 members.begin()->first, members.rbegin()->first));
  }
  if (spec.per_class != 0) return choose_of_each_class(spec, classes, members);

  Indices pool;
  for (const std::int64_t label : classes) {
    pool.insert(pool.end(), members[label].begin(), members[label].end());
  }
  std::sort(pool.begin(), pool.end());
  const auto available = static_cast<std::int64_t>(pool.size());
  if (spec.count > available) {
    throw InputError("inputs.count", spec.count,
                     fmt::format("the file holds only {} images of these classes", available));
  }
  if (spec.count == 0 && available > largest_input_count) refuse_too_many(available);
  Engine engine(spec.seed);
  Indices chosen;
  for (const std::int64_t k :
       random_subset(engine, available, spec.count == 0 ? available : spec.count)) {
    chosen.push_back(pool[static_cast<std::size_t>(k)]);
  }
  return chosen;
}

}  // namespace wideproof::model
