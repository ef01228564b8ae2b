// SPDX-License-Identifier: MIT
#include <wideproof/theory/neurons/neuron_features.hpp>

namespace wideproof::theory {

NeuronFeatures::NeuronFeatures(const NeuronResponse& response, double deficit) : delta(deficit) {
  if (response.linear) {
    set_linear();
  } else {
    set_rectified(response);
  }
  own = own.selfadjointView<Eigen::Upper>();
  differences = differences.selfadjointView<Eigen::Upper>();
}

void NeuronFeatures::set_linear() {
  drop = delta;
  own.diagonal() << 2, 1, 0;
  differences.diagonal() << 4 * delta * (2 - delta), 2 * delta, 0;
  distance_variance = 2 * delta * delta;
  distance_with_sums(square) = distance_variance;
}

void NeuronFeatures::set_rectified(const NeuronResponse& response) {
  const DifferenceMoments& m = moments.emplace(response.tau, delta);
  const double f = m.single(0);
  mean_square = m.single(2);
  mean_value = m.single(1);
  active_fraction = f;
  drop = m.drop();
  missed = m.alone(1);

  own(square, square) = m.single(4) - mean_square * mean_square;
  own(square, value) = m.single(3) - mean_square * mean_value;
  own(value, value) = mean_square - mean_value * mean_value;
  differences(square, square) = m.difference_of_squares();
  differences(square, value) = m.square_with_values();
  differences(value, value) = 2 * drop;
  distance_with_sums(square) = 0.5 * m.square_with_squares() - 2 * drop * mean_square;
  distance_with_sums(value) = 0.5 * m.square_with_values() - 2 * drop * mean_value;
  distance_variance = 0.25 * m.fourth() - drop * drop;

  const double g = m.density();
  if (response.is_quantile()) {
    own(square, threshold) = mean_square * (1 - f) / g;
    own(value, threshold) = mean_value * (1 - f) / g;
    own(threshold, threshold) = f * (1 - f) / (g * g);
    differences(square, threshold) = 2 * m.alone(2) / g;
    differences(value, threshold) = 2 * m.alone(1) / g;
    differences(threshold, threshold) = 2 * m.alone(0) / (g * g);
    distance_with_sums(threshold) = (0.5 * m.square_with_active() - 2 * drop * f) / g;
  } else if (response.is_std()) {
    // By Stein: E[(u²−1)F] = E[F''] and its like for two inputs.
    const double tau = response.tau;
    const double c = 1 - delta;
    const double sine = m.squared_sine();
    own(square, threshold) = tau * f;
    own(value, threshold) = 0.5 * tau * g;
    own(threshold, threshold) = 0.5 * tau * tau;
    differences(square, threshold) = 2 * tau * f * sine;
    differences(value, threshold) = tau * g * sine;
    differences(threshold, threshold) = tau * tau * sine;
    distance_with_sums(threshold) =
        tau * ((1 + c * c) * m.curvature() + delta * delta * m.both_active());
  }
}

}  // namespace wideproof::theory
