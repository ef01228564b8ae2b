// SPDX-License-Identifier: MIT
#include <wideproof/theory/pointwise/hermite_table.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

#include <wideproof/theory/pointwise/gauss_rule.hpp>

namespace wideproof::theory {
namespace {

/// 16 points integrate what turns by so much over a panel.
constexpr double phase_of_panel = 16;

/// Points of f's panels and the weights of f g there.
struct WeightedNodes {
  Eigen::ArrayXd x, weight;

  WeightedNodes(const FunctionPanels& f, double longest) {
    const auto& rule = GaussRule<16>::instance();
    std::vector<double> places, weights;
    for (const auto& panel : f.panels()) {
      const double length = panel.high - panel.low;
      const double parts = std::ceil(length / longest);
      const double half = 0.5 * length / parts;
      for (double part = 0; part < parts; ++part) {
        const double centre = panel.low + (2 * part + 1) * half;
        for (std::size_t j = 0; j < rule.node.size(); ++j) {
          places.push_back(centre + half * rule.node[j]);
          weights.push_back(half * rule.weight[j]);
        }
      }
    }
    const auto count = static_cast<Eigen::Index>(places.size());
    x = Eigen::Map<const Eigen::ArrayXd>(places.data(), count);
    f.values(places.data(), count, places.data());
    weight = Eigen::Map<const Eigen::ArrayXd>(weights.data(), count) *
             Eigen::Map<const Eigen::ArrayXd>(places.data(), count) * (-0.5 * x.square()).exp() /
             std::sqrt(2 * std::numbers::pi);
  }
};

}  // namespace

HermiteSeries::HermiteSeries(const FunctionPanels& f, std::size_t terms)
    : a_(terms, 0.0), mean_square_(f.mean_square()), rest_(f.mean_square()) {
  if (f.is_zero()) return;
  const WeightedNodes nodes(f, phase_of_panel / std::sqrt(static_cast<double>(terms)));
  Eigen::ArrayXd here = nodes.weight;
  Eigen::ArrayXd before = Eigen::ArrayXd::Zero(here.size());
  for (std::size_t r = 0; r < terms; ++r) {
    a_[r] = here.sum();
    rest_ -= a_[r] * a_[r];
    const auto n = static_cast<double>(r);
    before = (nodes.x * here - std::sqrt(n) * before) / std::sqrt(n + 1);
    here.swap(before);
  }
  rest_ = std::max(rest_, HermiteTable::accuracy * mean_square_);
}

HermiteTable::HermiteTable(const std::vector<FunctionPanels>& functions) {
  const auto is_complete = [](const HermiteSeries& series) {
    return series.rest() <= accuracy * series.mean_square();
  };
  for (terms_ = 64;; terms_ *= 4) {
    series_.clear();
    for (const auto& f : functions) {
      series_.emplace_back(f, terms_);
      if (terms_ < most_terms && !is_complete(series_.back())) break;
    }
    if (series_.size() == functions.size()) {
      if (terms_ == most_terms || std::all_of(series_.begin(), series_.end(), is_complete)) return;
    }
  }
}

std::optional<double> HermiteTable::mean(std::size_t a, std::size_t b, double c) const {
  const HermiteSeries& f = series_[a];
  const HermiteSeries& g = series_[b];
  // So many terms leave `accuracy` whatever the functions are.
  const double decay = -std::log(std::abs(c));
  const auto terms = static_cast<double>(terms_);
  const bool is_enough = decay * terms > -std::log(accuracy);
  std::size_t count = terms_;
  if (is_enough) {
    count = static_cast<std::size_t>(-std::log(accuracy) / decay) + 1;
  } else {
    const double scale = std::sqrt(f.mean_square() * g.mean_square());
    const double left = std::pow(std::abs(c), terms) * std::sqrt(f.rest() * g.rest());
    if (left > accuracy * scale * (1 + 1e-9)) return std::nullopt;
  }
  double sum = 0;
  for (std::size_t r = count; r-- > 0;) sum = sum * c + f.coefficients()[r] * g.coefficients()[r];
  return sum;
}

}  // namespace wideproof::theory
