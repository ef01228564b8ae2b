// SPDX-License-Identifier: MIT
#include <wideproof/theory/dimension/gaussian_closure.hpp>

#include <algorithm>
#include <cmath>

#include <wideproof/theory/dimension/pair_covariance.hpp>
#include <wideproof/theory/dimension/quenched_response.hpp>

namespace wideproof::theory {
namespace {

constexpr double negligible = 1e-13;

/// Terms after which |c|^k is negligible, at most `most`.
Eigen::Index terms_for(double c, Eigen::Index most) {
  const double size = std::abs(c);
  if (size >= 1) return most;
  const double terms = std::ceil(std::log(negligible) / std::log(size));
  return terms < static_cast<double>(most)
             ? std::max<Eigen::Index>(1, static_cast<Eigen::Index>(terms))
             : most;
}

/// Σ_k a_k b_k c^k over the first terms.
double mehler_series(const double* a, const double* b, Eigen::Index terms, double c) {
  double sum = 0;
  for (Eigen::Index k = terms; k-- > 0;) sum = sum * c + a[k] * b[k];
  return sum * c;
}

/// The neurons of a layer, by their fields' laws.
class Neurons {
 public:
  Neurons(model::Activation activation, const Eigen::MatrixXd& fields, const Eigen::VectorXd& means)
      : activation_(activation), fields_(fields), means_(means) {
    const Eigen::Index count = fields.rows();
    spreads_ = fields.diagonal().array().max(0.0).sqrt();
    outputs_ = Eigen::VectorXd(count);
    variances_ = Eigen::VectorXd(count);
    for (Eigen::Index i = 0; i < count; ++i) {
      const auto response = quenched_response(activation, law(i).variance, law(i).mean);
      outputs_(i) = response.mean;
      variances_(i) = law(i).variance * response.variance_ratio;
    }
    expand(terms_for(largest_correlation(), GaussianClosure::most_terms));
  }

  const Eigen::VectorXd& outputs() const { return outputs_; }
  double variance(Eigen::Index i) const { return variances_(i); }

  double covariance(Eigen::Index i, Eigen::Index j) const {
    const double c = correlation(i, j);
    const auto terms = terms_for(c, coefficients_.rows());
    const double rest =
        std::pow(std::abs(c), static_cast<double>(terms + 1)) * std::sqrt(rest_(i) * rest_(j));
    if (rest > GaussianClosure::accuracy * std::sqrt(variances_(i) * variances_(j))) {
      return pair_covariance(activation_, law(i), law(j), fields_(i, j));
    }
    return mehler_series(coefficients_.col(i).data(), coefficients_.col(j).data(), terms, c);
  }

 private:
  FieldLaw law(Eigen::Index i) const { return {std::max(0.0, fields_(i, i)), means_(i)}; }

  double correlation(Eigen::Index i, Eigen::Index j) const {
    const double scale = spreads_(i) * spreads_(j);
    return scale > 0 ? std::clamp(fields_(i, j) / scale, -1.0, 1.0) : 0;
  }

  double largest_correlation() const {
    double largest = 0;
    for (Eigen::Index j = 0; j < fields_.cols(); ++j) {
      for (Eigen::Index i = 0; i < j; ++i) largest = std::max(largest, std::abs(correlation(i, j)));
    }
    return largest;
  }

  void expand(Eigen::Index terms) {
    coefficients_.resize(terms, fields_.rows());
    for (Eigen::Index i = 0; i < fields_.rows(); ++i) {
      coefficients_.col(i) = response_coefficients(activation_, law(i), terms);
    }
    rest_ =
        (variances_.array() - coefficients_.colwise().squaredNorm().transpose().array()).max(0.0);
  }

  model::Activation activation_;
  const Eigen::MatrixXd& fields_;
  const Eigen::VectorXd& means_;
  Eigen::ArrayXd spreads_;
  Eigen::VectorXd outputs_;
  Eigen::VectorXd variances_;
  Eigen::MatrixXd coefficients_;  // terms × neurons
  Eigen::ArrayXd rest_;           // of V that the coefficients leave out
};

}  // namespace

GaussianEnsemble GaussianClosure::operator()(const Eigen::MatrixXd& weights,
                                             const GaussianEnsemble& inputs,
                                             const Eigen::VectorXd& biases) const {
  const Eigen::MatrixXd fields = weights * inputs.covariance * weights.transpose();
  Eigen::VectorXd means = weights * inputs.mean + biases;
  if (activation_ == model::Activation::linear) return {fields, means};
  if (model::is_thresholded(activation_)) {
    const double square = fields.diagonal().mean() + means.array().square().mean();
    means.array() -= tau_ * std::sqrt(square);
  }
  const Neurons neurons(activation_, fields, means);
  GaussianEnsemble outputs{Eigen::MatrixXd(fields.rows(), fields.cols()), neurons.outputs()};
  for (Eigen::Index j = 0; j < fields.cols(); ++j) {
    outputs.covariance(j, j) = neurons.variance(j);
    for (Eigen::Index i = 0; i < j; ++i) {
      outputs.covariance(i, j) = outputs.covariance(j, i) = neurons.covariance(i, j);
    }
  }
  return outputs;
}

}  // namespace wideproof::theory
