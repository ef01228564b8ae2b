// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/network.hpp>
#include <wideproof/model/prediction.hpp>
#include <wideproof/model/sparsity/sparsity_prediction.hpp>

namespace wideproof::theory {

/// Neurons of one layer of a random network, and the kernel of their pre-activations over M
/// samples, M × M; its diagonal need not be one number.
struct NeuronGroup {
  std::int64_t count = 0;
  bool linear = false;  ///< such as outputs
  double tau = 0.0;     ///< z = (h − τ√K_aa)₊
  Eigen::MatrixXd kernel;
};

/// Regularisers of the persistence of the correlations over M samples between all neurons of these
/// groups: those of predict_persistence() with the mean of CorrelationLaw's tails over pairs. Two
/// groups have a common share s of their own each and one latent dimension, with H = 1 − 11ᵀ/M,
///
///   s = mean_ab K_ab/mean_a K_aa,    1/D + 1/M = tr(HKH HK'H)/(tr HKH · tr HK'H),
///
/// the mean square of the correlation of two independent normal fields over these samples. Direct
/// links between layers are left out: they correlate neurons by 1/√n.
///
/// Trees of one law for all pairs are what predict_persistence() is about; of groups the mean law
/// is an approximation, and correlations of three neurons that see few dimensions are far from
/// independent. How good it is, sampled networks in brackets:
///
///   ReLU, Glorot's weights, 10 outputs,   mean |ρ| .1028 (.1027(5)), T1 −530.8 (−552.1(1.6)),
///   256 digits, 450-350-200               T2 −.2422 (−.2299(11))
///   300-250-200-150-100                   .0997 (.1043(6)), −538.4 (−544.0(1.8)), −.2460
///   (−.2160(20))
///
/// and of one layer of N neurons on M normal inputs in D dimensions
///
///   N = 500, D = 300, M = 4000    f = .5   T1 −427.95 (−427.85(14)), T2 −.4217 (−.4215(2))
///                                 f = .1   −462.14 (−457.02(10)), −.4588 (−.4518(2))
///   N = 500, D = 30, M = 1000     linear   −226.62 (−227.56(38)), −.2058 (−.2066(4))
///                                 f = .5   −277.86 (−278.88(50)), −.2554 (−.2554(7))
///                                 f = .1   −354.75 (−352.04(25)), −.3339 (−.3272(5))
///   N = 1010, D = 100, M = 256    f = .5   −686.51 (−681.14(49)), −.3265 (−.3212(5))
///
/// So the mean correlation can be judged to some percent, T1 and T2 of whole networks to 5% and
/// 15%.
///
/// Throws InputError naming "neurons" where there are fewer than 2, "samples" unless M ≥ 3, "a" as
/// predict_persistence().
model::PersistencePrediction network_persistence(const std::vector<NeuronGroup>& groups,
                                                 double a = 0.5);

/// The hidden layers of a network, `width` neurons each, and `outputs` linear ones, over all inputs
/// of `prediction`; nullopt for activations other than thresholded_relu, relu and linear, and where
/// receiving neurons are correlated.
std::optional<std::vector<NeuronGroup>> neuron_groups(const model::Network& network,
                                                      const model::Prediction& prediction,
                                                      std::int64_t width, std::int64_t outputs = 0);

}  // namespace wideproof::theory
