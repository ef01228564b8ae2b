// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace wideproof::sim {
namespace {

/// processor_probe's matrices by name, each with its entries one after the other.
using Means = std::map<std::string, std::vector<double>>;

Means means_with(const std::string& environment, const std::string& arguments) {
  const std::string command = "env " + environment + " '" PROCESSOR_PROBE "' " + arguments;
  FILE* const pipe = popen(command.c_str(), "r");
  std::string text;
  std::array<char, 4096> part;
  for (std::size_t count = 0; (count = fread(part.data(), 1, part.size(), pipe)) > 0;) {
    text.append(part.data(), count);
  }
  EXPECT_EQ(pclose(pipe), 0) << command;
  Means means;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    std::string name;
    fields >> name;
    for (double number = 0; fields >> number;) means[name].push_back(number);
  }
  return means;
}

/// The largest difference between two matrices over the largest entry.
double difference(const std::vector<double>& one, const std::vector<double>& other) {
  EXPECT_EQ(one.size(), other.size());
  double largest = 0;
  double scale = 0;
  for (std::size_t i = 0; i < std::min(one.size(), other.size()); ++i) {
    largest = std::max(largest, std::abs(one[i] - other[i]));
    scale = std::max(scale, std::abs(one[i]));
    if (std::isnan(one[i]) != std::isnan(other[i])) return INFINITY;
  }
  return largest > 0 ? largest / scale : 0;
}

struct Worst {
  std::string name;
  double difference = 0;
};

/// Of matrices whose name begins with `dtype`.
Worst worst_of(const Means& one, const Means& other, const std::string& dtype) {
  EXPECT_EQ(one.size(), other.size());
  Worst worst;
  for (const auto& [name, entries] : one) {
    if (!name.starts_with(dtype) || !other.contains(name)) continue;
    const double here = difference(entries, other.at(name));
    if (here > worst.difference) worst = {name, here};
  }
  return worst;
}

/// What makes OpenBLAS, oneDNN, LibTorch and the C library take the code that they have for older
/// processors; the probe's argument does it for Highway.
struct Processor {
  std::string name;
  std::string environment;
  std::string targets;
};

const std::vector<Processor> others = {
    {"of 2008",
     "OPENBLAS_CORETYPE=Nehalem ONEDNN_MAX_CPU_ISA=SSE41 DNNL_MAX_CPU_ISA=SSE41 "
     "ATEN_CPU_CAPABILITY=default GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-AVX,-FMA,-FMA4",
     "oldest"},
    {"of 2011", "OPENBLAS_CORETYPE=Sandybridge ONEDNN_MAX_CPU_ISA=AVX DNNL_MAX_CPU_ISA=AVX",
     "best"},
    {"of 2013", "OPENBLAS_CORETYPE=Haswell ONEDNN_MAX_CPU_ISA=AVX2 DNNL_MAX_CPU_ISA=AVX2", "best"},
};

const std::string here = "OPENBLAS_VERBOSE=0";

/// Rounding of float32 and of float64 on the way through five layers, with room.
const std::map<std::string, double> rounding = {{"float32", 1e-5}, {"float64", 1e-10}};

TEST(OtherProcessors, SampleTheSameNumbersToRounding) {
  const auto best = means_with(here, "best");
  ASSERT_FALSE(best.empty());
  bool differ = false;
  for (const auto& processor : others) {
    const auto means = means_with(processor.environment, processor.targets);
    for (const auto& [dtype, most] : rounding) {
      const auto worst = worst_of(best, means, dtype);
      std::cout << processor.name << ": " << worst.name << " differs by " << worst.difference
                << '\n';
      EXPECT_LE(worst.difference, most) << processor.name << ": " << worst.name;
      differ = differ || worst.difference > 0;
    }
  }
  if (!differ) GTEST_SKIP() << "this processor knows no other instructions";
}

/// The next seed gives other numbers in every matrix, and by far more than rounding.
TEST(OtherProcessors, AreToldFromOtherNumbers) {
  const auto best = means_with(here, "best");
  const auto next = means_with(here, "best 20240109");
  for (const auto& [name, entries] : best) {
    if (name.ends_with("active_fraction")) continue;  // set by the threshold
    EXPECT_GT(difference(entries, next.at(name)), 1e-4) << name;
  }
}

}  // namespace
}  // namespace wideproof::sim
