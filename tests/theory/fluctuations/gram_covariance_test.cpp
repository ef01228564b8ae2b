// SPDX-License-Identifier: MIT
#include <wideproof/theory/fluctuations/gram_covariance.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>
#include <utility>
#include <vector>

#include <Eigen/Eigenvalues>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <wideproof/theory/fluctuations/fluctuation.hpp>
#include <wideproof/theory/fluctuations/pair_fluctuation.hpp>
#include <wideproof/theory/fluctuations/pair_kernel.hpp>
#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>
#include <wideproof/theory/neurons/packed_triangle.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

#include "factor_model.hpp"

namespace wideproof::theory {
namespace {

using Eigen::Index;
using model::Activation;
using model::LateralFilter;
using model::Network;
using model::ThresholdRule;

constexpr ThresholdRule three_rules[] = {ThresholdRule::fixed, ThresholdRule::std,
                                         ThresholdRule::quantile};

/// A few dozen roundings, relative to the variances.
constexpr double covariance_rounding = 1e-11;

/// Inputs that span all the space they can.
Eigen::MatrixXd different_cosines() {
  Eigen::MatrixXd cosines(5, 5);
  cosines << 1, .5, .2, -.3, .1,  //
      .5, 1, .7, .1, -.6,         //
      .2, .7, 1, .4, -.2,         //
      -.3, .1, .4, 1, .3,         //
      .1, -.6, -.2, .3, 1;
  return cosines;
}

Eigen::MatrixXd cosines_of(const std::vector<double>& angles) {
  const auto count = static_cast<Index>(angles.size());
  Eigen::MatrixXd cosines(count, count);
  for (Index a = 0; a < count; ++a) {
    for (Index b = 0; b < count; ++b) {
      cosines(a, b) =
          std::cos(angles[static_cast<std::size_t>(a)] - angles[static_cast<std::size_t>(b)]);
    }
  }
  cosines.diagonal().setOnes();
  return cosines;
}

std::vector<Eigen::MatrixXd> covariance_of(const Network& network, const Eigen::MatrixXd& cosines) {
  return predict_gram_covariance(network, predict(network, cosines));
}

TEST(PackedTriangle, IsTheUpperTriangleColumnByColumn) {
  Index place = 0;
  for (Index b = 0; b < 5; ++b) {
    for (Index a = 0; a <= b; ++a) {
      EXPECT_EQ(packed_index(a, b), place);
      EXPECT_EQ(packed_index(b, a), place++);
    }
  }
  EXPECT_EQ(packed_size(5), place);
  EXPECT_EQ(packed_index(0, 1), Index{entry_ab});
  EXPECT_EQ(packed_index(1, 1), Index{entry_bb});
}

/// Isserlis: Cov(u_au_b, u_cu_d) = c_ac c_bd + c_ad c_bc, and each layer adds as much.
TEST(GramCovariance, OfLinearNetworksIsWisharts) {
  const auto c = different_cosines();
  const auto layers = covariance_of(Network({.depth = 3, .activation = Activation::linear}), c);
  ASSERT_EQ(layers.size(), 3U);
  for (std::size_t l = 0; l < 3; ++l) {
    for (Index b = 0; b < 5; ++b) {
      for (Index a = 0; a <= b; ++a) {
        for (Index q = 0; q < 5; ++q) {
          for (Index p = 0; p <= q; ++p) {
            EXPECT_NEAR(layers[l](packed_index(a, b), packed_index(p, q)),
                        static_cast<double>(l + 1) * (c(a, p) * c(b, q) + c(a, q) * c(b, p)),
                        1e-13);
          }
        }
      }
    }
  }
}

TEST(GramCovariance, HoldsThePairsOwnCovariances) {
  const auto cosines = different_cosines();
  for (const auto& filter : {LateralFilter(), LateralFilter::box(5), LateralFilter::uniform(3)}) {
    for (const auto rule : three_rules) {
      const Network network(
          {.depth = 3, .active_fraction = .2, .threshold = rule, .presynaptic = filter});
      const auto prediction = predict(network, cosines);
      const auto layers = predict_gram_covariance(network, prediction);
      const PairRecursion recursion(network, prediction, 10);
      for (Index b = 0; b < 5; ++b) {
        for (Index a = 0; a < b; ++a) {
          const std::vector<Index> entries{packed_index(a, a), packed_index(a, b),
                                           packed_index(b, b)};
          const auto pair = recursion(a, b);
          for (std::size_t l = 0; l < 3; ++l) {
            const Eigen::Matrix3d block = layers[l](entries, entries);
            const Eigen::Matrix3d& expected = pair[l].gram_covariance;
            EXPECT_LT((block - expected).cwiseAbs().maxCoeff(),
                      covariance_rounding * expected(0, 0));
          }
        }
      }
    }
  }
}

TEST(GramCovariance, HasTheVariancesOfTheFluctuation) {
  const auto cosines = cosines_of({0, .4, 1, 2, 3.5});
  for (const auto rule : three_rules) {
    const Network network({.depth = 4, .threshold = rule});
    const auto prediction = predict(network, cosines);
    const auto layers = predict_gram_covariance(network, prediction);
    const auto fluctuation = predict_fluctuation(network, prediction).layers;
    for (std::size_t l = 0; l < 4; ++l) {
      for (Index b = 0; b < 5; ++b) {
        for (Index a = 0; a <= b; ++a) {
          const Index entry = packed_index(a, b);
          EXPECT_NEAR(layers[l](entry, entry), fluctuation[l].gram_variance(a, b),
                      covariance_rounding * fluctuation[l].gram_variance(a, a));
        }
      }
    }
  }
}

constexpr int pairings[3][4] = {{0, 1, 2, 3}, {0, 2, 1, 3}, {0, 3, 1, 2}};

/// Cov(ψ^B_ab, ψ^B_pq) of the three pairings. Given two common factors the inputs are independent,
/// so that influences are products of conditional means.
Eigen::Vector3d covariances_by_factors(const FactorModel& model, const NeuronResponse& response,
                                       double degree) {
  const Eigen::Matrix4d c = model.correlation();
  const ThresholdedReluKernel kernel(response.tau);
  const double f = kernel.active_fraction();
  const double others = degree * kernel.mean();
  const Eigen::Matrix4d products = c.unaryExpr([&](double x) { return kernel(x); });
  const Eigen::Matrix4d steps = c.unaryExpr([&](double x) { return kernel.step_times_relu(x); });
  const auto threshold_influence = [&](int i, double mean) {
    if (response.is_quantile()) {
      return (model.active(i, response.tau, mean) - f) / normal_density(response.tau);
    }
    const double square = mean * mean + std::pow(model.own(i), 2);
    return response.is_std() ? .5 * response.tau * (square - 1) : 0.0;
  };
  return model.average([&](const Eigen::Vector4d& means) {
    double value[4];
    double threshold[4];
    for (int i = 0; i < 4; ++i) {
      value[i] = model.value(i, response.tau, means(i));
      threshold[i] = threshold_influence(i, means(i));
    }
    const auto influence = [&](int a, int b) {
      return value[a] * value[b] - products(a, b) +
             others * (value[a] + value[b] - 2 * kernel.mean()) -
             (steps(a, b) + others * f) * (threshold[a] + threshold[b]);
    };
    Eigen::Vector3d squares;
    for (int i = 0; i < 3; ++i) {
      const auto [a, b, p, q] = pairings[i];
      squares(i) = influence(a, b) * influence(p, q);
    }
    return squares;
  });
}

TEST(GramNoiseOfManyInputs, IsTheCovarianceOfTheirInfluences) {
  for (const auto& model : factor_models()) {
    const Eigen::MatrixXd c = model.correlation();
    for (const double f : {.1, .7}) {
      for (const auto rule : three_rules) {
        const NeuronResponse response{.tau = tau_of(f), .rule = rule};
        const JointFeatures features(response, c);
        const ThresholdedReluKernel kernel(response.tau);
        const auto of_values = [&](int i, int k) { return kernel(c(i, k)) - kernel.at_zero(); };
        for (const auto& [degree, squares] : {std::pair(0.0, 0.0), {3.0, 1.7}}) {
          const auto noise = gram_noise(response, c, features, degree, squares);
          const auto influences = covariances_by_factors(model, response, degree);
          for (int i = 0; i < 3; ++i) {
            const auto [a, b, p, q] = pairings[i];
            const double degenerate =
                of_values(a, p) * of_values(b, q) + of_values(a, q) * of_values(b, p);
            EXPECT_NEAR(noise(packed_index(a, b), packed_index(p, q)),
                        influences(i) + squares * degenerate,
                        gram_covariance_accuracy * noise.diagonal().maxCoeff())
                << name_of(rule) << " " << f << " " << degree;
          }
        }
      }
    }
  }
}

TEST(GramNoiseOfManyInputs, DependsOnTheRule) {
  const auto model = factor_models()[1];
  const Eigen::MatrixXd c = model.correlation();
  const NeuronResponse fixed{.tau = tau_of(.1)};
  const auto noise = gram_noise(fixed, c, JointFeatures(fixed, c), 0, 0);
  for (const auto rule : {ThresholdRule::std, ThresholdRule::quantile}) {
    const auto other = covariances_by_factors(model, {.tau = fixed.tau, .rule = rule}, 0);
    EXPECT_GT(std::abs(noise(packed_index(0, 1), packed_index(2, 3)) - other(0)),
              100 * gram_covariance_accuracy * noise(0, 0));
  }
}

TEST(GramCovariance, CarriesTheKernelsThroughItsMap) {
  const auto cosines = different_cosines();
  const Network network(
      {.depth = 2, .active_fraction = .2, .presynaptic = LateralFilter::uniform(2)});
  const auto prediction = predict(network, cosines);
  const auto response = *neuron_response(network);
  const auto layers = predict_gram_covariance(network, prediction);
  const ThresholdedReluKernel kernel(response.tau);
  const Index size = packed_size(5);

  // The first layer's kernel, and the derivatives of the second layer's Gram by differences.
  const Eigen::MatrixXd& first = prediction.layers[0].preactivation;
  const Eigen::MatrixXd& second = prediction.layers[1].preactivation;
  const auto gram_of = [&](const Eigen::MatrixXd& k, Index a, Index b) {
    const double norm = std::sqrt(k(a, a) * k(b, b));
    return norm * kernel(k(a, b) / norm);
  };
  Eigen::MatrixXd map(size, size);
  for (Index b = 0; b < 5; ++b) {
    for (Index a = 0; a <= b; ++a) {
      for (Index q = 0; q < 5; ++q) {
        for (Index p = 0; p <= q; ++p) {
          const double h = 1e-4;
          Eigen::MatrixXd up = second;
          Eigen::MatrixXd down = second;
          up(p, q) = up(q, p) = second(p, q) + h;
          down(p, q) = down(q, p) = second(p, q) - h;
          map(packed_index(a, b), packed_index(p, q)) =
              (gram_of(up, a, b) - gram_of(down, a, b)) / (2 * h);
        }
      }
    }
  }
  const Eigen::MatrixXd seen = std::pow(prediction.weight_variance, 2) *
                               gram_noise(response, first, JointFeatures(response, first), 2, 0);
  const Eigen::MatrixXd expected =
      (map * seen * map.transpose() +
       gram_noise(response, second, JointFeatures(response, second), 0, 0)) /
      std::pow(prediction.gram_scale, 2);
  // Differences err by the map's third derivatives times h²/6.
  EXPECT_LT((layers[1] - expected).cwiseAbs().maxCoeff(), 1e-6 * expected(0, 0));
}

TEST(GramCovariance, IsPositiveSemidefinite) {
  const double pi = std::numbers::pi;
  const Eigen::MatrixXd all[] = {different_cosines(),
                                 cosines_of({0, .25 * pi, .5 * pi, pi, 1.5 * pi}),
                                 cosines_of({0, 1e-3, .01, .1, 1, 1})};
  for (const auto& cosines : all) {
    for (const auto& filter : {LateralFilter(), LateralFilter::box(13)}) {
      for (const double f : {.01, .1, .5, .8}) {
        for (const auto rule : three_rules) {
          const Network network(
              {.depth = 3, .active_fraction = f, .threshold = rule, .presynaptic = filter});
          for (const auto& matrix : covariance_of(network, cosines)) {
            EXPECT_EQ(matrix, matrix.transpose());
            const auto values = matrix.selfadjointView<Eigen::Lower>().eigenvalues();
            EXPECT_GT(values.minCoeff(), -gram_covariance_accuracy * matrix.diagonal().maxCoeff());
          }
        }
      }
    }
  }
}

TEST(GramCovariance, OfDependentInputsIsTheLimitOfIndependentOnes) {
  const auto plane = cosines_of({0, .3, 1, 1 + 1e-9, -2.1});
  const Index count = plane.rows();
  const double mixing = 1e-8;  // which moves cosines by as much, and what they make as their root
  const Eigen::MatrixXd lifted =
      (1 - mixing) * plane + mixing * Eigen::MatrixXd::Identity(count, count);
  for (const auto rule : three_rules) {
    const Network network({.depth = 3, .threshold = rule});
    const auto exact = covariance_of(network, plane);
    const auto near = covariance_of(network, lifted);
    for (std::size_t l = 0; l < 3; ++l) {
      EXPECT_LT((exact[l] - near[l]).cwiseAbs().maxCoeff(), 1e-3 * exact[l](0, 0));
    }
  }
}

TEST(GramCovariance, OfEqualInputsIsThatOfOne) {
  const auto layers = covariance_of(Network({.depth = 2}), cosines_of({0, 1, 0, 2, 3}));
  for (const auto& matrix : layers) {
    for (Index entry = 0; entry < packed_size(5); ++entry) {
      EXPECT_EQ(matrix(packed_index(0, 3), entry), matrix(packed_index(2, 3), entry));
      EXPECT_EQ(matrix(packed_index(0, 2), entry), matrix(packed_index(0, 0), entry));
    }
  }
}

/// Two inputs that nearly coincide, among others: their own block is PairRecursion's to rounding of
/// the variances, which is no precision of what parts them; entries with the others move by what
/// the inputs do.
TEST(GramCovariance, OfNearInputsIsCloseToThatOfEqualOnes) {
  Eigen::MatrixXd equal = different_cosines();
  equal.row(1) = equal.row(0);
  equal.col(1) = equal.col(0);
  equal(1, 1) = 1;
  for (const auto rule : three_rules) {
    const Network network({.depth = 2, .active_fraction = .2, .threshold = rule});
    const auto one = predict_gram_covariance(network, predict(network, equal));
    for (const double delta : {1e-6, 1e-10, 1e-14, 1e-20}) {
      Eigen::MatrixXd cosines = equal;
      cosines(0, 1) = cosines(1, 0) = 1 - delta;
      auto prediction = predict(network, cosines);
      double deficit = delta;
      for (auto& layer : prediction.layers) {
        layer.preactivation_deficit(0, 1) = layer.preactivation_deficit(1, 0) = deficit;
        const auto response = *neuron_response(network);
        deficit = PairKernel(response, NeuronFeatures(response, deficit), 0.0).deficit;
      }
      const auto two = predict_gram_covariance(network, prediction);
      const auto pair = PairRecursion(network, prediction, 1)(0, 1);
      for (std::size_t l = 0; l < 2; ++l) {
        const double size = one[l].diagonal().maxCoeff();
        const Eigen::Matrix3d block = two[l].topLeftCorner<3, 3>();
        // The moments of pairs take √(1−c²) from a cosine: it is off by up to √ε.
        const double root = std::sqrt(std::numeric_limits<double>::epsilon());
        EXPECT_LT((block - pair[l].gram_covariance).cwiseAbs().maxCoeff(),
                  (covariance_rounding + 10 * std::min(root, 1e-16 / std::sqrt(delta))) * size)
            << name_of(rule) << " " << delta;
        // The kernels do not lie on a point where three inputs can be, by √δ.
        EXPECT_LT((two[l] - one[l]).cwiseAbs().maxCoeff(),
                  (gram_covariance_accuracy + 20 * std::sqrt(delta)) * size)
            << name_of(rule) << " " << delta;
      }
    }
  }
}

TEST(GramCovariance, IsFiniteForOppositeInputs) {
  const auto cosines =
      cosines_of({0, std::numbers::pi, .5 * std::numbers::pi, 1.5 * std::numbers::pi});
  for (const double f : {1e-4, .1, .5, .9}) {
    for (const auto rule : three_rules) {
      for (const auto& matrix :
           covariance_of(Network({.active_fraction = f, .threshold = rule}), cosines)) {
        EXPECT_TRUE(matrix.allFinite());
      }
    }
  }
}

TEST(GramCovariance, SaysWhatIsNotDerived) {
  const Network receivers({.postsynaptic = LateralFilter::box(3)});
  EXPECT_THAT(gram_covariance_not_derived(receivers), testing::HasSubstr("postsynaptic"));
  EXPECT_THROW(covariance_of(receivers, different_cosines()), std::invalid_argument);
  const Network smooth({.activation = Activation::tanh});
  EXPECT_THAT(gram_covariance_not_derived(smooth), testing::HasSubstr("derived only for the "));
  EXPECT_THROW(covariance_of(smooth, different_cosines()), std::invalid_argument);
  EXPECT_EQ(gram_covariance_not_derived(Network({.postsynaptic = LateralFilter::box(1)})), "");
}

}  // namespace
}  // namespace wideproof::theory
