// SPDX-License-Identifier: MIT
#include <csignal>

#include <gmock/gmock.h>

#include "program_nursery.hpp"

int main(int argc, char** argv) {
  std::signal(SIGHUP, SIG_DFL);  // under nohup too
  wideproof::app::open_nursery();
  testing::InitGoogleMock(&argc, argv);
  return RUN_ALL_TESTS();
}
