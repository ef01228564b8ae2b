// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/first_layer.hpp>

#include <cmath>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

namespace wideproof::app {
namespace {

/// Their squares and what float32 makes of them are in range then.
constexpr double least_norm = 0x1p-40;
constexpr double largest_norm = 0x1p40;

/// Beside a bias an input may be 0.
void require_norms(const model::Inputs& inputs, const model::Network& network) {
  for (Eigen::Index a = 0; a < inputs.rows().rows(); ++a) {
    const double norm = inputs.rows().row(a).stableNorm();
    const bool is_zero = norm == 0;
    if (is_zero && network.input_bias_variance() > 0) continue;
    if (is_zero)
      throw model::InputError(
          "inputs.normalize", false,
          fmt::format("row {} of {} is zero, which needs network.input_bias_variance > 0: without "
                      "it networks put out nothing that could be judged",
                      a + 1, inputs.source()));
    if (norm >= least_norm && norm <= largest_norm) continue;
    throw model::InputError("inputs.normalize", false,
                            fmt::format("row {} of {} has the norm {:.3g}; without scaling it must "
                                        "lie in [{:.2g}, {:.2g}]",
                                        a + 1, inputs.source(), norm, least_norm, largest_norm));
  }
}

/// x_a·x_b, to the last bit the same as x_b·x_a, which a product of matrices need not be.
Eigen::MatrixXd products_of(const Eigen::MatrixXd& rows) {
  Eigen::MatrixXd products = Eigen::MatrixXd::Zero(rows.rows(), rows.rows());
  products.selfadjointView<Eigen::Lower>().rankUpdate(rows);
  products.triangularView<Eigen::StrictlyUpper>() = products.transpose();
  return products;
}

}  // namespace

bool have_one_norm(const model::Experiment& experiment, const model::Inputs& inputs) {
  if (experiment.inputs().normalize) return true;
  const Eigen::VectorXd norms = inputs.rows().rowwise().stableNorm();
  return norms.minCoeff() > 0 && norms.maxCoeff() - norms.minCoeff() <= 1e-12 * norms.maxCoeff();
}

Eigen::MatrixXd first_layer_vectors(const model::Experiment& experiment,
                                    const model::Inputs& inputs) {
  const auto& network = experiment.network();
  if (!experiment.inputs().normalize) require_norms(inputs, network);
  Eigen::MatrixXd vectors = experiment.inputs().normalize ? inputs.vectors() : inputs.rows();
  if (network.has_plain_inputs()) return vectors;
  vectors *= std::sqrt(network.input_weight_variance());
  if (network.input_bias_variance() == 0) return vectors;
  vectors.conservativeResize(Eigen::NoChange, vectors.cols() + 1);
  vectors.rightCols(1).setConstant(std::sqrt(network.input_bias_variance()));
  return vectors;
}

model::Prediction predict_gram(const model::Experiment& experiment, const model::Inputs& inputs) {
  const auto& network = experiment.network();
  if (experiment.inputs().normalize) return theory::predict(network, inputs.deficits());
  require_norms(inputs, network);
  if (have_one_norm(experiment, inputs)) {
    auto options = network.options();
    options.input_weight_variance *= inputs.rows().row(0).squaredNorm();
    return theory::predict(model::Network(options), inputs.deficits());
  }
  for (std::int64_t layer = 1; layer <= network.depth(); ++layer) {
    const auto& like = network.like_layer(layer);
    if (!is_thresholded(like.activation()) || like.threshold() != model::ThresholdRule::fixed)
      continue;
    throw model::InputError("network.threshold", model::in_quotes(name_of(like.threshold())),
                            "needs inputs of one norm: one number is the threshold of all; "
                            "\"std\" and \"quantile\" take any");
  }
  return theory::predict_of_products(network, products_of(inputs.rows()));
}

}  // namespace wideproof::app
