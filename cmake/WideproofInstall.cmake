# SPDX-License-Identifier: MIT
# The rooms as libraries for find_package(wideproof). app installs the program.

include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/wideproof)
get_property(wideproof_rooms GLOBAL PROPERTY WIDEPROOF_ROOMS)
foreach(room IN LISTS wideproof_rooms)
  install(EXPORT wideproof-${room} NAMESPACE wideproof:: FILE wideproof-${room}-targets.cmake
          DESTINATION ${package_dir})
endforeach()
configure_package_config_file(
  ${CMAKE_CURRENT_LIST_DIR}/wideproof-config.cmake.in ${CMAKE_BINARY_DIR}/wideproof-config.cmake
  INSTALL_DESTINATION ${package_dir} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/wideproof-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/wideproof-config.cmake
              ${CMAKE_CURRENT_LIST_DIR}/WideproofOneLibTorch.cmake
              ${CMAKE_BINARY_DIR}/wideproof-config-version.cmake DESTINATION ${package_dir})

install(CODE "set(wideproof_source \"${PROJECT_SOURCE_DIR}\")
set(wideproof_rooms \"${wideproof_rooms}\")
set(wideproof_headers \"${CMAKE_INSTALL_INCLUDEDIR}\")")
install(SCRIPT ${CMAKE_CURRENT_LIST_DIR}/WideproofHeaders.cmake)
