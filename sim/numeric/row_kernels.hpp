// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

namespace wideproof::sim {

/// x ← max(x − threshold, 0), count of them; returns how many stay positive.
std::int64_t rectify_above(float* x, std::int64_t count, float threshold);
std::int64_t rectify_above(double* x, std::int64_t count, double threshold);

/// How many of x[0 … count−1] lie below `low`; those in [low, high] are appended to `inside` in
/// order. Vectorised for the machine at hand.
std::int64_t scan_bracket(const float* x, std::int64_t count, double low, double high,
                          std::vector<double>& inside);
std::int64_t scan_bracket(const double* x, std::int64_t count, double low, double high,
                          std::vector<double>& inside);

/// out ← 1 where x > threshold, else 0.
void step_above(const float* x, std::int64_t count, float threshold, float* out);
void step_above(const double* x, std::int64_t count, double threshold, double* out);

/// How many of x[0 … count−1] are positive.
std::int64_t count_positive(const float* x, std::int64_t count);
std::int64_t count_positive(const double* x, std::int64_t count);

/// magnitudes ← magnitudes + weight·|x| and squares ← squares + weight·x², count of them; returns
/// Σ|x|.
double add_magnitudes(const float* x, std::int64_t count, float weight, float* magnitudes,
                      float* squares);
double add_magnitudes(const double* x, std::int64_t count, double weight, double* magnitudes,
                      double* squares);

/// sums ← sums + weight·x and, unless it is null, squares ← squares + weight·x², count of them.
void add_weighted(const float* x, std::int64_t count, double weight, double* sums, double* squares);
void add_weighted(const double* x, std::int64_t count, double weight, double* sums,
                  double* squares);

/// Where sums/parts is above `means` it takes its place, and sums and parts that of what the other
/// two hold; count of them.
void take_larger_means(const double* sums, std::int64_t count, double parts, double* means,
                       double* sums_of, double* parts_of);

}  // namespace wideproof::sim
