// SPDX-License-Identifier: MIT
#pragma once

#include <boost/random/mersenne_twister.hpp>
#include <cstdint>
#include <vector>

namespace wideproof::model {

/// `count` of 0…population−1 drawn without replacement, every subset equally likely, ascending. The
/// same on every machine for one state of the engine; memory grows with `count` alone.
std::vector<std::int64_t> random_subset(boost::random::mt19937_64& engine, std::int64_t population,
                                        std::int64_t count);

}  // namespace wideproof::model
