# wh_registry(LAYER TYPE PREFIX FOLDER...): writes generated/LAYER_registry.inc from the file names in
# the folders of core/LAYER: for each unit X.cpp
#   TYPE PREFIX_X();   and a table line {"X", &PREFIX_X}.
# A file that starts with "_" is not a unit: it is a further part of the unit whose name follows
# ("_httpx_client.cpp"). A new unit is a new file; no list is edited. No units: configuration error.
function(wh_registry layer type prefix)
  set(units "")
  foreach(folder IN LISTS ARGN)
    file(GLOB found CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/core/${layer}/${folder}
         ${CMAKE_SOURCE_DIR}/core/${layer}/${folder}/*.cpp)
    list(APPEND units ${found})
  endforeach()
  list(FILTER units EXCLUDE REGEX "^_")
  list(SORT units)
  if(NOT units)
    message(FATAL_ERROR "no units for the registry of core/${layer} (${ARGN})")
  endif()
  set(declarations "")
  set(rows "")
  foreach(unit IN LISTS units)
    get_filename_component(stem ${unit} NAME_WE)
    string(APPEND declarations "${type} ${prefix}_${stem}();\n")
    string(APPEND rows "    {\"${stem}\", &${prefix}_${stem}},\n")
  endforeach()
  string(REPLACE "/" "_" flat "${layer}")
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/${flat}_registry.inc CONTENT
"// Made by CMake from the file names in core/${layer}.
${declarations}
constexpr RegistryEntry kRegistry[] = {
${rows}};
" @ONLY)
endfunction()

# wh_texts(LAYER FOLDER...): writes generated/LAYER_texts.inc: every FOLDER/x.y.py as {"x.y", text}, so
# that modules of Python's own library, and of others, can be written in Python.
function(wh_texts layer)
  set(out "// Made by CMake from the .py files of core/${layer}.\nconstexpr TextEntry kTexts[] = {\n")
  foreach(folder IN LISTS ARGN)
    file(GLOB texts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/core/${layer}/${folder}/*.py)
    list(SORT texts)
    foreach(path IN LISTS texts)
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
      get_filename_component(name ${path} NAME)
      string(REGEX REPLACE "\\.py$" "" module "${name}")
      file(READ ${path} text)
      string(APPEND out "    {\"${module}\", R\"~~~(${text})~~~\"},\n")
    endforeach()
  endforeach()
  string(APPEND out "};\n")
  set(target ${CMAKE_BINARY_DIR}/generated/${layer}_texts.inc)
  set(before "")
  if(EXISTS ${target})
    file(READ ${target} before)
  endif()
  if(NOT before STREQUAL out)
    file(WRITE ${target} "${out}")
  endif()
endfunction()
