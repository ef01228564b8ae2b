// SPDX-License-Identifier: MIT
#pragma once

// <wideproof/sim.hpp>: networks of finite width. Needs LibTorch.

// One network as a LibTorch module, with parameters and gradients.
#include <wideproof/sim/networks/sparse_correlated_network.hpp>

// Many networks: Gram matrices at several widths.
#include <wideproof/sim/measure/monte_carlo.hpp>

// One network at a time, without its weights where they need not be drawn.
#include <wideproof/sim/networks/collapsed_sampler.hpp>
#include <wideproof/sim/networks/direct_sampler.hpp>

// One network's tangent kernels, without its weights.
#include <wideproof/sim/tangent/tangent_sampler.hpp>

// Networks whose readout alone is trained.
#include <wideproof/sim/measure/trained_readout.hpp>
#include <wideproof/sim/networks/readout_sampler.hpp>

// An ensemble of inputs through one network: dimensionality, layer by layer.
#include <wideproof/sim/ensembles/ensemble_sampler.hpp>
