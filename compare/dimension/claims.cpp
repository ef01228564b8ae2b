// SPDX-License-Identifier: MIT
#include <wideproof/compare/dimension/claims.hpp>

#include <algorithm>

#include <fmt/format.h>

#include <wideproof/compare/widths/joint_layers.hpp>

namespace wideproof::compare {

LimitWords dimension_words(const std::vector<DimensionNumber>& numbers, std::size_t depth,
                           const DimensionAssessment& assessment) {
  const bool is_fixed = assessment.is_of_fixed_dimension;
  const std::string symbol = assessment.symbol(DimensionQuantity::dimensionality);
  const std::string both = is_fixed ? symbol : symbol + " and NΣ";
  const char* tend = is_fixed ? "tends" : "tend";
  const JointLayers layers(depth);
  const std::string of_layers =
      layers.count() == layers.depth()
          ? "all layers"
          : fmt::format("{} layers, spread evenly over all {}", layers.count(), layers.depth());
  LimitWords words;
  words.limit_statement = fmt::format("{} of {} {} to the prediction.", both, of_layers, tend);
  words.numbers_claim = "layers";
  words.numbers_statement = fmt::format("{} of every layer {} to the prediction.", both, tend);
  words.place = [&numbers, is_fixed](std::size_t k) {
    return fmt::format("layer {}, {}", numbers[k].layer + 1,
                       symbol_of(numbers[k].quantity, is_fixed));
  };
  words.shown = [&numbers](std::size_t k, double x) { return numbers[k].shown(x); };
  words.shown_interval = [&numbers](std::size_t k, const Interval& interval) {
    return numbers[k].shown(interval);
  };
  words.shown_error = [&numbers](std::size_t k, double x, double error) {
    return numbers[k].shown_error(x, error);
  };
  return words;
}

std::vector<std::size_t> joint_dimension_numbers(const std::vector<DimensionNumber>& numbers) {
  const bool any_judged = std::any_of(numbers.begin(), numbers.end(),
                                      [](const auto& number) { return number.is_judged; });
  const JointLayers layers(numbers.back().layer + 1);
  std::vector<std::size_t> chosen;
  for (std::size_t k = 0; k < numbers.size(); ++k)
    if (layers.holds(numbers[k].layer) && (numbers[k].is_judged || !any_judged))
      chosen.push_back(k);
  return chosen;
}

}  // namespace wideproof::compare
