# SPDX-License-Identifier: MIT
# How a room becomes a target, and the flags that all of them share.

include(GNUInstallDirs)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

# Headers are named <wideproof/room/concept.hpp> in the tree and where they are installed. A room's
# umbrella, room/room.hpp, is named <wideproof/room.hpp>.
set(WIDEPROOF_INCLUDE ${CMAKE_BINARY_DIR}/include)
file(MAKE_DIRECTORY ${WIDEPROOF_INCLUDE}/wideproof)
foreach(room model theory sim train compare report app)
  if(IS_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/${room})
    file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR}/${room} ${WIDEPROOF_INCLUDE}/wideproof/${room}
         SYMBOLIC)
  endif()
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${room}/${room}.hpp)
    file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR}/${room}/${room}.hpp
         ${WIDEPROOF_INCLUDE}/wideproof/${room}.hpp SYMBOLIC)
  endif()
endforeach()

add_library(wideproof_flags INTERFACE)
target_compile_options(
  wideproof_flags INTERFACE -Wall -Wextra -Wpedantic -Wnon-virtual-dtor
                            $<$<BOOL:${WIDEPROOF_WERROR}>:-Werror>)
# Compiled with its neighbours, a source may name a local like a constant of theirs.
if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(wideproof_flags INTERFACE -Wshadow=local)
else()
  target_compile_options(wideproof_flags INTERFACE -Wshadow)
endif()

# With CMAKE_UNITY_BUILD the sources of a folder are compiled as one, which takes half the time: much
# of it goes into headers. So what a source keeps to itself has a name of its own in its folder.
function(wideproof_unity_by_folder target)
  foreach(source ${ARGN})
    cmake_path(GET source PARENT_PATH folder)
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP "${target}/${folder}")
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP)
endfunction()

# What reads, writes, formats or tests needs no speed: with less optimisation it is compiled in two
# thirds of the time.
function(wideproof_not_hot target)
  target_compile_options(${target} PRIVATE $<$<NOT:$<CONFIG:Debug>>:-O1>)
endfunction()

# wideproof_room(<name> SOURCES ... LINK ...): the library wideproof::<name>. Other rooms and
# libraries that its headers show go to LINK, those that only its sources use to LINK_PRIVATE.
# It is installed for find_package(wideproof COMPONENTS <name>), with the headers that <name>.hpp names.
function(wideproof_room room)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;LINK_PRIVATE" ${ARGN})
  set(target wideproof_${room})
  add_library(${target} STATIC ${ARG_SOURCES})
  add_library(wideproof::${room} ALIAS ${target})
  wideproof_unity_by_folder(${target} ${ARG_SOURCES})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${room} POSITION_INDEPENDENT_CODE ON)
  target_include_directories(${target} PUBLIC $<BUILD_INTERFACE:${WIDEPROOF_INCLUDE}>
                                              $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_link_libraries(${target} PUBLIC ${ARG_LINK} PRIVATE ${ARG_LINK_PRIVATE}
                                         $<BUILD_INTERFACE:wideproof_flags>)
  # A set of its own, so that nobody gets a room that was not asked for.
  install(TARGETS ${target} EXPORT wideproof-${room} ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  set_property(GLOBAL APPEND PROPERTY WIDEPROOF_ROOMS ${room})
endfunction()

# A test that hangs is ended by this; none is slow enough to come near it on a machine that is three
# times as busy as CI's.
set(WIDEPROOF_TEST_SECONDS 3600)

# wideproof_test(<room> SOURCES ... LINK ... [PRECOMPILE ...] [PARTS <count>]): the GoogleTest program
# test_<room>, one ctest entry a test. PRECOMPILE names headers that most of its sources include. PARTS makes it so many entries, each running its share of the tests in one
# process: for programs that link LibTorch, which takes half a second to start.
function(wideproof_test room)
  cmake_parse_arguments(ARG "" "PARTS" "SOURCES;LINK;PRECOMPILE" ${ARGN})
  add_executable(test_${room} ${ARG_SOURCES})
  wideproof_unity_by_folder(test_${room} ${ARG_SOURCES})
  wideproof_not_hot(test_${room})
  # At -O1 GCC 12 suspects what it has not looked into.
  target_compile_options(test_${room} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  # Helpers that several folders of tests share lie at the top of the room's.
  target_include_directories(test_${room} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(test_${room} PRIVATE ${ARG_LINK} GTest::gmock_main wideproof_flags)
  if(ARG_PRECOMPILE)
    target_precompile_headers(test_${room} PRIVATE ${ARG_PRECOMPILE})
    # GCC 12 suspects its own std::string where a precompiled header has it.
    target_compile_options(test_${room} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds>)
  endif()
  if(NOT ARG_PARTS)
    gtest_discover_tests(test_${room} TEST_PREFIX "${room}." DISCOVERY_TIMEOUT 120
                         PROPERTIES TIMEOUT ${WIDEPROOF_TEST_SECONDS})
    return()
  endif()
  foreach(part RANGE 1 ${ARG_PARTS})
    math(EXPR shard "${part} - 1")
    add_test(NAME ${room}.part${part} COMMAND test_${room})
    set_tests_properties(
      ${room}.part${part}
      PROPERTIES TIMEOUT ${WIDEPROOF_TEST_SECONDS} COST 100  # starts first
                 ENVIRONMENT "GTEST_TOTAL_SHARDS=${ARG_PARTS};GTEST_SHARD_INDEX=${shard}")
  endforeach()
endfunction()
