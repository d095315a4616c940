// create_builtins: the builtin classes, functions and names of a Vm. Methods are made from the
// tables when they are first looked up, so that a Vm is cheap.
#include "program/objects/builtin_classes.h"
#include "base/limits.h"
#include "program/objects/support.h"

namespace wh::program {

namespace {

using B = Builtins;

const ClassRow kClassRows[] = {
    {"object", nullptr, &B::object, kObjectMethods},
    {"type", "object", &B::type, kTypeMethods},
    {"int", "object", &B::integer, kIntMethods},
    {"bool", "int", &B::boolean},
    {"float", "object", &B::real, kFloatMethods},
    {"complex", "object"},
    {"str", "object", &B::str, kStrMethods},
    {"bytes", "object", &B::bytes, kBytesMethods},
    {"bytearray", "object", &B::bytearray, kBytearrayMethods},
    {"memoryview", "object"},
    {"list", "object", &B::list, kListMethods},
    {"tuple", "object", &B::tuple, kTupleMethods},
    {"dict", "object", &B::dict, kDictMethods},
    {"set", "object", &B::set, kSetMethods},
    {"frozenset", "object", &B::frozenset, kFrozensetMethods},
    {"range", "object", &B::range, kRangeMethods},
    {"slice", "object", &B::slice, kSliceMethods},
    {"property", "object", &B::property, kPropertyMethods},
    {"staticmethod", "object", &B::staticmethod, kWrapperMethods},
    {"classmethod", "object", &B::classmethod, kWrapperMethods},
    {"super", "object", &B::super},
    {"enumerate", "object", nullptr, kIteratorMethods},
    {"zip", "object", nullptr, kIteratorMethods},
    {"map", "object", nullptr, kIteratorMethods},
    {"filter", "object", nullptr, kIteratorMethods},
    {"reversed", "object", nullptr, kIteratorMethods},
    {nullptr, nullptr},
};

// Classes that builtins has no names for.
const ClassRow kHiddenRows[] = {
    {"NoneType", "object", &B::none_type},
    {"ellipsis", "object", &B::ellipsis},
    {"NotImplementedType", "object", &B::not_implemented},
    {"function", "object", &B::function, kFunctionMethods},
    {"builtin_function_or_method", "object", &B::native},
    {"method", "object", &B::method, kFunctionMethods},
    {"module", "object", &B::module},
    {"cell", "object", &B::cell, kCellMethods},
    {"iterator", "object", &B::iterator, kIteratorMethods},
    {"generator", "object", &B::generator},
    {"coroutine", "object", &B::coroutine},
    {"async_generator", "object", &B::async_generator},
    {"awaitable", "object", &B::awaitable},
    {"Future", "object", &B::future},
    {"Task", "Future", &B::task},
    {"unknown", "object", &B::unknown},
    {"CancelledError", "BaseException", &B::cancelled_error},
    {nullptr, nullptr},
};

Class* make_builtin_class(Vm& vm, std::string_view name, std::vector<Class*> bases,
                          const MethodEntry* methods) {
    Class* cls = vm.make<Class>(ObjectKind::Class, vm.types().type);
    cls->name = name;
    cls->qualname = name;
    cls->module = "builtins";
    cls->methods = methods ? methods : kNoMethods;
    cls->mro.push_back(cls);
    // With one base, or with two of which the second adds one class before the common rest.
    if (!bases.empty()) {
        std::vector<Class*> rest = bases[0]->mro;
        if (bases.size() > 1) {
            for (std::size_t i = 0; i < rest.size(); ++i) {
                if (bases[1]->derives_from(rest[i])) {
                    rest.insert(rest.begin() + static_cast<std::ptrdiff_t>(i), bases[1]);
                    break;
                }
            }
        }
        cls->mro.insert(cls->mro.end(), rest.begin(), rest.end());
        cls->hooks = bases[0]->hooks;
        cls->is_exception = bases[0]->is_exception;
    }
    cls->bases = std::move(bases);
    if (name == "BaseException") cls->is_exception = true;
    if (const ClassHooks* own = construct_hooks(name)) cls->hooks = own;
    if (const ClassHooks* own = exception_hooks(name)) cls->hooks = own;
    return cls;
}

void make_rows(Vm& vm, Builtins& types, const ClassRow* rows, Namespace& names, Namespace* shown) {
    for (const ClassRow* row = rows; row->name; ++row) {
        std::vector<Class*> bases;
        if (row->base) bases.push_back(as_class(*names.find(row->base)));
        if (row->second_base) bases.push_back(as_class(*names.find(row->second_base)));
        Class* cls = make_builtin_class(vm, row->name, std::move(bases), row->methods);
        if (row->slot) types.*row->slot = cls;
        names.set(row->name, Value::of(cls));
        if (shown) shown->set(row->name, Value::of(cls));
    }
}

}  // namespace

void create_builtins(Vm& vm, Builtins& types, Module& builtins) {
    Namespace all;
    make_rows(vm, types, kClassRows, all, &builtins.globals);
    make_rows(vm, types, kExceptionRows, all, &builtins.globals);
    make_rows(vm, types, kHiddenRows, all, nullptr);
    for (const Namespace::Entry& entry : all.entries()) {
        // The first ones were made before the class of classes.
        as_class(entry.value)->cls = types.type;
    }
    types.cancelled_error->module = "asyncio.exceptions";
    types.future->module = "_asyncio";
    types.task->module = "_asyncio";
    builtins.globals.set("IOError", Value::of(types.os_error));
    builtins.globals.set("EnvironmentError", Value::of(types.os_error));
    for (const FunctionEntry* table : {kBuiltinFunctions, kMoreBuiltinFunctions}) {
        for (const FunctionEntry* entry = table; entry->name; ++entry) {
            vm.function(builtins, entry->name, entry->function);
        }
    }
    builtins.globals.set("None", Value::none());
    builtins.globals.set("True", Value::of(true));
    builtins.globals.set("False", Value::of(false));
    builtins.globals.set("Ellipsis", Value::ellipsis());
    builtins.globals.set("NotImplemented", Value::not_implemented());
    builtins.globals.set("__debug__", Value::of(true));
}

ObjectsState& objects_state(Vm& vm) {
    ObjectsState*& known = Interpreter::internals(vm).objects;
    if (!known) known = &vm.library_state<ObjectsState>("objects");
    return *known;
}

Deeper::Deeper(Vm& vm, const char* message)
    : state_(objects_state(vm)), ok_(++state_.depth <= limits::kValueDepthMax && vm.work(limits::kWorkPerStep)) {
    if (ok_ || vm.stopped()) return;
    vm.note_bound("nesting-limit", cat("more than ", limits::kValueDepthMax, " values in each other"));
    vm.raise(vm.types().recursion_error, message);
}

std::uint64_t identity_of(Vm& vm, const Value& value) {
    if (!value.is_object()) {
        std::uint64_t hash = 0;
        vm.hash(value, hash);
        return 0x7E0000000000ULL + ((hash & 0xFFFFFF) << 5);
    }
    auto& identities = objects_state(vm).identities;
    const auto [found, fresh] = identities.try_emplace(
        value.object, 0x7F0000000010ULL + 0x10 * static_cast<std::uint64_t>(identities.size()));
    (void)fresh;
    return found->second;
}

std::string address_text(Vm& vm, const Value& value) {
    std::string text;
    format_number(vm, Value::of(static_cast<std::int64_t>(identity_of(vm, value))), "#x", text);
    return text;
}

Class* named_class(Vm& vm, std::string_view name, const MethodEntry* methods) {
    auto& classes = objects_state(vm).classes;
    if (const auto found = classes.find(name); found != classes.end()) return found->second;
    Class* made = make_builtin_class(vm, name, {vm.types().object}, methods);
    if (methods == kFormMethods) {
        made->module = name == "UnionType" || name == "GenericAlias" ? "types" : "typing";
    } else if (methods == kFileMethods) {
        made->module = "_io";
    }
    classes.emplace(std::string(name), made);
    return made;
}

Value builtin_object(Vm& vm, std::string_view name) {
    const Value* found = Interpreter::internals(vm).builtins->globals.find(name);
    WH_CHECK(found);
    return *found;
}

}  // namespace wh::program
