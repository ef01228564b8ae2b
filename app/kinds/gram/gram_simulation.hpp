// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <wideproof/app/kinds/gram/prepared_gram.hpp>
#include <wideproof/sim/measure/monte_carlo.hpp>

namespace wideproof::app {

/// The simulation that a study asks for, its networks named by `seed`. Throws model::InputError for
/// what a sampler refuses.
sim::MonteCarlo::Options gram_options(const PreparedGram& study, std::uint64_t seed, int threads);
sim::MonteCarlo gram_simulation(const PreparedGram& study, std::uint64_t seed, int threads);

RunProgress run_progress(const sim::Progress& progress);

/// Bytes that judging and writing a finished run take on top: measured, one to two kilobytes an
/// entry.
double memory_to_report(const PreparedGram& study);

/// Bytes of results.h5 of so many widths, 0 of a prediction alone; some tenths more or less.
double size_of_results(const PreparedGram& study, std::size_t widths);

}  // namespace wideproof::app
