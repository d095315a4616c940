# tree-sitter and its Python grammar come from npm at pinned versions (build-scripts/fetch-third-party
# puts them into WH_THIRD_PARTY_DIR); nlohmann_json and doctest are Debian's headers.
set(WH_THIRD_PARTY_DIR ${CMAKE_SOURCE_DIR}/build/third-party CACHE PATH
    "Where build-scripts/fetch-third-party unpacked tree-sitter and the Python grammar")

set(_runtime ${WH_THIRD_PARTY_DIR}/tree-sitter/vendor/tree-sitter/lib)
set(_grammar ${WH_THIRD_PARTY_DIR}/tree-sitter-python/src)
if(NOT EXISTS ${_runtime}/src/lib.c OR NOT EXISTS ${_grammar}/parser.c)
  message(FATAL_ERROR "tree-sitter is missing in ${WH_THIRD_PARTY_DIR}; run build-scripts/fetch-third-party")
endif()

add_library(wh_tree_sitter STATIC ${_runtime}/src/lib.c ${_grammar}/parser.c ${_grammar}/scanner.c)
target_include_directories(wh_tree_sitter SYSTEM
  PUBLIC ${_runtime}/include PRIVATE ${_runtime}/src ${_grammar})
target_compile_definitions(wh_tree_sitter PRIVATE _POSIX_C_SOURCE=200112L _DEFAULT_SOURCE)
target_compile_options(wh_tree_sitter PRIVATE -w $<$<NOT:$<BOOL:${EMSCRIPTEN}>>:-O2>)

# The cross compiler must not see all of /usr/include: a folder with links to just these headers.
find_path(WH_NLOHMANN_INCLUDE nlohmann/json.hpp PATHS /usr/include /usr/local/include
          NO_CMAKE_FIND_ROOT_PATH REQUIRED)
find_path(WH_DOCTEST_INCLUDE doctest/doctest.h PATHS /usr/include /usr/local/include
          NO_CMAKE_FIND_ROOT_PATH REQUIRED)
set(_links ${CMAKE_BINARY_DIR}/third-party-include)
file(MAKE_DIRECTORY ${_links})
file(CREATE_LINK ${WH_NLOHMANN_INCLUDE}/nlohmann ${_links}/nlohmann SYMBOLIC)
file(CREATE_LINK ${WH_DOCTEST_INCLUDE}/doctest ${_links}/doctest SYMBOLIC)

# JSON_NOEXCEPTION must be the same for every user of the header (one definition rule).
add_library(wh_json INTERFACE)
target_include_directories(wh_json SYSTEM INTERFACE ${_links})
target_compile_definitions(wh_json INTERFACE JSON_NOEXCEPTION JSON_USE_IMPLICIT_CONVERSIONS=0
                                             JSON_HAS_FILESYSTEM=0 JSON_HAS_EXPERIMENTAL_FILESYSTEM=0)
add_library(wh_doctest INTERFACE)
target_include_directories(wh_doctest SYSTEM INTERFACE ${_links})
