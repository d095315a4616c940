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
