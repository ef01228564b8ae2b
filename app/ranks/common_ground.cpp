// SPDX-License-Identifier: MIT
#include <wideproof/app/ranks/common_ground.hpp>

#include <wideproof/app/files/checksum.hpp>
#include <wideproof/app/folders/provenance.hpp>

namespace wideproof::app {

Prepared common_ground(const std::string& experiment, const std::vector<const StudyRun*>& runs) {
  Checksum program;
  const auto made_by = provenance();
  for (const auto& part : {made_by.version, made_by.commit, made_by.libtorch, made_by.compiler}) {
    program.add(part);
  }
  Checksum text;
  text.add(experiment);
  Prepared prepared = {{"the program", program.value()}, {"the experiment", text.value()}};
  for (const auto* run : runs) {
    const auto own = run->checksums();
    prepared.insert(prepared.end(), own.begin(), own.end());
  }
  return prepared;
}

}  // namespace wideproof::app
