// pydantic 2.10.6: data models and validation. The validator itself is in libraries/shared
// (validation.h), because FastAPI validates with it too.
#include "libraries/frameworks/_pydantic.h"

namespace wh::libraries {

using namespace program;

namespace {

void copy_names(const Module& from, Module& to) {
    for (const Namespace::Entry& entry : from.globals.entries()) {
        if (!entry.name.starts_with("__")) to.globals.set(entry.name, entry.value);
    }
}

void install_core_module(Vm& vm, Module& module) {
    pydantic::install_core(vm, module);
    module.globals.set("__version__", vm.str("2.27.2"));
}

// The package. `pydantic.fields` is made first: it has FieldInfo, which the others use.
void install_fields_module(Vm& vm, Module& module) {
    if (Module* core = as_module(vm.import_module("pydantic_core"))) copy_names(*core, module);
    pydantic::install_fields(vm, module);
}

void install_package(Vm& vm, Module& module) {
    if (Module* fields = as_module(vm.import_module("pydantic.fields")))
        copy_names(*fields, module);
    pydantic::install_types(vm, module);
    pydantic::install_models(vm, module);
    module.globals.set("VERSION", vm.str("2.10.6"));
    module.globals.set("__version__", vm.str("2.10.6"));
    for (const char* name : {"GetCoreSchemaHandler", "GetJsonSchemaHandler",
                             "ModelWrapValidatorHandler", "BaseConfig", "ImportString"}) {
        vm.make_class(module, name)->module = "pydantic";
    }
    Class* extra = vm.make_class(module, "Extra");
    for (const char* name : {"allow", "forbid", "ignore"})
        extra->attributes.set(name, vm.str(name));
}

// Submodules hold the same objects under the same names.
void install_submodule(Vm& vm, Module& module) {
    if (Module* package = as_module(vm.import_module("pydantic"))) copy_names(*package, module);
}

constexpr ModuleInstaller kModules[] = {
    {"pydantic", &install_package},
    {"pydantic_core", &install_core_module},
    {"pydantic_core.core_schema", &install_submodule},
    {"pydantic.fields", &install_fields_module},
    {"pydantic.main", &install_submodule},
    {"pydantic.types", &install_submodule},
    {"pydantic.networks", &install_submodule},
    {"pydantic.errors", &install_submodule},
    {"pydantic.config", &install_submodule},
    {"pydantic.dataclasses", &install_submodule},
    {"pydantic.functional_validators", &install_submodule},
    {"pydantic.functional_serializers", &install_submodule},
    {"pydantic.alias_generators", &install_submodule},
    {"pydantic.aliases", &install_submodule},
    {"pydantic.root_model", &install_submodule},
    {"pydantic.type_adapter", &install_submodule},
    {"pydantic.tools", &install_submodule},
    {"pydantic.class_validators", &install_submodule},
    {"pydantic.deprecated.class_validators", &install_submodule},
    {"annotated_types", &install_submodule},
};

}  // namespace

Class* field_info_class(Vm& vm) {
    return vm.class_in("pydantic.fields", "FieldInfo");
}
Class* pydantic_class(Vm& vm, std::string_view name) {
    return vm.class_in("pydantic_core", name);
}

const Library& library_pydantic() {
    static const Library library{"pydantic", "2.10.6", "Data models and validation by annotation",
                                 false,      kModules, {}};
    return library;
}

}  // namespace wh::libraries
