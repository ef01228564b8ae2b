// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <wideproof/sim/random/philox.hpp>

namespace wideproof::sim {

/// What a NormalStream computes at once: as many consecutive Philox blocks as keep the longest
/// vectors busy. Every call runs the best code for the processor it finds (Google Highway) and
/// gives the same bits whichever it is.
inline constexpr int blocks_in_group = 32;
inline constexpr int words_in_group = 4 * blocks_in_group;

/// How many normals a group holds: one for each word, or one of double precision for two words.
template <class Real>
inline constexpr int normals_in_group = words_in_group* static_cast<int>(sizeof(std::uint32_t)) /
                                        static_cast<int>(sizeof(Real));

/// Writes words_in_group integers: word w of the group's block b goes to words[32 w + b].
void group_words(const PhiloxOrigin& origin, std::uint32_t first_block, std::uint32_t* words);

/// Turns a group's words into its normals.
void group_normals(const std::uint32_t* words, float* normals);
void group_normals(const std::uint32_t* words, double* normals);

/// Writes the normals of `groups` groups, the first of which begins with block `first_block`.
void draw_groups(const PhiloxOrigin& origin, std::uint32_t first_block, std::int64_t groups,
                 float* normals);
void draw_groups(const PhiloxOrigin& origin, std::uint32_t first_block, std::int64_t groups,
                 double* normals);

}  // namespace wideproof::sim
