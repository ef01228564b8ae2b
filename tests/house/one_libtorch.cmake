# SPDX-License-Identifier: MIT
#   cmake -DMODULES=… -DPREFIX=… -DLIBRARY=… -P one_libtorch.cmake
cmake_minimum_required(VERSION 3.25)
list(APPEND CMAKE_MODULE_PATH "${MODULES}")
include(WideproofOneLibTorch)
wideproof_require_one_libtorch("${PREFIX}" "${LIBRARY}")
message("one LibTorch")
