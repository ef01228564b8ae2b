# SPDX-License-Identifier: MIT
# Everything is a Debian package; a missing one is named.

macro(wideproof_need package debian)
  find_package(${package} ${ARGN} QUIET)
  if(NOT ${package}_FOUND)
    message(FATAL_ERROR "${package} not found: install the Debian package ${debian} "
                        "(scripts/install-dependencies installs all of them)")
  endif()
endmacro()

# For what has no CMake package, or one that asks for more than is used of it: sets <name>_INCLUDE
# and <name>_LIBRARY.
macro(wideproof_need_library name header library debian)
  find_path(${name}_INCLUDE ${header})
  find_library(${name}_LIBRARY ${library})
  if(NOT ${name}_INCLUDE OR NOT ${name}_LIBRARY)
    message(FATAL_ERROR "${library} not found: install the Debian package ${debian} "
                        "(scripts/install-dependencies installs all of them)")
  endif()
endmacro()

wideproof_need(Eigen3 libeigen3-dev 3.4 NO_MODULE)
wideproof_need(Boost libboost-dev 1.74)
wideproof_need(fmt libfmt-dev 9)
wideproof_need(muparser libmuparser-dev 2.3)
wideproof_need(nlohmann_json nlohmann-json3-dev)
wideproof_need(ZLIB zlib1g-dev)
wideproof_need(OpenSSL libssl-dev 1.1 COMPONENTS Crypto)
wideproof_need(Threads libc6-dev)
wideproof_need(LAPACK libopenblas-dev)

find_path(RANDOM123_INCLUDE Random123/philox.h)
if(NOT RANDOM123_INCLUDE)
  message(FATAL_ERROR "Random123 not found: install the Debian package librandom123-dev")
endif()

if(WIDEPROOF_WITH_LIBTORCH)
  wideproof_need(Torch libtorch-dev)
  include(WideproofOneLibTorch)
  wideproof_require_one_libtorch("${TORCH_INSTALL_PREFIX}" "${TORCH_LIBRARY}")
  wideproof_need_library(DNNL oneapi/dnnl/dnnl.h dnnl libdnnl-dev)
  wideproof_need(hwy libhwy-dev 1.0.3)
  # Highway 1.0.3 fails to compile with -march=native on processors that have this extension.
  target_compile_definitions(hwy::hwy INTERFACE HWY_DISABLED_TARGETS=HWY_AVX3_DL)
  wideproof_need(tomlplusplus libtomlplusplus-dev)
  wideproof_need(HDF5 libhdf5-dev COMPONENTS CXX)
  wideproof_need(CLI11 libcli11-dev)
  if(WIDEPROOF_WITH_MPI)
    set(MPI_CXX_SKIP_MPICXX ON)  # its C++ bindings are gone from the standard
    wideproof_need(MPI "libopenmpi-dev and openmpi-bin" 3.1 COMPONENTS CXX)
  endif()
endif()

if(WIDEPROOF_TESTS)
  wideproof_need(GTest "libgtest-dev and libgmock-dev")
  wideproof_need(Python3 python3 3.9 COMPONENTS Interpreter)
  include(GoogleTest)
endif()
if(WIDEPROOF_BENCHMARKS)
  wideproof_need(benchmark libbenchmark-dev)
endif()
