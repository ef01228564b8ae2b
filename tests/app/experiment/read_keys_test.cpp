// SPDX-License-Identifier: MIT
#include <wideproof/app/experiment/read_keys.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <wideproof/model/input_error.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

using model::ActivationChoice;

template <class Choice, std::size_t N>
std::string keys_read_by(const Choice& choice, const std::string_view (&keys)[N]) {
  std::string read;
  for (const std::string_view key : keys)
    if (reads(choice, key)) read.append(read.empty() ? "" : " ").append(key);
  return read;
}

TEST(ReadKeys, OfAFilterAreThoseThatItsKindHas) {
  using Kind = model::LateralFilter::Kind;
  constexpr std::string_view keys[] = {
      "filter", "taps", "sheet", "scale", "surround_scale", "surround_strength", "degree"};
  EXPECT_EQ(keys_read_by(Kind::none, keys), "filter");
  EXPECT_EQ(keys_read_by(Kind::box, keys), "filter taps sheet");
  EXPECT_EQ(keys_read_by(Kind::gaussian, keys), "filter taps sheet scale");
  EXPECT_EQ(keys_read_by(Kind::exponential, keys), "filter taps sheet scale");
  EXPECT_EQ(keys_read_by(Kind::mexican_hat, keys),
            "filter taps sheet scale surround_scale surround_strength");
  EXPECT_EQ(keys_read_by(Kind::uniform, keys), "filter degree");
}

TEST(ReadKeys, OfAnActivationHoldAThresholdsOnlyWhereThereIsOne) {
  constexpr std::string_view keys[] = {"depth", "active_fraction", "threshold"};
  for (const auto activation :
       {model::Activation::thresholded_relu, model::Activation::thresholded_step})
    EXPECT_EQ(keys_read_by(ActivationChoice{activation}, keys), "depth active_fraction threshold");
  for (const auto activation : {model::Activation::relu, model::Activation::erf,
                                model::Activation::tanh, model::Activation::linear})
    EXPECT_EQ(keys_read_by(ActivationChoice{activation}, keys), "depth");
}

TEST(ReadKeys, OfAProjectionAreItsSparsenessAndSigns) {
  constexpr std::string_view keys[] = {"depth", "active_fraction", "threshold", "sparseness",
                                       "signed"};
  EXPECT_EQ(keys_read_by(ActivationChoice{model::Activation::sparse_projection}, keys),
            "depth sparseness signed");
  EXPECT_EQ(keys_read_by(ActivationChoice{model::Activation::linear}, keys), "depth");
}

TEST(ReadKeys, OfAFunctionAreItsParametersAndOfAPrefixThresholds) {
  constexpr std::string_view keys[] = {"depth",     "active_fraction", "threshold",
                                       "frequency", "slope",           "rate",
                                       "order",     "expression",      "kinks"};
  const auto read = [&](std::string_view name) {
    return keys_read_by(model::activation_from_name("network.activation", name), keys);
  };
  EXPECT_EQ(read("gelu"), "depth");
  EXPECT_EQ(read("cos"), "depth frequency");
  EXPECT_EQ(read("leaky-relu"), "depth slope");
  EXPECT_EQ(read("rbf"), "depth rate");
  EXPECT_EQ(read("hermite"), "depth order");
  EXPECT_EQ(read("thresholded-tanh"), "depth active_fraction threshold");
  EXPECT_EQ(read("thresholded-monomial"), "depth active_fraction threshold order");
  EXPECT_EQ(read("expression"), "depth expression kinks");
  EXPECT_EQ(read("relu"), "depth");
}

TEST(ReadKeys, OfInputsAreThoseOfTheirSource) {
  using Source = model::InputSpec::Source;
  constexpr std::string_view keys[] = {"source",  "count",     "endpoint", "dimension",
                                       "cosines", "file",      "images",   "labels",
                                       "classes", "per_class", "seed"};
  EXPECT_EQ(keys_read_by(Source::circle, keys), "source count endpoint");
  EXPECT_EQ(keys_read_by(Source::cosines, keys), "source cosines");
  EXPECT_EQ(keys_read_by(Source::gaussian, keys), "source count dimension seed");
  EXPECT_EQ(keys_read_by(Source::csv, keys), "source file");
  EXPECT_EQ(keys_read_by(Source::npy, keys), "source file");
  EXPECT_EQ(keys_read_by(Source::idx, keys), "source count images labels classes per_class seed");
}

/// Whether a spec of that source, in which nothing but `member` is given, is refused for it.
template <class Member>
bool is_refused(model::InputSpec::Source source, Member model::InputSpec::*member,
                const Member& given) {
  model::InputSpec spec;
  spec.source = source;
  spec.*member = given;
  try {
    spec.validate();
  } catch (const model::InputError& error) {
    return std::string(error.what()).find("does not read it") != std::string::npos;
  }
  return false;
}

TEST(ReadKeys, OfInputsAreThoseThatTheirSpecTakes) {
  using model::InputSpec;
  using Source = InputSpec::Source;
  for (const Source source :
       {Source::circle, Source::cosines, Source::gaussian, Source::csv, Source::npy, Source::idx}) {
    const auto expect = [&](std::string_view key, auto member, const auto& given) {
      EXPECT_EQ(is_refused(source, member, given), !reads(source, key))
          << name_of(source) << " " << key;
    };
    expect("count", &InputSpec::count, std::int64_t{3});
    expect("endpoint", &InputSpec::endpoint, true);
    expect("dimension", &InputSpec::dimension, std::int64_t{3});
    expect("cosines", &InputSpec::cosines, std::vector<double>{0.5});
    expect("file", &InputSpec::file, std::string("x"));
    expect("images", &InputSpec::images, std::string("x"));
    expect("labels", &InputSpec::labels, std::string("x"));
    expect("classes", &InputSpec::classes, std::vector<std::int64_t>{1});
    expect("per_class", &InputSpec::per_class, std::int64_t{3});
    expect("seed", &InputSpec::seed, std::uint64_t{3});
  }
}

}  // namespace
}  // namespace wideproof::app
