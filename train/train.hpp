// SPDX-License-Identifier: MIT
#pragma once

// <wideproof/train.hpp>: finite networks that are trained. Needs LibTorch.

// What trains, on what, and what it shows then.
#include <wideproof/train/trainable_law.hpp>
#include <wideproof/train/training_outcome.hpp>

// Every weight, by any optimizer.
#include <wideproof/train/descent/network_trainer.hpp>

// Regularisers of activations, for modules of one's own.
#include <wideproof/train/regularizers/penalty_function.hpp>

// Gradient descent at any width, without weights.
#include <wideproof/train/wide/readout_trainer.hpp>
#include <wideproof/train/wide/wide_trainer.hpp>
