// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>

#include <wideproof/model/deficits.hpp>

namespace wideproof::model {

/// Groups the distinct entries of a symmetric P × P matrix over inputs by the inputs' cosine.
///
/// The law of a network sees its inputs through their cosines alone, so that entries of equal
/// cosine have one law, and an error in a formula of the cosine moves all of a class together.
/// Class 0 is the diagonal. The pairs a < b follow by cosine, descending: a class for each distinct
/// cosine where there are at most `most_classes` of them, else that many classes of nearly as many
/// pairs each, pairs of one cosine never parted. Two cosines c are one where their deficits 1 − c
/// differ by at most 1e-9 of the larger: coinciding inputs are a class of their own, however near
/// others come.
class EntryClasses {
 public:
  static constexpr Eigen::Index most_classes = 8;  ///< beside the diagonal

  /// No entries.
  EntryClasses() = default;

  /// Of the inputs, finite.
  explicit EntryClasses(const Deficits& deficits);

  /// From ⟨x_a, x_b⟩, P × P, finite. Their rounding may separate pairs that nearly coincide.
  explicit EntryClasses(const Eigen::MatrixXd& cosines);

  /// Again from what labels() gave. Throws InputError naming `classes` unless it is square,
  /// symmetric, 0 on its diagonal and holds every label from 0 to the largest elsewhere.
  static EntryClasses from_labels(const Eigen::MatrixXi& labels);

  Eigen::Index inputs() const { return labels_.rows(); }
  /// With the diagonal's.
  Eigen::Index count() const { return sizes_.size(); }
  /// Class of each entry, P × P, symmetric.
  const Eigen::MatrixXi& labels() const { return labels_; }
  /// Distinct entries (a ≤ b) in each class.
  const Eigen::VectorXi& sizes() const { return sizes_; }

  /// Mean over the distinct entries of each class of a symmetric P × P matrix.
  Eigen::VectorXd means(const Eigen::MatrixXd& matrix) const;

 private:
  void set_sizes();

  Eigen::MatrixXi labels_;
  Eigen::VectorXi sizes_;
};

}  // namespace wideproof::model
