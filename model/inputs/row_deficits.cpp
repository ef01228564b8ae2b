// SPDX-License-Identifier: MIT
#include <wideproof/model/inputs/row_deficits.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace wideproof::model {
namespace {

/// Pairs nearer than this are worth a pass over their components.
constexpr double near = 1e-3;

/// The rows, each times the power of two that brings its largest component to [½, 1): exact.
class ScaledRows {
 public:
  explicit ScaledRows(const Eigen::MatrixXd& rows) : rows_(rows) {
    for (Eigen::Index a = 0; a < rows_.rows(); ++a) {
      const double largest = rows_.row(a).cwiseAbs().maxCoeff();
      const int exponent = std::ilogb(largest) + 1;
      for (double& x : rows_.row(a)) x = std::ldexp(x, -exponent);
      squares_.push_back(rows_.row(a).squaredNorm());
    }
  }

  /// 1 − |cos| of rows a and b whose cosine is `cosine` to a few roundings.
  double deficit(Eigen::Index a, Eigen::Index b, double cosine) const {
    const double xx = squares_[static_cast<std::size_t>(a)];
    const double yy = squares_[static_cast<std::size_t>(b)];
    const double share = cosine * std::sqrt(yy / xx);
    const double* x = rows_.row(a).data();
    const double* y = rows_.row(b).data();
    double rr = 0;
    double rx = 0;
    for (Eigen::Index i = 0; i < rows_.cols(); ++i) {
      const double r = std::fma(-share, x[i], y[i]);
      rr += r * r;
      rx += r * x[i];
    }
    // The rounding of `share` leaves r a part along x.
    const double square = std::clamp((rr - rx * rx / xx) / yy, 0.0, 1.0);
    if (square <= same_direction * same_direction) return 0.0;
    return square / (1 + std::sqrt(1 - square));
  }

 private:
  Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> rows_;
  std::vector<double> squares_;
};

/// entry(cosine, deficit) of each pair, the deficit as exact as it can be had, on a symmetric
/// matrix with `diagonal`.
template <class Entry>
Eigen::MatrixXd of_pairs(const Eigen::MatrixXd& rows, double diagonal, const Entry& entry) {
  const Eigen::Index count = rows.rows();
  Eigen::MatrixXd result = Eigen::MatrixXd::Zero(count, count);
  result.selfadjointView<Eigen::Lower>().rankUpdate(unit_rows(rows));
  const ScaledRows scaled(rows);
  for (Eigen::Index a = 0; a < count; ++a) {
    result(a, a) = diagonal;
    for (Eigen::Index b = a + 1; b < count; ++b) {
      const double c = std::clamp(result(b, a), -1.0, 1.0);
      double deficit = 1 - c;
      const bool is_near = 1 - std::abs(c) < near;
      if (is_near) {
        const double apart = scaled.deficit(a, b, c);
        deficit = c > 0 ? apart : 2 - apart;
      }
      result(b, a) = entry(c, deficit, is_near);
    }
  }
  result.triangularView<Eigen::StrictlyUpper>() = result.transpose();
  return result;
}

}  // namespace

Eigen::MatrixXd unit_rows(const Eigen::MatrixXd& rows) {
  Eigen::MatrixXd unit = rows;
  for (Eigen::Index a = 0; a < rows.rows(); ++a) {
    Eigen::RowVectorXd x = rows.row(a);
    x /= x.cwiseAbs().maxCoeff();
    unit.row(a) = x / x.norm();
  }
  return unit;
}

Deficits row_deficits(const Eigen::MatrixXd& rows) {
  return Deficits(of_pairs(rows, 0.0, [](double, double deficit, bool) { return deficit; }));
}

Eigen::MatrixXd row_cosines(const Eigen::MatrixXd& rows) {
  return of_pairs(rows, 1.0, [](double cosine, double deficit, bool is_near) {
    return is_near ? 1 - deficit : cosine;
  });
}

}  // namespace wideproof::model
