// SPDX-License-Identifier: MIT
#include <wideproof/app/folders/checkpoint_header.hpp>

#include <fmt/format.h>

#include <wideproof/app/folders/provenance.hpp>
#include <wideproof/app/folders/run_record.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

[[noreturn]] void refuse(const std::string& path, std::string_view reason) {
  throw model::InputError("checkpoint", model::in_quotes(path), reason);
}

}  // namespace

void write_checkpoint_header(Hdf5Writer& file, const CheckpointHeader& header) {
  file.attribute("/", "schema", header.schema);
  file.attribute("/", "version", build_name());
  file.attribute("/", "crc32", header.checksum);
  file.text("/experiment", header.experiment);
  write_files(file, header.files);
}

void require_checkpoint_of(const Hdf5Reader& file, const std::string& path,
                           const CheckpointHeader& header) {
  if (file.text("/", "schema") != header.schema)
    refuse(path, "is of another format than this version writes");
  if (file.text("/", "version") != build_name()) {
    refuse(path, fmt::format("was written by version {}; this is {}, which may sample otherwise",
                             file.text("/", "version"), build_name()));
  }
  if (file.text("/experiment") != header.experiment) refuse(path, "belongs to another experiment");
  require_same_files(read_files(file), header.files);
}

void require_checkpoint_checksum(const Hdf5Reader& file, const std::string& path,
                                 std::int64_t checksum) {
  if (file.integer("/", "crc32") != checksum)
    refuse(path, "is damaged: its checksum does not fit its contents");
}

}  // namespace wideproof::app
