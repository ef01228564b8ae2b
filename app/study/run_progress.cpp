// SPDX-License-Identifier: MIT
#include <wideproof/app/study/run_progress.hpp>

#include <fmt/format.h>

namespace wideproof::app {

RunProgress run_progress(const sim::Progress& progress) {
  return {
      .fraction = progress.fraction,
      .block_work = progress.block_work,
      .next_block_work = progress.next_block_work,
      .text = fmt::format("width {}: {} of {}{} networks", progress.width, progress.replicates_done,
                          progress.is_predicted ? "about " : "", progress.replicates),
      .stage = progress.width,
      .done = progress.replicates_done};
}

}  // namespace wideproof::app
