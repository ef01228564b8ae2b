// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "program_nursery.hpp"

int main(int argc, char** argv) {
  wideproof::app::open_nursery();
  testing::InitGoogleMock(&argc, argv);
  return RUN_ALL_TESTS();
}
