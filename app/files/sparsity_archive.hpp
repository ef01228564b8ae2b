// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <Eigen/Core>

#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/model/sparsity/sparsity_prediction.hpp>

namespace wideproof::app {

/// What is predicted of sparsity, as attributes of <group>/layer_<l>/sparsity; nothing without
/// layers.
void write_predicted_sparsity(Hdf5Writer& file, const std::string& group,
                              const model::SparsityPrediction& prediction);

/// The same; without layers where the file holds none, as those of older versions.
model::SparsityPrediction read_predicted_sparsity(const Hdf5Reader& file, const std::string& group);

/// Says in `group` how many numbers of sparsity a layer's row has.
void write_sparsity_numbers(Hdf5Writer& file, const std::string& group);

/// How many they are in that file: fewer than model::sparsity_numbers in those of older versions,
/// which lack the last.
Eigen::Index read_sparsity_numbers(const Hdf5Reader& file, const std::string& group);

}  // namespace wideproof::app
