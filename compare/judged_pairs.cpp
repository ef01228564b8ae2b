// SPDX-License-Identifier: MIT
#include <wideproof/compare/judged_pairs.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace wideproof::compare {
namespace {

constexpr double largest_skewness = 0.2;
constexpr double least_replicates = 30.0;
constexpr double infinity = std::numeric_limits<double>::infinity();

/// What one width shows of a pair's, or a class's, 1 − c.
struct Seen {
  double replicates = 0.0;
  double mean = 0.0;
  double variance = 0.0;  ///< of one network
};

bool varies_too_much(const Seen& seen) {
  if (seen.variance == 0.0) return false;
  const double r = seen.variance / (seen.mean * seen.mean);
  const double w = 1.0 + r;
  const double skewness = (w + 2.0) * std::sqrt(r / seen.replicates);
  const double effective_replicates =
      2.0 * seen.replicates / (std::pow(w, 4) + 2.0 * std::pow(w, 3) + 3.0 * w * w - 4.0);
  return !(r <= 1.0 && skewness <= largest_skewness && effective_replicates >= least_replicates);
}

/// Of one pair or class at one layer. `deficit` and `separating` are the least of this layer and
/// those before, `seen` by width ascending.
LeftOut left_out(double deficit, double separating, std::int64_t narrowest, bool is_silent,
                 const std::vector<Seen>& seen, const Options& options) {
  if (is_silent) return LeftOut::silent;
  if (deficit > 0.0 && deficit < options.resolved_deficit) return LeftOut::unresolved;
  if (deficit > 0.0 && deficit < JudgedPairs::near &&
      static_cast<double>(narrowest) * separating < JudgedPairs::fewest_separating)
    return LeftOut::few_separating;
  if (seen.back().mean < JudgedPairs::near &&
      std::any_of(seen.begin(), seen.end(), varies_too_much))
    return LeftOut::spread;
  return LeftOut::judged;
}

/// The least of `so_far` and `values`, entry by entry; what is not known does not count.
void take_least(const Eigen::MatrixXd& values, Eigen::MatrixXd& so_far) {
  if (values.size() > 0) so_far = so_far.cwiseMin(values);
}

std::string why(LeftOut reason, std::int64_t narrowest, double resolved_deficit) {
  switch (reason) {
    case LeftOut::silent:
      return "in some networks an input activates no neuron, so that they have no correlation";
    case LeftOut::unresolved:
      return fmt::format("1 − c there is below {:.0e}, which the sampler's numbers do not resolve",
                         resolved_deficit);
    case LeftOut::few_separating:
      return fmt::format(
          "at width {} fewer than {} neurons lie between the thresholds of the two inputs, too few "
          "for a series in 1/n",
          narrowest, JudgedPairs::fewest_separating);
    case LeftOut::spread:
      return "1 − c of one network varies too much from network to network";
    case LeftOut::judged:
      break;
  }
  return {};
}

}  // namespace

JudgedPairs::JudgedPairs(const std::vector<LayerSeries>& series,
                         const std::vector<PredictedLayer>& predicted,
                         const model::EntryClasses& classes, const Options& options)
    : classes_(Eigen::MatrixXi::Zero(classes.count(), static_cast<Eigen::Index>(series.size()))),
      narrowest_(series.front().at.front().width),
      resolved_deficit_(options.resolved_deficit) {
  const Eigen::Index inputs = classes.inputs();
  Eigen::MatrixXd deficit = Eigen::MatrixXd::Constant(inputs, inputs, infinity);
  Eigen::MatrixXd separating = deficit;
  for (std::size_t layer = 0; layer < series.size(); ++layer) {
    take_least(predicted[layer].preactivation_deficit, deficit);
    take_least(predicted[layer].separating_fraction, separating);
    const auto& widths = series[layer].at;
    const bool is_silent = std::any_of(widths.begin(), widths.end(),
                                       [](const auto& at) { return at.silent_networks > 0; });
    const auto reason = [&](double least, double share, const auto& mean_of,
                            const auto& spread_of) {
      std::vector<Seen> seen;
      for (std::size_t w = 0; w < widths.size(); ++w)
        seen.push_back({static_cast<double>(widths[w].replicates), 1.0 - mean_of(w), spread_of(w)});
      return static_cast<int>(left_out(least, share, narrowest_, is_silent, seen, options));
    };
    Eigen::MatrixXi& pairs = pairs_.emplace_back(Eigen::MatrixXi::Zero(inputs, inputs));
    for (Eigen::Index b = 0; b < inputs; ++b) {
      for (Eigen::Index a = 0; a < b; ++a) {
        pairs(a, b) = pairs(b, a) = reason(
            deficit(a, b), separating(a, b),
            [&, a, b](std::size_t w) { return widths[w].own_correlation().mean(a, b); },
            [&, a, b](std::size_t w) { return widths[w].own_correlation().variance(a, b); });
      }
    }
    std::vector<Eigen::VectorXd> class_means, class_variances;
    for (const model::LayerMeasurement& at : widths) {
      class_means.push_back(classes.means(at.own_correlation().mean));
      class_variances.push_back(classes.means(at.own_correlation().variance));
    }
    const Eigen::VectorXd class_deficit = classes.means(deficit);
    const Eigen::VectorXd class_separating = classes.means(separating);
    for (Eigen::Index label = 1; label < classes.count(); ++label) {
      classes_(label, static_cast<Eigen::Index>(layer)) = reason(
          class_deficit[label], class_separating[label],
          [&](std::size_t w) { return class_means[w][label]; },
          [&](std::size_t w) { return class_variances[w][label]; });
    }
  }
}

std::vector<std::string> JudgedPairs::lines() const {
  std::vector<std::string> lines;
  for (const LeftOut reason :
       {LeftOut::silent, LeftOut::unresolved, LeftOut::few_separating, LeftOut::spread}) {
    Eigen::Index count = 0;
    std::string first;
    for (std::size_t layer = 0; layer < pairs_.size(); ++layer) {
      for (const Entry& at : distinct_entries(Quantity::correlation, pairs_[layer].rows())) {
        if (pairs_[layer](at.row, at.column) != static_cast<int>(reason)) continue;
        if (count == 0) first = fmt::format("{} of layer {}", name_of(at), layer + 1);
        ++count;
      }
    }
    if (count == 0) continue;
    const std::string others = count > 1 ? fmt::format(" and {} more", count - 1) : "";
    lines.push_back(fmt::format("not judged: {}{}, since {}", first, others,
                                why(reason, narrowest_, resolved_deficit_)));
  }
  return lines;
}

}  // namespace wideproof::compare
