// SPDX-License-Identifier: MIT
#include <wideproof/model/inputs/inputs.hpp>

#include <cmath>
#include <utility>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/inputs/row_deficits.hpp>

namespace wideproof::model {

Inputs::Inputs(std::string source, Eigen::MatrixXd rows, std::string_view key,
               std::string_view path, ZeroRows zero_rows)
    : source_(std::move(source)), rows_(std::move(rows)) {
  const auto refuse = [&](const std::string& reason) {
    throw InputError(key, in_quotes(path.empty() ? source_ : path), reason);
  };
  if (rows_.rows() < 1) refuse("holds no inputs");
  if (rows_.cols() < 1) refuse("its inputs have no components");
  if (rows_.rows() > largest_input_count) {
    refuse(fmt::format("{} inputs are more than the {} that an experiment takes", rows_.rows(),
                       largest_input_count));
  }
  for (Eigen::Index a = 0; a < rows_.rows(); ++a) {
    const auto x = rows_.row(a);
    const auto place = [&] { return fmt::format("row {} of {}", a + 1, rows_.rows()); };
    for (Eigen::Index i = 0; i < x.size(); ++i) {
      if (std::isfinite(x[i])) continue;
      refuse(fmt::format("{} has the component {} in column {}: must be finite", place(), x[i],
                         i + 1));
    }
    if (zero_rows == ZeroRows::refused && x.isZero(0))
      refuse(place() + " is zero: it cannot be scaled to unit norm");
  }
}

Inputs::Inputs(const Inputs& first, const Inputs& second)
    : source_(fmt::format("{}, from input {} on {}", first.source(), first.count() + 1,
                          second.source())),
      second_count_(second.count()) {
  const auto refuse = [](const std::string& what, const std::string& reason) {
    throw InputError("inputs.second.source", what, reason);
  };
  if (second.dimension() != first.dimension())
    refuse(fmt::format("inputs of {} numbers", second.dimension()),
           fmt::format("must have {}, as those of the first set have", first.dimension()));
  if (first.count() + second.count() > largest_input_count)
    refuse(fmt::format("{} inputs", second.count()),
           fmt::format("with the {} of the first set they are more than the {} that an experiment "
                       "takes",
                       first.count(), largest_input_count));
  rows_.resize(first.count() + second.count(), first.dimension());
  rows_ << first.rows(), second.rows();
}

Eigen::MatrixXd Inputs::vectors() const {
  return unit_rows(rows_);
}

Eigen::MatrixXd Inputs::vectors(const std::vector<std::int64_t>& rows) const {
  return unit_rows(rows_(rows, Eigen::all));
}

Eigen::MatrixXd Inputs::cosines() const {
  return row_cosines(rows_);
}

Deficits Inputs::deficits() const {
  return row_deficits(rows_);
}

}  // namespace wideproof::model
