// SPDX-License-Identifier: MIT
#include <wideproof/sim/random/normal_groups.hpp>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "wideproof/sim/random/normal_groups.cpp"
#include <hwy/foreach_target.h>  // compiles what follows once for each target

#include <hwy/highway.h>

#include <wideproof/sim/random/box_muller-inl.hpp>
#include <wideproof/sim/random/philox_lanes-inl.hpp>

HWY_BEFORE_NAMESPACE();
namespace wideproof::sim::HWY_NAMESPACE {

void words_on_target(const PhiloxOrigin& origin, std::uint32_t first_block, std::uint32_t* words) {
  philox_group(origin, RoundKeys(origin), first_block, words);
}

void floats_on_target(const std::uint32_t* words, float* normals) {
  normals_of(words, normals);
}
void doubles_on_target(const std::uint32_t* words, double* normals) {
  normals_of(words, normals);
}

template <class Real>
HWY_INLINE void draw(const PhiloxOrigin& origin, std::uint32_t first_block, std::int64_t groups,
                     Real* normals) {
  const RoundKeys keys(origin);
  HWY_ALIGN std::uint32_t words[words_in_group];
  for (std::int64_t group = 0; group < groups; ++group) {
    philox_group(origin, keys, first_block, words);
    normals_of(words, normals);
    first_block += blocks_in_group;
    normals += normals_in_group<Real>;
  }
}

void draw_floats(const PhiloxOrigin& origin, std::uint32_t first_block, std::int64_t groups,
                 float* normals) {
  draw(origin, first_block, groups, normals);
}
void draw_doubles(const PhiloxOrigin& origin, std::uint32_t first_block, std::int64_t groups,
                  double* normals) {
  draw(origin, first_block, groups, normals);
}

}  // namespace wideproof::sim::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace wideproof::sim {

HWY_EXPORT(words_on_target);
HWY_EXPORT(floats_on_target);
HWY_EXPORT(doubles_on_target);
HWY_EXPORT(draw_floats);
HWY_EXPORT(draw_doubles);

void group_words(const PhiloxOrigin& origin, std::uint32_t first_block, std::uint32_t* words) {
  HWY_DYNAMIC_DISPATCH(words_on_target)(origin, first_block, words);
}

void group_normals(const std::uint32_t* words, float* normals) {
  HWY_DYNAMIC_DISPATCH(floats_on_target)(words, normals);
}
void group_normals(const std::uint32_t* words, double* normals) {
  HWY_DYNAMIC_DISPATCH(doubles_on_target)(words, normals);
}

void draw_groups(const PhiloxOrigin& origin, std::uint32_t first_block, std::int64_t groups,
                 float* normals) {
  HWY_DYNAMIC_DISPATCH(draw_floats)(origin, first_block, groups, normals);
}
void draw_groups(const PhiloxOrigin& origin, std::uint32_t first_block, std::int64_t groups,
                 double* normals) {
  HWY_DYNAMIC_DISPATCH(draw_doubles)(origin, first_block, groups, normals);
}

}  // namespace wideproof::sim
#endif
