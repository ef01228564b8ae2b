// SPDX-License-Identifier: MIT
#include <wideproof/model/dimension/synapses.hpp>

#include <cmath>

#include <wideproof/model/input_error.hpp>
#include <wideproof/model/names.hpp>
#include <wideproof/model/require_between.hpp>

namespace wideproof::model {
namespace {

constexpr auto laws = name_table<SynapseLaw>({{SynapseLaw::gaussian, "gaussian"},
                                              {SynapseLaw::binary, "binary"},
                                              {SynapseLaw::orthogonal, "orthogonal"}});
constexpr auto sides = name_table<SynapseSide>(
    {{SynapseSide::receiving, "receiving"}, {SynapseSide::sending, "sending"}});
constexpr auto sign_names =
    name_table<SynapseSigns>({{SynapseSigns::uniform, "uniform"}, {SynapseSigns::mixed, "mixed"}});
constexpr auto rules = name_table<SynapseLearning>({{SynapseLearning::none, "none"},
                                                    {SynapseLearning::hebb, "hebb"},
                                                    {SynapseLearning::oja, "oja"}});

constexpr double most = 1e12;  // of a correlation or a rate
constexpr std::int64_t most_steps = 1'000'000;

void check_correlation(const Synapses& synapses) {
  const double r = synapses.correlation;
  if (r < 0) {
    throw InputError("network.synapses.correlation", r,
                     "must be at least 0: the weights of many units cannot all be correlated "
                     "negatively");
  }
  require_between("network.synapses.correlation", r, 0.0, most);
  require_between("network.synapses.exponent", synapses.exponent, 0.0, 10.0);
  if (synapses.law == SynapseLaw::orthogonal && r != 0) {
    throw InputError("network.synapses.correlation", r,
                     "must be 0 for network.synapses.law = \"orthogonal\"");
  }
}

void check_learning(const Synapses& synapses) {
  if (synapses.shuffled && !synapses.learns()) {
    throw InputError("network.synapses.shuffled", true,
                     "is the control of learning; network.synapses.learning is \"none\"");
  }
  if (!synapses.learns()) return;
  if (!(synapses.rate > 0 && synapses.rate <= most)) {
    throw InputError("network.synapses.rate", synapses.rate,
                     fmt::format("must lie in (0, {}]", most));
  }
  require_between("network.synapses.steps", synapses.steps, 1, most_steps);
}

}  // namespace

double Synapses::correlation_at(std::int64_t width) const {
  return correlation * std::pow(static_cast<double>(width), -exponent);
}

void Synapses::validate(const std::vector<std::int64_t>& widths) const {
  check_correlation(*this);
  check_learning(*this);
  for (const auto width : widths) {
    if (correlation_at(width) <= 1) continue;
    throw InputError("network.synapses.correlation", correlation,
                     fmt::format("gives weights a correlation of {:.6g} at width {}; it must not "
                                 "exceed {}^{} = {:.6g}",
                                 correlation_at(width), width, width, exponent,
                                 std::pow(static_cast<double>(width), exponent)));
  }
}

std::string_view name_of(SynapseLaw law) {
  return laws[law];
}

std::string_view name_of(SynapseSide side) {
  return sides[side];
}

std::string_view name_of(SynapseSigns signs) {
  return sign_names[signs];
}

std::string_view name_of(SynapseLearning learning) {
  return rules[learning];
}

SynapseLaw synapse_law_from_name(std::string_view key, std::string_view name) {
  return laws.value(key, name);
}

SynapseSide synapse_side_from_name(std::string_view key, std::string_view name) {
  return sides.value(key, name);
}

SynapseSigns synapse_signs_from_name(std::string_view key, std::string_view name) {
  return sign_names.value(key, name);
}

SynapseLearning synapse_learning_from_name(std::string_view key, std::string_view name) {
  return rules.value(key, name);
}

}  // namespace wideproof::model
