// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include <wideproof/app/experiment/table_reader.hpp>
#include <wideproof/app/experiment/unread_keys.hpp>
#include <wideproof/model/experiment.hpp>

namespace wideproof::app {

/// How experiments of one kind of study stand in a file.
class KindFormat {
 public:
  KindFormat() = default;
  KindFormat(const KindFormat&) = delete;
  KindFormat& operator=(const KindFormat&) = delete;
  virtual ~KindFormat() = default;

  /// study.kind, such as "gram".
  virtual std::string_view name() const = 0;

  /// What `wideproof init` prints: a commented experiment file, which runs as it stands.
  virtual std::string_view experiment_template() const = 0;

  /// An experiment in which nothing is given.
  virtual model::Experiment::Options defaults() const = 0;

  /// The tables that it has for itself, such as "targets", or "network.synapses" in a table that
  /// all kinds have. Other kinds refuse them.
  virtual std::vector<std::string_view> tables() const { return {}; }

  /// The common tables that it does without, such as "inputs". It refuses them.
  virtual std::vector<std::string_view> left_out() const { return {}; }

  /// The keys of tables() that decide which others there are read.
  virtual std::vector<DecidingKey> deciding_keys() const { return {}; }

  /// Keys of tables() that name files, such as "targets.file".
  virtual std::vector<std::string_view> paths() const { return {}; }

  /// Reads tables(), each of which may be missing, through a reader of the whole file, and leaves
  /// the rest of the tables that they stand in alone. Throws model::InputError naming the key.
  virtual std::shared_ptr<const model::KindSpec> read(TableReader& file) const = 0;

  /// tables() of an experiment of this kind, complete: reading them gives the same.
  virtual toml::table write(const model::KindSpec& spec) const;
};

/// All kinds of study, first the one that is meant where study.kind is missing. Which they are,
/// app/kinds/study_kinds.cpp says.
const std::vector<const KindFormat*>& kind_formats();

/// The kind that is called `name`; throws model::InputError naming `key` and all kinds.
const KindFormat& kind_format(std::string_view key, std::string_view name);

}  // namespace wideproof::app
