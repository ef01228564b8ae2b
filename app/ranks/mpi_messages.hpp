// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/app/study/remote_blocks.hpp>
#include <wideproof/app/study/study_run.hpp>
#include <wideproof/app/system/failure.hpp>
#include <wideproof/sim/measure/width_sample.hpp>

namespace wideproof::app {

/// What a rank tells rank 0 of itself.
struct Hello {
  Failure failure;           ///< status 0: none
  Prepared prepared;         ///< empty if it has no block to compute
  std::vector<int> workers;  ///< how many blocks at a time, by group
};

/// A finished block.
struct BlockResult {
  BlockName name;
  std::string bytes;
};

// The messages as bytes, and back. All ranks run one program on processors of one kind.
std::string to_bytes(const Hello& hello);
std::string to_bytes(const Failure& failure);
std::string to_bytes(const BlockName& name);
std::string to_bytes(const BlockResult& result);
std::string to_bytes(int status);
Hello read_hello(const std::string& bytes);
Failure read_failure(const std::string& bytes);
BlockName read_block_name(const std::string& bytes);
BlockResult read_block_result(const std::string& bytes);
int read_status(const std::string& bytes);

}  // namespace wideproof::app
