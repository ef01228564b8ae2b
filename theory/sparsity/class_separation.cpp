// SPDX-License-Identifier: MIT
#include <wideproof/theory/sparsity/class_separation.hpp>

#include <limits>
#include <map>

#include <wideproof/model/input_error.hpp>
#include <wideproof/model/require_between.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>

namespace wideproof::theory {

InputClasses::InputClasses(const std::vector<std::int64_t>& labels, Eigen::Index inputs)
    : class_of_(inputs) {
  if (static_cast<Eigen::Index>(labels.size()) != inputs) {
    throw model::InputError("labels", labels.size(),
                            fmt::format("there must be one for each of the {} inputs", inputs));
  }
  std::map<std::int64_t, int> known;
  std::vector<double> sizes;
  for (Eigen::Index a = 0; a < inputs; ++a) {
    const auto [found, is_new] =
        known.try_emplace(labels[static_cast<std::size_t>(a)], static_cast<int>(sizes.size()));
    if (is_new) sizes.push_back(0);
    class_of_(a) = found->second;
    sizes[static_cast<std::size_t>(found->second)] += 1;
  }
  if (sizes.size() < 2) {
    throw model::InputError("labels", sizes.size(),
                            "classes are too few: selectivity tells at least 2 from each other");
  }
  sizes_ = Eigen::Map<Eigen::VectorXd>(sizes.data(), static_cast<Eigen::Index>(sizes.size()));
}

std::optional<double> pooled_eta_squared(const Eigen::MatrixXd& gram, const InputClasses& classes) {
  const auto count = static_cast<double>(classes.inputs());
  Eigen::VectorXd within = Eigen::VectorXd::Zero(classes.count());
  for (Eigen::Index b = 0; b < gram.cols(); ++b) {
    const int own = classes.class_of()(b);
    for (Eigen::Index a = 0; a < gram.rows(); ++a) {
      if (classes.class_of()(a) == own) within(own) += gram(a, b);
    }
  }
  const double trace = gram.trace();
  const double mean = gram.sum() / count;
  const double total = trace - mean;
  if (!(total > 16 * count * std::numeric_limits<double>::epsilon() * trace)) return std::nullopt;
  return ((within.array() / classes.sizes().array()).sum() - mean) / total;
}

GramRatio eta_squared_ratio(const InputClasses& classes) {
  const Eigen::Index inputs = classes.inputs();
  const double share = 1.0 / static_cast<double>(inputs);
  GramRatio ratio{Eigen::MatrixXd::Constant(inputs, inputs, -share),
                  Eigen::MatrixXd::Constant(inputs, inputs, -share)};
  ratio.denominator.diagonal().array() += 1;
  for (Eigen::Index b = 0; b < inputs; ++b) {
    const int own = classes.class_of()(b);
    for (Eigen::Index a = 0; a < inputs; ++a) {
      if (classes.class_of()(a) == own) ratio.numerator(a, b) += 1 / classes.sizes()(own);
    }
  }
  return ratio;
}

double eta_squared_of_classes(double tau, double correlation_within, double correlation_between,
                              std::optional<std::int64_t> classes) {
  model::require_between("correlation_within", correlation_within, -1, 1);
  model::require_between("correlation_between", correlation_between, -1, correlation_within);
  if (correlation_between == 1) {
    throw model::InputError("correlation_between", 1, "must be below 1: else no inputs differ");
  }
  if (classes && *classes < 2) throw model::InputError("classes", *classes, "must be at least 2");
  const ThresholdedReluKernel kernel(tau);
  const double others = classes ? 1 - 1 / static_cast<double>(*classes) : 1.0;
  const double within = kernel.drop(1.0, 1 - correlation_within);
  const double between = others * (kernel.drop(1.0, 1 - correlation_between) - within);
  return between / (between + within);
}

}  // namespace wideproof::theory
