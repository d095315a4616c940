// Imports: files of the paste first (the script's folder comes first on sys.path), then library
// models, then opaque modules for what the core does not know.
#include "base/text.h"
#include "program/objects/operations.h"
#include "program/program.h"
#include "program/vm/frame.h"

namespace wh::program {

namespace {

Module* new_module(Vm& vm, std::string_view name) {
    Module* made = vm.make<Module>(ObjectKind::Module, vm.types().module);
    made->name = std::string(name);
    made->globals.set("__name__", vm.str(made->name));
    Interpreter::internals(vm).modules.emplace(made->name, made);
    return made;
}

bool run_code(Vm& vm, Module& module, const Code& code) {
    module.globals.set("__doc__", code.has_doc ? vm.str(code.doc) : Value::none());
    const Value builtins = Value::of(Interpreter::internals(vm).builtins);
    module.globals.set("__builtins__", builtins);
    std::unique_ptr<Frame> frame = make_frame(vm, code, nullptr, &module);
    frame->names = &module.globals;
    if (!enter(vm, *frame, Entry::Native)) return false;
    frame.release();
    return Interpreter::run(vm).left != Left::Failed;
}

bool run_file(Vm& vm, Module& module, std::size_t file) {
    module.user_code = true;
    module.globals.set("__file__", vm.str(vm.program().files()[file].name));
    module.initializing = true;
    const bool done = run_code(vm, module, *vm.program().code(file));
    module.initializing = false;
    return done;
}

bool is_package(Vm& vm, const Module& module) {
    const Value* file = module.globals.find("__file__");
    (void)vm;
    return file && text_of(*file).ends_with("__init__.py");
}

// Is there something to import under that name, without importing it?
bool can_import(Vm& vm, const std::string& name) {
    return vm.program().find_module(name) >= 0 || Interpreter::modules(vm).find(name) ||
           !Interpreter::modules(vm).find_text(name).empty() ||
           Interpreter::internals(vm).modules.contains(name);
}

}  // namespace

Value Vm::import_main() {
    if (internals_->stopped) return {};
    Interpreter::note_time(*this);
    Module* module = new_module(*this, "snippet");
    return run_file(*this, *module, 0) ? Value::of(module) : Value();
}

Value Vm::main_module() const {
    const auto found = internals_->modules.find("snippet");
    return found == internals_->modules.end() ? Value() : Value::of(found->second);
}

Value Vm::import_module(std::string_view dotted_name) {
    if (internals_->stopped) return {};
    const auto known = internals_->modules.find(dotted_name);
    if (known != internals_->modules.end()) return Value::of(known->second);
    const std::size_t dot = dotted_name.rfind('.');
    Module* parent = nullptr;
    if (dot != std::string_view::npos) {
        parent = as_module(import_module(dotted_name.substr(0, dot)));
        if (!parent) return {};
        const auto again = internals_->modules.find(dotted_name);  // the package imported it
        if (again != internals_->modules.end()) return Value::of(again->second);
    }
    const std::string name(dotted_name);
    const int file = program_.find_module(name);
    Module* module = nullptr;
    if (file >= 0) {
        module = new_module(*this, name);
        if (!run_file(*this, *module, static_cast<std::size_t>(file))) {
            internals_->modules.erase(name);
            return {};
        }
    } else if (const ModuleInstaller* installer = modules_.find(name)) {
        module = new_module(*this, name);
        installer->install(*this, *module);
        if (failed()) return {};
    } else if (const std::string_view text = modules_.find_text(name); !text.empty()) {
        module = new_module(*this, name);
        if (!run_code(*this, *module, *program_.libraries().module(name, text))) {
            internals_->modules.erase(name);
            return {};
        }
    } else if (parent && parent->user_code) {
        return raise(types_.module_not_found_error, is_package(*this, *parent)
                                                        ? cat("No module named '", name, "'")
                                                        : cat("No module named '", name, "'; '",
                                                              parent->name, "' is not a package"));
    } else {
        module = new_module(*this, name);
        module->opaque = true;
        if (!parent || !parent->opaque) not_modelled(cat("import of '", name, "'"));
    }
    if (parent) parent->globals.set(dotted_name.substr(dot + 1), Value::of(module));
    return Value::of(module);
}

Value import_from_frame(Vm& vm, Frame& frame, const std::string& name, const Value& names,
                        std::int64_t level) {
    std::string absolute = name;
    if (level > 0) {
        std::string package = frame.module->name;
        const bool itself = is_package(vm, *frame.module);
        for (std::int64_t i = itself ? 1 : 0; i < level; ++i) {
            const std::size_t dot = package.rfind('.');
            if (dot == std::string::npos) {
                return vm.raise(vm.types().import_error,
                                i == 0 ? "attempted relative import with no known parent package"
                                       : "attempted relative import beyond top-level package");
            }
            package.resize(dot);
        }
        absolute = name.empty() ? package : cat(package, ".", name);
    }
    const Value module = vm.import_module(absolute);
    if (module.is_null()) return {};
    if (names.is_none()) {  // import a.b.c binds a
        const std::size_t dot = absolute.find('.');
        return dot == std::string::npos ? module : vm.import_module(absolute.substr(0, dot));
    }
    for (const Value& wanted : as_tuple(names)->items) {
        const std::string inner = cat(absolute, ".", text_of(wanted));
        if (text_of(wanted) == "*" || as_module(module)->globals.find(text_of(wanted))) continue;
        if (can_import(vm, inner) && vm.import_module(inner).is_null()) return {};
    }
    return module;
}

Value import_name_of(Vm& vm, const Value& module, const std::string& name) {
    Module* from = as_module(module);
    if (const Value* found = from->globals.find(name)) return *found;
    const auto inner = Interpreter::internals(vm).modules.find(cat(from->name, ".", name));
    if (inner != Interpreter::internals(vm).modules.end()) return Value::of(inner->second);
    if (const Value* lazy = from->globals.find("__getattr__"); lazy && !from->user_code) {  // PEP 562
        const Value found = vm.call(*lazy, {vm.str(name)});
        if (found || !vm.error_is(vm.types().attribute_error)) return found;
        vm.take_error();
    }
    if (from->user_code) {
        const Value* file = from->globals.find("__file__");
        return vm.raise(vm.types().import_error,
                        cat("cannot import name '", name,
                            from->initializing ? "' from partially initialized module '" : "' from '",
                            from->name,
                            from->initializing ? "' (most likely due to a circular import) (" : "' (",
                            file ? text_of(*file) : std::string_view("unknown location"), ")"));
    }
    if (from->name == "__future__") return Value::none();
    const std::string what = cat(from->name, ".", name);
    if (!from->opaque) return vm.not_modelled(what);
    return vm.unknown(vm.origins().add(trust::OriginKind::NotModelled, vm.current_span(), what),
                      what);
}

bool import_star(Vm& vm, Frame& frame, const Value& module) {
    const Module* from = as_module(module);
    if (from->opaque) {
        vm.not_modelled(cat("from ", from->name, " import *"));
        return true;
    }
    Namespace& into = frame.names ? *frame.names : frame.module->globals;
    std::vector<Value> listed;
    const Value* all = from->globals.find("__all__");
    if (all) {
        if (!vm.collect(*all, listed)) return false;
        for (const Value& name : listed) {
            const Value value = vm.get_attribute(module, text_of(name));
            if (value.is_null()) return false;
            into.set(text_of(name), value);
        }
        return true;
    }
    const std::vector<Namespace::Entry> entries = from->globals.entries();
    for (const Namespace::Entry& each : entries) {
        if (!each.name.starts_with("_")) into.set(each.name, each.value);
    }
    return true;
}

Value current_globals(Vm& vm) {
    const Frame* frame = Interpreter::internals(vm).frame;
    const Value made = vm.dict();
    if (!frame || made.is_null()) return made;
    for (const Namespace::Entry& each : frame->module->globals.entries()) {
        as_dict(made)->set(vm, vm.str(each.name), each.value);
    }
    return made;
}

Value current_locals(Vm& vm) {
    const Frame* frame = Interpreter::internals(vm).frame;
    if (!frame) return vm.dict();
    const Value made = vm.dict();
    if (made.is_null()) return made;
    if (frame->names) {
        for (const Namespace::Entry& each : frame->names->entries()) {
            as_dict(made)->set(vm, vm.str(each.name), each.value);
        }
        return made;
    }
    const Code& code = *frame->code;
    for (std::size_t i = 0; i < code.locals.size(); ++i) {
        if (frame->stack[i].is_null() || code.locals[i].starts_with(".")) continue;
        as_dict(made)->set(vm, vm.str(code.locals[i]), frame->stack[i]);
    }
    for (std::size_t i = 0; i < code.cells.size(); ++i) {
        if (frame->cells[i]->value.is_null()) continue;
        as_dict(made)->set(vm, vm.str(code.cells[i]), frame->cells[i]->value);
    }
    return made;
}

}  // namespace wh::program
