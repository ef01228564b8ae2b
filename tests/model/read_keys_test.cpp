// SPDX-License-Identifier: MIT
#include <wideproof/model/read_keys.hpp>

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace wideproof::model {
namespace {

template <class Choice, std::size_t N>
std::string keys_read_by(Choice choice, const std::string_view (&keys)[N]) {
  std::string read;
  for (const std::string_view key : keys)
    if (reads(choice, key)) read.append(read.empty() ? "" : " ").append(key);
  return read;
}

TEST(ReadKeys, OfAFilterAreThoseThatItsKindHas) {
  using Kind = LateralFilter::Kind;
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
  for (const auto activation : {Activation::thresholded_relu, Activation::thresholded_step})
    EXPECT_EQ(keys_read_by(activation, keys), "depth active_fraction threshold");
  for (const auto activation :
       {Activation::relu, Activation::erf, Activation::tanh, Activation::linear})
    EXPECT_EQ(keys_read_by(activation, keys), "depth");
}

TEST(ReadKeys, OfInputsAreThoseOfTheirSource) {
  using Source = InputSpec::Source;
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

}  // namespace
}  // namespace wideproof::model
