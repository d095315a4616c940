# wh_layer(NAME DEPENDS layer...): core/NAME as a static library that may include only the layers named.
# The list of calls in core/CMakeLists.txt is the readable statement of the architecture; the test
# "structure" checks the same over include lines, as all layers share one include root.
set(WH_FORBIDDEN_EDGES
  "rules>libraries" "rules>world" "rules>dns" "rules>tls" "rules>net"
  "world>syntax" "world>program" "world>libraries"
  "dns>syntax" "dns>program" "dns>libraries" "dns>tls" "dns>net" "dns>world"
  "tls>syntax" "tls>program" "tls>libraries" "tls>dns" "tls>net" "tls>world"
  "net>syntax" "net>program" "net>libraries" "net>dns" "net>tls" "net>world"
  "libraries>rules" "libraries>world" "program>libraries" "program>world" "program>rules"
  "trace>world" "trace>program" "trust>program" "trust>syntax")

function(wh_layer name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;LINK" ${ARGN})
  foreach(dependency IN LISTS ARG_DEPENDS)
    if("${name}>${dependency}" IN_LIST WH_FORBIDDEN_EDGES OR dependency MATCHES "^(api|entry)$")
      message(FATAL_ERROR "core/${name} may not depend on core/${dependency}: see core/README.md")
    endif()
  endforeach()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  if(NOT sources)
    add_library(wh_${name} INTERFACE)
    set(kind INTERFACE)
  else()
    add_library(wh_${name} STATIC ${sources})
    set(kind PUBLIC)
    target_link_libraries(wh_${name} PRIVATE wh_core_options)
    if(WH_TIDY)
      set_target_properties(wh_${name} PROPERTIES CXX_CLANG_TIDY "clang-tidy;--quiet")
    endif()
  endif()
  list(TRANSFORM ARG_DEPENDS PREPEND wh_)
  target_link_libraries(wh_${name} ${kind} ${ARG_DEPENDS} ${ARG_LINK})
  set_property(GLOBAL APPEND PROPERTY WH_LAYERS ${name})
endfunction()
