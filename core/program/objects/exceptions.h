// Makes the builtin exception classes and their names.
#pragma once

#include "program/vm.h"

namespace wh::program {

void create_exception_classes(Vm& vm, Builtins& types, Module& builtins);

}  // namespace wh::program
