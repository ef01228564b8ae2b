# SPDX-License-Identifier: MIT
# TorchConfig.cmake looks for its library in the system's folders before its own: told of a LibTorch
# by Torch_DIR alone, it takes that one's headers and Debian's library.
function(wideproof_require_one_libtorch prefix library)
  file(REAL_PATH "${prefix}" own)
  file(REAL_PATH "${library}" found)
  string(FIND "${found}" "${own}/" at)
  if(NOT at EQUAL 0)
    message(FATAL_ERROR "LibTorch's headers are those of ${own}, but the library found is ${found}, "
                        "of another LibTorch: configure with -DCMAKE_PREFIX_PATH=${own}")
  endif()
endfunction()
