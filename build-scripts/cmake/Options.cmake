# Language level and flags, on targets only (CMAKE_CXX_FLAGS stays the user's).
option(WH_WERROR "Warnings are errors" ON)
option(WH_TIDY "Run clang-tidy on our own targets" OFF)
option(WH_FUZZ "Build the libFuzzer harnesses" OFF)
set(WH_SANITIZE "" CACHE STRING "Value for -fsanitize=, for every target")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# The page's module is bought in bytes: -Oz, everywhere, third parties included. Emscripten 3.1 adds
# -fno-inline-functions to -Oz; without that the module is 4 % larger and twice as fast.
if(EMSCRIPTEN)
  set(CMAKE_CXX_FLAGS_MINSIZEREL "-Oz -DNDEBUG -flto -finline-functions")
  set(CMAKE_C_FLAGS_MINSIZEREL "-Oz -DNDEBUG -flto -finline-functions")
endif()

find_program(WH_CCACHE ccache)
if(WH_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${WH_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${WH_CCACHE})
endif()

if(WH_SANITIZE)
  # On the directory and before any target: third-party C code is instrumented too.
  add_compile_options(-fsanitize=${WH_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${WH_SANITIZE})
endif()

if(NOT EMSCRIPTEN)
  find_program(WH_LLD ld.lld)
  if(WH_LLD)
    add_link_options(-fuse-ld=lld)
  endif()
endif()

# wh_options: how our own code is compiled; third parties never get it.
add_library(wh_options INTERFACE)
target_compile_features(wh_options INTERFACE cxx_std_20)
target_include_directories(wh_options INTERFACE ${CMAKE_SOURCE_DIR}/core)
target_compile_options(wh_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wimplicit-fallthrough -Wold-style-cast -Wswitch-enum
  $<$<BOOL:${WH_WERROR}>:-Werror>)

# wh_core_options: the core has neither exceptions nor RTTI, natively as in Wasm.
add_library(wh_core_options INTERFACE)
target_link_libraries(wh_core_options INTERFACE wh_options)
target_compile_options(wh_core_options INTERFACE -fno-exceptions -fno-rtti)
