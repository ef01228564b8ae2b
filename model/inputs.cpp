// SPDX-License-Identifier: MIT
#include <wideproof/model/inputs.hpp>

#include <cmath>
#include <utility>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::model {

Inputs::Inputs(std::string source, Eigen::MatrixXd rows)
    : source_(std::move(source)), vectors_(std::move(rows)) {
  const auto refuse = [this](const std::string& reason) {
    throw InputError("inputs", in_quotes(source_), reason);
  };
  if (vectors_.rows() < 1) refuse("holds no inputs");
  if (vectors_.cols() < 1) refuse("its inputs have no components");
  if (vectors_.rows() > largest_input_count) {
    refuse(fmt::format("{} inputs are more than the {} that an experiment takes", vectors_.rows(),
                       largest_input_count));
  }
  for (Eigen::Index a = 0; a < vectors_.rows(); ++a) {
    Eigen::RowVectorXd x = vectors_.row(a);
    const auto place = [&] { return fmt::format("row {} of {}", a + 1, vectors_.rows()); };
    for (Eigen::Index i = 0; i < x.size(); ++i) {
      if (std::isfinite(x[i])) continue;
      refuse(fmt::format("{} has the component {} in column {}: must be finite", place(), x[i],
                         i + 1));
    }
    const double largest = x.cwiseAbs().maxCoeff();
    if (largest == 0) refuse(place() + " is zero: it cannot be scaled to unit norm");
    x /= largest;
    vectors_.row(a) = x / x.norm();
  }
}

Eigen::MatrixXd Inputs::cosines() const {
  Eigen::MatrixXd gram = Eigen::MatrixXd::Zero(count(), count());
  gram.selfadjointView<Eigen::Lower>().rankUpdate(vectors_);
  gram = gram.cwiseMax(-1.0).cwiseMin(1.0).eval();
  gram.triangularView<Eigen::StrictlyUpper>() = gram.transpose();
  gram.diagonal().setOnes();
  return gram;
}

}  // namespace wideproof::model
