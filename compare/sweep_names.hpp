// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include <wideproof/compare/sweep_result.hpp>

namespace wideproof::compare {

/// The last part of a dotted key, in words: `active fraction` of `network.active_fraction`.
std::string key_in_words(const std::string& key);

/// What a reader of the field calls the sweep's k-th key: f, z (taps), m (degree), σ² … or, without
/// a symbol, key_in_words(). Two keys that would be called the same are told apart by the part
/// before the last, as in `postsynaptic z`.
std::string short_key(const SweepResult& sweep, std::size_t key);

/// A point's value of the k-th key, a number with four digits.
std::string short_value(const SweepResult& sweep, std::size_t point, std::size_t key);

/// `f = 0.07, z = 13`
std::string short_name(const SweepResult& sweep, std::size_t point);

/// The same as gnuplot's enhanced text between single quotes, symbols in italics; keys of which all
/// points have one value are left out, unless that leaves none.
std::string enhanced_name(const SweepResult& sweep, std::size_t point);

}  // namespace wideproof::compare
