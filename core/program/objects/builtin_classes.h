// The tables that create_builtins makes the classes from.
#pragma once

#include "program/objects/support.h"

namespace wh::program {

struct ClassRow {
    const char* name;
    const char* base;
    Class* Builtins::*slot = nullptr;
    const MethodEntry* methods = nullptr;
    const char* second_base = nullptr;  // ExceptionGroup
};
extern const ClassRow kExceptionRows[];  // ended by a null name
extern const MethodEntry kNoMethods[];
const ClassHooks* exception_hooks(std::string_view name);

}  // namespace wh::program
