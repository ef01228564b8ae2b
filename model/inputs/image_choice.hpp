// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <wideproof/model/inputs/input_spec.hpp>

namespace wideproof::model {

/// The indices (from 0) of the images that a valid `spec` of source idx asks for, in the order that
/// load_inputs promises. `images` is how many the file holds; `labels` their labels, or empty.
///
/// Draws are without replacement, every subset equally likely, and the same on every machine for
/// one seed. Throws InputError naming `inputs.count`, `inputs.classes` or `inputs.per_class` when
/// the file has too few such images, or more than largest_input_count would be chosen.
std::vector<std::int64_t> choose_images(const InputSpec& spec, std::int64_t images,
                                        const std::vector<std::int64_t>& labels);

}  // namespace wideproof::model
