// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include <wideproof/compare/sweep/sweep_result.hpp>
#include <wideproof/report/figure/figure_key.hpp>

namespace wideproof::report {

/// The last part of a dotted key, in words: `active fraction` of `network.active_fraction`.
std::string key_in_words(const std::string& key);

/// What a reader of the field calls the sweep's k-th key: f, m (degree), σ² … or, without
/// a symbol, key_in_words(). Two keys that would be called the same are told apart by the part
/// before the last, as in `postsynaptic taps`.
std::string short_key(const compare::SweepResult& sweep, std::size_t key);

/// A number with four digits; an inline table by its words and symbols: `uniform m = 2` of
/// `{degree = 2.0, filter = "uniform"}`; else the text itself.
std::string shortened(const std::string& value);

/// A point's value of the k-th key, shortened.
std::string short_value(const compare::SweepResult& sweep, std::size_t point, std::size_t key);

/// `f = 0.07, z = 13`
std::string short_name(const compare::SweepResult& sweep, std::size_t point);

/// `f = 0.07`, the value of one key; symbols in italics in gnuplot's text.
CurveName value_name(const compare::SweepResult& sweep, std::size_t point, std::size_t key);

/// The same of all keys, without those of which all points have one value, unless that leaves none.
CurveName curve_name(const compare::SweepResult& sweep, std::size_t point);

/// Whether the points have two values of the k-th key or more.
bool varies(const compare::SweepResult& sweep, std::size_t key);

}  // namespace wideproof::report
