// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include <Eigen/Core>

#include <wideproof/sim/numeric/moment_accumulator.hpp>
#include <wideproof/sim/numeric/row_table.hpp>

namespace wideproof::sim {

/// What networks of one width showed: the moments of all observables, and of each network, or each
/// block of networks, the class means that model::WidthSeries keeps, model::WidthSparsity and
/// model::WidthSelectivity.
///
/// Made block by block and merged in the blocks' order, which the rows keep.
class WidthSample {
 public:
  /// The series, in the order of series_names.
  enum Series : std::uint8_t {
    means,
    reduced,
    gram_variances,
    correlation_variances,
    sparsity,
    selectivity
  };
  static constexpr std::array<std::string_view, 6> series_names = {
      "means", "reduced", "gram_variances", "correlation_variances", "sparsity", "selectivity"};
  using AllSeries = std::array<RowTable, series_names.size()>;

  /// How many numbers each part of a sample holds for one network or block.
  struct Shape {
    Eigen::Index observables = 0;
    Eigen::Index columns = 0;      ///< layers × classes
    bool reduces = false;          ///< whether there are estimates less the control variates
    Eigen::Index sparsity = 0;     ///< hidden layers × model::sparsity_numbers
    Eigen::Index selectivity = 0;  ///< hidden layers × model::selectivity_numbers; 0: no classes

    Eigen::Index columns_of(Series which) const {
      if (which == Series::sparsity) return sparsity;
      if (which == Series::selectivity) return selectivity;
      return which == reduced && !reduces ? 0 : columns;
    }
  };

  /// Of no networks.
  WidthSample() = default;
  explicit WidthSample(const Shape& shape);

  /// As it stood: what moments() and series() gave.
  WidthSample(MomentAccumulator moments, AllSeries series)
      : moments_(std::move(moments)), series_(std::move(series)) {}

  /// One network; `reduced_row` is empty where there are no control variates, `selectivity_row`
  /// where there are no classes.
  void add(const Eigen::VectorXd& observables, const Eigen::VectorXd& means_row,
           const Eigen::VectorXd& reduced_row, const Eigen::VectorXd& sparsity_row,
           const Eigen::VectorXd& selectivity_row);
  /// What the networks so far, a block, tell of the variances.
  void add_block(const Eigen::VectorXd& gram_row, const Eigen::VectorXd& correlation_row);
  /// The networks that come after these.
  void merge(const WidthSample& next);

  std::int64_t count() const { return moments_.count(); }
  const MomentAccumulator& moments() const { return moments_; }
  const AllSeries& series() const { return series_; }
  const RowTable& series(Series which) const { return series_[which]; }

  /// Whether all parts have that shape and tell of the same whole blocks of networks, the last of
  /// which may be shorter.
  bool fits(const Shape& shape) const;

  /// Bytes of the rows of `replicates` networks.
  static double bytes_of_rows(const Shape& shape, std::int64_t replicates);

  /// The same bits, but for the sign of zero.
  bool operator==(const WidthSample& other) const;

 private:
  MomentAccumulator moments_;
  AllSeries series_;
};

}  // namespace wideproof::sim
