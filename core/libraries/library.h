// What a library model is: one .cpp in clients/, frameworks/ or standard/ that defines
//   const Library& library_<stem>();
// The registry is made from the file names (build-scripts/cmake/Registry.cmake).
#pragma once

#include <span>
#include <string_view>

#include "program/vm.h"

namespace wh::libraries {

using program::Arguments;
using program::Bound;
using program::Class;
using program::Module;
using program::ModuleInstaller;
using program::Value;
using program::Vm;

// What one parameter, attribute or variable of a library means for trust: the reference that
// `wronghost libraries` prints. Needed for every one that decides trust.
struct Meaning {
    std::string_view callable;   // "httpx.AsyncClient"
    std::string_view parameter;  // "verify", "attribute verify", "env SSL_CERT_FILE"
    std::string_view meaning;    // one sentence
    std::string_view source;     // library, version, where it is documented or recorded ("reality v06")
};

struct Library {
    std::string_view name;      // distribution or module name: "httpx", "ssl"
    std::string_view version;   // of profile `current`: "0.28.1"; "3.13" for the standard library
    std::string_view summary;   // one line
    bool decides_trust = false; // then `meanings` must not be empty
    std::span<const ModuleInstaller> modules;
    std::span<const Meaning> meanings;
};

// All of them, sorted by file name.
std::span<const Library* const> all_libraries();
// The Vm's view of the registry.
const program::ModuleSource& module_source();

}  // namespace wh::libraries
