// The parts of the pydantic model.
#pragma once

#include "libraries/library.h"
#include "libraries/shared/schema.h"

namespace wh::libraries::pydantic {

// Names of the package, all made in module `pydantic`; its submodules hold the same objects.
void install_core(Vm& vm, Module& module);    // pydantic_core: errors, URLs, sentinels
void install_fields(Vm& vm, Module& module);  // Field, decorators, metadata classes
void install_types(Vm& vm, Module& module);   // constrained types, secrets, URLs
void install_models(Vm& vm, Module& module);  // BaseModel, RootModel, TypeAdapter, dataclass

struct Method {
    const char* name;
    program::NativeFunction function;
};
inline void add_methods(Vm& vm, Class* cls, std::span<const Method> methods) {
    for (const Method& each : methods) vm.method(cls, each.name, each.function);
}
// Keeps positional arguments and keywords as attributes: `names` is "func, return_type, when_used".
bool keep_arguments(Vm& vm, Arguments& arguments, std::string_view names);
Value undefined(Vm& vm);  // PydanticUndefined
Value validate_call(Vm& vm, Arguments& arguments);
Value keywords_dict(Vm& vm, const Arguments& arguments);
const program::ClassHooks* model_hooks();
// Validates `data` into an instance that __init__ was called for. false: ValidationError is raised.
bool fill_model(Vm& vm, const Value& self, const Value& data);

}  // namespace wh::libraries::pydantic
