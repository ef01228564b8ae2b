// SPDX-License-Identifier: MIT
#include <wideproof/app/commands/run_and_exit.hpp>

int main(int argc, char** argv) {
  wideproof::app::run_and_exit(argc, argv);
}
