// SPDX-License-Identifier: MIT
#include <wideproof/theory/regression/lapack.hpp>

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <stdexcept>
#include <vector>

// Fortran passes the lengths of its character arguments behind all others.
// NOLINTBEGIN(readability-identifier-naming): its names.
extern "C" {
void dpotrf_(const char* uplo, const int* n, double* a, const int* lda, int* info, std::size_t);
void dpotrs_(const char* uplo, const int* n, const int* nrhs, const double* a, const int* lda,
             double* b, const int* ldb, int* info, std::size_t);
void dsyevd_(const char* jobz, const char* uplo, const int* n, double* a, const int* lda, double* w,
             double* work, const int* lwork, int* iwork, const int* liwork, int* info, std::size_t,
             std::size_t);
void dsytrd_sy2sb_(const char* uplo, const int* n, const int* kd, double* a, const int* lda,
                   double* ab, const int* ldab, double* tau, double* work, const int* lwork,
                   int* info, std::size_t);
void dormqr_(const char* side, const char* trans, const int* m, const int* n, const int* k,
             const double* a, const int* lda, const double* tau, double* c, const int* ldc,
             double* work, const int* lwork, int* info, std::size_t, std::size_t);
void dsytrd_sb2st_(const char* stage1, const char* vect, const char* uplo, const int* n,
                   const int* kd, double* ab, const int* ldab, double* d, double* e, double* hous,
                   const int* lhous, double* work, const int* lwork, int* info, std::size_t,
                   std::size_t, std::size_t);
void dsterf_(const int* n, double* d, double* e, int* info);
void dpbsv_(const char* uplo, const int* n, const int* kd, const int* nrhs, double* ab,
            const int* ldab, double* b, const int* ldb, int* info, std::size_t);
}
// NOLINTEND(readability-identifier-naming)

namespace wideproof::theory {
namespace {

constexpr Eigen::Index widest_band = 64;
constexpr int size_query = -1;

/// Length of the work space that LAPACK names in its first number.
int length_of(double first) {
  return std::max(1, static_cast<int>(first));
}

std::vector<double> space(int length) {
  return std::vector<double>(static_cast<std::size_t>(length));
}

/// A square matrix's order as LAPACK takes it.
int order_of(const Eigen::MatrixXd& matrix) {
  assert(matrix.rows() == matrix.cols() && matrix.rows() > 0);
  return static_cast<int>(matrix.rows());
}

void require_convergence(int info) {
  assert(info >= 0);
  if (info > 0) throw std::runtime_error("LAPACK's iteration for eigenvalues did not end");
}

}  // namespace

bool factor_cholesky(Eigen::MatrixXd& matrix) {
  const int n = order_of(matrix);
  int info = 0;
  dpotrf_("L", &n, matrix.data(), &n, &info, 1);
  assert(info >= 0);
  return info == 0;
}

void solve_cholesky(const Eigen::MatrixXd& factor, Eigen::MatrixXd& right) {
  const int n = order_of(factor);
  const int columns = static_cast<int>(right.cols());
  assert(right.rows() == n);
  int info = 0;
  dpotrs_("L", &n, &columns, factor.data(), &n, right.data(), &n, &info, 1);
  assert(info == 0);
}

Eigen::VectorXd diagonalise(Eigen::MatrixXd& matrix) {
  const int n = order_of(matrix);
  Eigen::VectorXd eigenvalues(n);
  double length = 0;
  int integers = 0;
  int info = 0;
  dsyevd_("V", "L", &n, matrix.data(), &n, eigenvalues.data(), &length, &size_query, &integers,
          &size_query, &info, 1, 1);
  const int lwork = length_of(length);
  auto work = space(lwork);
  std::vector<int> iwork(static_cast<std::size_t>(std::max(1, integers)));
  dsyevd_("V", "L", &n, matrix.data(), &n, eigenvalues.data(), work.data(), &lwork, iwork.data(),
          &integers, &info, 1, 1);
  require_convergence(info);
  return eigenvalues;
}

Eigen::MatrixXd reduce_to_band(Eigen::MatrixXd& matrix, Eigen::MatrixXd& vectors) {
  const int n = order_of(matrix);
  assert(vectors.rows() == n);
  const int width = static_cast<int>(std::min<Eigen::Index>(widest_band, n - 1));
  const int band_rows = width + 1;
  Eigen::MatrixXd band = Eigen::MatrixXd::Zero(band_rows, n);
  auto tau = space(n);
  double length = 0;
  int info = 0;
  dsytrd_sy2sb_("L", &n, &width, matrix.data(), &n, band.data(), &band_rows, tau.data(), &length,
                &size_query, &info, 1);
  const int lwork = length_of(length);
  auto work = space(lwork);
  dsytrd_sy2sb_("L", &n, &width, matrix.data(), &n, band.data(), &band_rows, tau.data(),
                work.data(), &lwork, &info, 1);
  assert(info == 0);

  // Q is the product of the reflectors of one panel of `width` columns after the other.
  const int columns = static_cast<int>(vectors.cols());
  const int reflector_work = std::max(1, columns) * static_cast<int>(widest_band) * 2 + 65 * 64;
  auto scratch = space(reflector_work);
  for (int first = 0; width > 0 && first + width < n - 1; first += width) {
    const int rows = n - first - width;
    const int reflectors = std::min(rows, width);
    dormqr_("L", "T", &rows, &columns, &reflectors, &matrix(first + width, first), &n,
            &tau[static_cast<std::size_t>(first)], vectors.data() + first + width, &n,
            scratch.data(), &reflector_work, &info, 1, 1);
    assert(info == 0);
  }
  return band;
}

Eigen::VectorXd band_eigenvalues(Eigen::MatrixXd band) {
  const int n = static_cast<int>(band.cols());
  const int band_rows = static_cast<int>(band.rows());
  const int width = band_rows - 1;
  Eigen::VectorXd diagonal(n);
  Eigen::VectorXd beside(n);
  double reflectors = 0;
  double length = 0;
  int info = 0;
  dsytrd_sb2st_("Y", "N", "L", &n, &width, band.data(), &band_rows, diagonal.data(), beside.data(),
                &reflectors, &size_query, &length, &size_query, &info, 1, 1, 1);
  const int lhous = length_of(reflectors);
  const int lwork = length_of(length);
  auto hous = space(lhous);
  auto work = space(lwork);
  dsytrd_sb2st_("Y", "N", "L", &n, &width, band.data(), &band_rows, diagonal.data(), beside.data(),
                hous.data(), &lhous, work.data(), &lwork, &info, 1, 1, 1);
  assert(info == 0);
  dsterf_(&n, diagonal.data(), beside.data(), &info);
  require_convergence(info);
  return diagonal;
}

bool solve_band(Eigen::MatrixXd band, Eigen::MatrixXd& right) {
  const int n = static_cast<int>(band.cols());
  const int band_rows = static_cast<int>(band.rows());
  const int width = band_rows - 1;
  const int columns = static_cast<int>(right.cols());
  assert(right.rows() == n);
  int info = 0;
  dpbsv_("L", &n, &width, &columns, band.data(), &band_rows, right.data(), &n, &info, 1);
  assert(info >= 0);
  return info == 0;
}

}  // namespace wideproof::theory
