# SPDX-License-Identifier: MIT
# Run when wideproof is installed: each room's umbrella <wideproof/room.hpp> and what it includes, of
# other rooms too. Headers that none of them reaches are not for users, and stay behind.
#
#   wideproof_source   the source tree
#   wideproof_rooms    the rooms that were built
#   wideproof_headers  where the folder wideproof is to stand, from the prefix
cmake_minimum_required(VERSION 3.25)

cmake_path(ABSOLUTE_PATH wideproof_headers BASE_DIRECTORY "${CMAKE_INSTALL_PREFIX}")
set(installed "")
list(TRANSFORM wideproof_rooms APPEND .hpp OUTPUT_VARIABLE waiting)
while(waiting)
  list(POP_FRONT waiting header)
  if(header IN_LIST installed)
    continue()
  endif()
  list(APPEND installed ${header})
  cmake_path(GET header PARENT_PATH folder)
  set(file ${wideproof_source}/${header})
  if(folder STREQUAL "")
    cmake_path(GET header STEM room)
    set(file ${wideproof_source}/${room}/${header})
  endif()
  file(INSTALL ${file} DESTINATION ${wideproof_headers}/wideproof/${folder})
  file(STRINGS ${file} lines REGEX "^ *# *include *<wideproof/")
  list(TRANSFORM lines REPLACE ".*<wideproof/([^>]+)>.*" "\\1")
  list(APPEND waiting ${lines})
endwhile()
