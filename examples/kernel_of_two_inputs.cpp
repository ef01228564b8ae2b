// SPDX-License-Identifier: MIT
// What infinitely wide networks make of two inputs at a right angle, and how wide is wide enough.
#include <cstdint>

#include <fmt/format.h>

#include <wideproof/model.hpp>
#include <wideproof/theory.hpp>

using namespace wideproof;

int main() {
  const Eigen::Matrix2d cosines = Eigen::Matrix2d::Identity();
  for (const std::int64_t taps : {1, 13}) {
    // A tenth of the neurons is active; weights from `taps` neighbours are correlated.
    const model::Network network(
        {.depth = 4, .active_fraction = 0.1, .presynaptic = model::LateralFilter::box(taps)});
    model::Prediction prediction = theory::predict(network, cosines);

    fmt::print("{} correlated weights\n", taps);
    for (std::size_t l = 0; l < prediction.layers.size(); ++l) {
      const double correlation = 1 - prediction.layers[l].preactivation_deficit(0, 1);
      fmt::print("  layer {} sees a correlation of {:.3f}\n", l + 1, correlation);
    }
    const theory::CorrelationMap map(network);
    fmt::print("  many layers later it is {:.3f}\n", map.fixed_point());

    prediction.fluctuation = theory::predict_fluctuation(network, prediction);
    const auto needed = theory::needed_width(prediction.fluctuation, 0.01, 0.95);
    fmt::print("  95% of networks of {} neurons keep all layers within 0.01\n", needed->width);
  }
}
