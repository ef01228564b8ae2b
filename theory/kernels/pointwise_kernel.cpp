// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/pointwise_kernel.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <wideproof/theory/pointwise/layer_mean.hpp>
#include <wideproof/theory/pointwise/pair_curve.hpp>
#include <wideproof/theory/pointwise/panel_mean.hpp>

namespace wideproof::theory {
namespace {

/// A mean, and the curves of the variances that many pairs were asked for at.
class PointwiseMeans {
 public:
  PointwiseMeans(std::shared_ptr<const PairMean> mean, LayerFunction function)
      : mean_(std::move(mean)), function_(std::move(function)) {}

  const PairMean& mean() const { return *mean_; }

  bool is_worth_a_curve(Eigen::Index values) const { return values > mean_->worth_a_curve(); }

  std::shared_ptr<const PairCurve> curve(double q) const {
    require_finite(mean_->value(GaussianPair::of_deficit(q, 0)), q);
    const std::lock_guard lock(mutex_);
    if (curves_.size() >= most_kept && !curves_.contains(q)) curves_.clear();
    auto& curve = curves_[q];
    if (!curve) curve = std::make_shared<const PairCurve>(mean_, q);
    return curve;
  }

  /// Throws InputError where `value`, a mean at variance q, is too large for a double.
  double require_finite(double value, double q) const {
    if (!std::isfinite(value)) {
      function_.refuse(
          fmt::format("no double holds the mean of its square where the variance of h "
                      "is {:.6g}: the function grows too fast",
                      q));
    }
    return value;
  }

 private:
  static constexpr std::size_t most_kept = 64;

  std::shared_ptr<const PairMean> mean_;
  LayerFunction function_;
  mutable std::mutex mutex_;
  mutable std::map<double, std::shared_ptr<const PairCurve>> curves_;
};

/// The sum over terms of weight · of(scaling, entry) for each entry.
template <class Of>
DualKernel::EntryMap sum_of(const std::vector<LateralTerm>& terms, const Of& of) {
  return [terms, of](Eigen::Ref<Eigen::ArrayXd> entries) {
    for (double& entry : entries) {
      double value = 0;
      for (const auto& [weight, scaling] : terms) value += weight * of(scaling, entry);
      entry = value;
    }
  };
}

Eigen::Index values_of(Eigen::Index entries, const std::vector<LateralTerm>& terms) {
  return entries * static_cast<Eigen::Index>(terms.size());
}

bool has_one_variance(const Eigen::MatrixXd& covariance) {
  return (covariance.diagonal().array() == covariance(0, 0)).all();
}

/// A HermiteTable of inputs, which may share their variances.
class VarianceTable {
 public:
  VarianceTable(const PairMean& mean, const Eigen::VectorXd& variances) {
    std::map<double, std::size_t> places;
    std::vector<double> different;
    for (const double q : variances) {
      const auto [place, is_new] = places.emplace(q, different.size());
      if (is_new) different.push_back(q);
      places_.push_back(place->second);
    }
    table_ = mean.table(different);
  }

  std::optional<double> mean(Eigen::Index a, Eigen::Index b, double c) const {
    if (!table_) return std::nullopt;
    return table_->mean(places_[static_cast<std::size_t>(a)], places_[static_cast<std::size_t>(b)],
                        c);
  }

 private:
  std::vector<std::size_t> places_;
  std::optional<HermiteTable> table_;
};

class PointwiseKernel final : public DualKernel {
 public:
  PointwiseKernel(std::shared_ptr<const PairMean> mean, LayerFunction function)
      : means_(std::move(mean), std::move(function)) {}

  double operator()(double qa, double qb, double covariance) const override {
    return means_.require_finite(means_.mean().value(GaussianPair::of(qa, qb, covariance)),
                                 std::max(qa, qb));
  }

  Eigen::MatrixXd gram(const Eigen::MatrixXd& covariance) const override {
    return weighted_gram(covariance, {{1.0, 1.0}});
  }
  Eigen::MatrixXd lateral_gram(const Eigen::MatrixXd& covariance,
                               const LateralSum& sum) const override {
    return weighted_gram(covariance, sum.others());
  }

  EntryMap entry_map(double q, const std::vector<LateralTerm>& terms,
                     Eigen::Index entries) const override {
    if (!means_.is_worth_a_curve(values_of(entries, terms))) {
      return DualKernel::entry_map(q, terms, entries);
    }
    return sum_of(terms, [q, curve = means_.curve(q)](double scaling, double entry) {
      return curve->value(1 - scaling * std::clamp(entry / q, -1.0, 1.0));
    });
  }

  double drop(double q, double scaling, double delta) const override {
    if (scaling == 1) return means_.mean().drop(GaussianPair::of_deficit(q, delta));
    return means_.curve(q)->fall(scaling, delta);
  }
  EntryMap drop_map(double q, const std::vector<LateralTerm>& terms,
                    Eigen::Index entries) const override {
    if (!means_.is_worth_a_curve(values_of(entries, terms))) {
      return DualKernel::drop_map(q, terms, entries);
    }
    return sum_of(terms, [curve = means_.curve(q)](double scaling, double delta) {
      return scaling == 1 ? curve->drop(delta) : curve->fall(scaling, delta);
    });
  }

