// SPDX-License-Identifier: MIT
#include <wideproof/sim/measure/width_sample.hpp>

#include <cassert>
#include <cstddef>

#include <wideproof/sim/measure/stopping_rule.hpp>

namespace wideproof::sim {
namespace {

/// A block of one network has no variance.
std::int64_t blocks_with_variance(std::int64_t replicates) {
  constexpr auto in_block = StoppingRule::replicates_per_block;
  return replicates / in_block + (replicates % in_block >= 2 ? 1 : 0);
}

std::int64_t rows_of(WidthSample::Series which, std::int64_t replicates) {
  const bool by_block =
      which == WidthSample::gram_variances || which == WidthSample::correlation_variances;
  return by_block ? blocks_with_variance(replicates) : replicates;
}

/// Calls use(which) for each series.
template <class Use>
void for_each_series(const Use& use) {
  for (std::size_t i = 0; i < WidthSample::series_names.size(); ++i) {
    use(static_cast<WidthSample::Series>(i));
  }
}

}  // namespace

WidthSample::WidthSample(const Shape& shape) : moments_(shape.observables) {
  for_each_series([&](Series which) { series_[which] = RowTable(shape.columns_of(which)); });
}

void WidthSample::add(const Eigen::VectorXd& observables, const Eigen::VectorXd& means_row,
                      const Eigen::VectorXd& reduced_row, const Eigen::VectorXd& sparsity_row,
                      const Eigen::VectorXd& selectivity_row) {
  moments_.add(observables);
  series_[means].add(means_row);
  series_[reduced].add(reduced_row);
  series_[sparsity].add(sparsity_row);
  series_[selectivity].add(selectivity_row);
}

void WidthSample::add_block(const Eigen::VectorXd& gram_row,
                            const Eigen::VectorXd& correlation_row) {
  assert(count() >= 2);
  series_[gram_variances].add(gram_row);
  series_[correlation_variances].add(correlation_row);
}

void WidthSample::merge(const WidthSample& next) {
  moments_.merge(next.moments_);
  for_each_series([&](Series which) { series_[which].append(next.series_[which]); });
}

bool WidthSample::fits(const Shape& shape) const {
  bool fits = count() >= 0 && moments_.mean().size() == shape.observables &&
              moments_.squares().size() == shape.observables;
  for_each_series([&](Series which) {
    fits = fits && series_[which].columns() == shape.columns_of(which) &&
           series_[which].has_rows(rows_of(which, count()));
  });
  return fits;
}

double WidthSample::bytes_of_rows(const Shape& shape, std::int64_t replicates) {
  double numbers = 0;
  for_each_series([&](Series which) {
    numbers += static_cast<double>(rows_of(which, replicates)) *
               static_cast<double>(shape.columns_of(which));
  });
  return sizeof(double) * numbers;
}

bool WidthSample::operator==(const WidthSample& other) const {
  return count() == other.count() && moments_.mean() == other.moments_.mean() &&
         moments_.squares() == other.moments_.squares() && series_ == other.series_;
}

}  // namespace wideproof::sim