  double active_fraction() const override { return active_fraction_at(1.0); }
  double active_fraction_at(double variance) const override {
    return means_.mean().positive_fraction(variance);
  }

 private:
  Eigen::MatrixXd weighted_gram(const Eigen::MatrixXd& covariance,
                                const std::vector<LateralTerm>& terms) const {
    const Eigen::Index pairs = covariance.rows() * (covariance.rows() - 1) / 2;
    if (!means_.is_worth_a_curve(values_of(pairs, terms))) {
      return gram_of_values(covariance, terms, std::nullopt);
    }
    if (has_one_variance(covariance)) return gram_of_curve(covariance, terms);
    return gram_of_values(covariance, terms, VarianceTable(means_.mean(), covariance.diagonal()));
  }

  Eigen::MatrixXd gram_of_curve(const Eigen::MatrixXd& covariance,
                                const std::vector<LateralTerm>& terms) const {
    const double q = covariance(0, 0);
    const auto map = entry_map(q, terms, covariance.size());
    double own = 0;
    for (const auto& [weight, scaling] : terms) own += weight * (*this)(q, q, scaling * q);
    Eigen::MatrixXd result = covariance;
    for (Eigen::Index b = 0; b < covariance.cols(); ++b) {
      auto column = result.col(b).head(b).array();
      map(column);
      result(b, b) = own;
    }
    result.triangularView<Eigen::StrictlyLower>() = result.transpose();
    return result;
  }

  /// One by one, from the table where there is one and it suffices. Coinciding pairs of one
  /// variance are never taken from it.
  Eigen::MatrixXd gram_of_values(const Eigen::MatrixXd& covariance,
                                 const std::vector<LateralTerm>& terms,
                                 const std::optional<VarianceTable>& table) const {
    const auto value = [&](Eigen::Index a, Eigen::Index b, double k) {
      const double qa = covariance(a, a), qb = covariance(b, b);
      if (table && a != b) {
        const auto mean = table->mean(a, b, GaussianPair::of(qa, qb, k).correlation());
        if (mean) return *mean;
      }
      return (*this)(qa, qb, k);
    };
    return symmetric_matrix(covariance.rows(), [&](Eigen::Index a, Eigen::Index b) {
      double sum = 0;
      for (const auto& [weight, scaling] : terms) {
        sum += weight * value(a, b, scaling * covariance(a, b));
      }
      return sum;
    });
  }

  PointwiseMeans means_;
};

class PointwiseDerivative final : public DerivativeKernel {
 public:
  PointwiseDerivative(std::shared_ptr<const PairMean> mean, LayerFunction function)
      : means_(std::move(mean), std::move(function)) {}

  double operator()(double qa, double qb, double covariance) const override {
    return means_.mean().slope(GaussianPair::of(qa, qb, covariance));
  }
  double of_pair(double q, double scaling, double delta) const override {
    return means_.mean().slope(GaussianPair::of_deficit(q, scaled(scaling, delta)));
  }
  DualKernel::EntryMap pair_map(double q, const std::vector<LateralTerm>& terms,
                                Eigen::Index entries) const override {
    if (!means_.is_worth_a_curve(values_of(entries, terms))) {
      return DerivativeKernel::pair_map(q, terms, entries);
    }
    return sum_of(terms, [curve = means_.curve(q)](double scaling, double delta) {
      return curve->slope(scaled(scaling, delta));
    });
  }

 private:
  /// The deficit of A(1−δ).
  static double scaled(double scaling, double delta) {
    return std::clamp(1 - scaling + scaling * delta, 0.0, 2.0);
  }

  PointwiseMeans means_;
};

}  // namespace

std::unique_ptr<DualKernel> make_pointwise_kernel(const model::PointwiseOptions& options,
                                                  std::shared_ptr<const model::Nonlinearity> phi,
                                                  std::optional<double> tau) {
  return std::make_unique<PointwiseKernel>(make_pair_mean(options, phi, tau),
                                           layer_function(options, phi, tau));
}

std::unique_ptr<DerivativeKernel> make_pointwise_derivative(
    const model::PointwiseOptions& options, std::shared_ptr<const model::Nonlinearity> phi,
    std::optional<double> tau) {
  LayerFunction function = layer_function(options, phi, tau);
  for (const auto& kink : phi->kinks()) {
    if (kink.jump == 0) continue;
    function.refuse(
        fmt::format("jumps at x = {:.6g}, where it has no derivative, so that it has no "
                    "tangent kernel",
                    kink.at));
  }
  return std::make_unique<PointwiseDerivative>(make_pair_mean(options, phi, tau),
                                               std::move(function));
}

std::optional<double> quadrature_error(const model::PointwiseOptions& options,
                                       std::shared_ptr<const model::Nonlinearity> phi,
                                       std::optional<double> tau, double q) {
  const auto mean = make_pair_mean(options, std::move(phi), tau);
  const auto* panels = dynamic_cast<const PanelMean*>(mean.get());
  if (panels == nullptr) return std::nullopt;
  double most = 0;
  for (const double lack : {0.0, 1e-6, 0.01, 0.1, 0.5, 0.9, 1.3, 1.9, 2.0}) {
    most = std::max(most, panels->error_estimate(GaussianPair::of_deficit(q, lack)));
  }
  return most;
}

}  // namespace wideproof::theory
