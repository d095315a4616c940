// _os: environment and files of the host that the program runs on; os.py is the rest.
#include <algorithm>

#include "base/text.h"
#include "libraries/library.h"
#include "program/objects/files.h"

namespace wh::libraries {

namespace {

// What the program has put into or taken out of its environment.
struct Environment : program::NativeState {
    static constexpr char kType = 0;
    std::map<std::string, std::string> values;
    bool loaded = false;
    Environment() : NativeState(&kType) {}
};

Environment& environment(Vm& vm) {
    auto& state = vm.library_state<Environment>("os:environment");
    if (!state.loaded) {
        state.values = vm.host().environment;
        // As the reality lab's app host has it (app_host.py, BASE_ENV).
        state.values.try_emplace("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        state.values.try_emplace("HOME", "/root");
        state.values.try_emplace("LANG", "C.UTF-8");
        state.values.try_emplace("TZ", "UTC");
        state.loaded = true;
    }
    return state;
}

const trust::Origin* origin_of(Vm& vm, const std::string& name) {
    trust::Origin origin;
    origin.kind = trust::OriginKind::Environment;
    origin.span = vm.current_span();
    origin.name = name;
    origin.secret = trust::names_a_secret(name);
    return vm.origins().add(std::move(origin));
}

// _getenv(name, required): the value; None if it is not set. In checking a variable that is not
// known is an unknown text if the program cannot do without it.
Value getenv(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "_getenv", "name, required", bound)) return {};
    const program::Str* key = program::as_str(bound["name"]);
    if (!key) {
        if (program::as_unknown(bound["name"]))
            return vm.unknown(bound["name"].origin, "os.environ[...]");
        return vm.raise(vm.types().type_error, "str expected");
    }
    const std::string name = key->text;
    Environment& env = environment(vm);
    const auto found = env.values.find(name);
    if (found != env.values.end()) return vm.str(found->second, origin_of(vm, name));
    if (vm.checking() && bound["required"].is_true()) {
        std::vector<trust::EnvironmentRead>& reads = vm.observations().environment_reads;
        if (std::none_of(reads.begin(), reads.end(),
                         [&](const trust::EnvironmentRead& each) { return each.name == name; })) {
            reads.push_back({name, {}});
        }
        return vm.unknown(origin_of(vm, name), name, vm.types().str);
    }
    return Value::none();
}

Value putenv(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "_putenv", "name, value", bound)) return {};
    environment(vm).values[std::string(program::text_of(bound["name"]))] =
        program::text_of(bound["value"]);
    return Value::none();
}

Value unsetenv(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "_unsetenv", "name", bound)) return {};
    environment(vm).values.erase(std::string(program::text_of(bound["name"])));
    return Value::none();
}

Value environ_names(Vm& vm, Arguments&) {
    std::vector<Value> names;
    for (const auto& each : environment(vm).values) names.push_back(vm.str(each.first));
    return vm.list(std::move(names));
}

// 0: nothing there, 1: a file, 2: a folder
Value file_kind(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "_file_kind", "path", bound)) return {};
    const std::string path = program::normal_path(program::text_of(bound["path"]));
    if (path.empty() || path == "/") return Value::of(2);
    for (const std::string& file : program::all_files(vm)) {
        if (file == path) return Value::of(1);
        if (file.starts_with(path + "/")) return Value::of(2);
    }
    return Value::of(0);
}

Value listdir(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "_listdir", "path", bound)) return {};
    std::string path = program::normal_path(program::text_of(bound["path"]));
    if (!path.empty()) path += "/";
    std::vector<Value> names;
    std::string last;
    for (const std::string& file : program::all_files(vm)) {
        if (!file.starts_with(path)) continue;
        std::string name = file.substr(path.size());
        name = name.substr(0, name.find('/'));
        if (name != last) names.push_back(vm.str(name));
        last = name;
    }
    return vm.list(std::move(names));
}

Value remove_one(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "_remove", "path", bound)) return {};
    const std::string_view path = program::text_of(bound["path"]);
    if (!program::file_exists(vm, path) && !vm.checking())
        return program::raise_no_such_file(vm, path);
    program::remove_file(vm, path);
    return Value::none();
}

Value random_bytes(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "urandom", "size", bound)) return {};
    constexpr std::int64_t kMost = 1 << 16;
    if (!bound["size"].is_int() || bound["size"].integer < 0 || bound["size"].integer > kMost) {
        return vm.raise(vm.types().value_error, "negative argument not allowed");
    }
    std::string data;
    while (static_cast<std::int64_t>(data.size()) < bound["size"].integer) {
        data += static_cast<char>(vm.random() & 0xFF);
    }
    return vm.bytes(std::move(data), vm.origins().add(trust::OriginKind::Generated, {}, "urandom"));
}

Value random_word(Vm& vm, Arguments&) {
    constexpr std::uint64_t kMask = 0x7FFFFFFFFFFFFFFF;
    return Value::of(static_cast<std::int64_t>(vm.random() & kMask))
        .with_origin(vm.origins().add(trust::OriginKind::Generated, {}, "random"));
}

// A copy of sys.modules: the code under examination only reads it.
Value loaded_modules(Vm& vm, Arguments&) {
    const Value made = vm.dict();
    for (const auto& [name, module] : program::loaded_modules(vm)) {
        if (!vm.set_item(made, vm.str(name), module)) return {};
    }
    return made;
}

// -- time: the virtual clock ---------------------------------------------------------------------

Value wall_clock_us(Vm& vm, Arguments&) {
    return Value::of(vm.host().wall_clock_us + vm.clock())
        .with_origin(vm.origins().add(trust::OriginKind::Generated, {}, "clock"));
}

Value monotonic_us(Vm& vm, Arguments&) {
    return Value::of(vm.clock());
}

Value block_us(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "_block_us", "us", bound)) return {};
    if (bound["us"].is_int() && bound["us"].integer > 0) vm.clock() += bound["us"].integer;
    return Value::none();
}

void install_os(Vm& vm, Module& module) {
    vm.function(module, "_getenv", &getenv);
    vm.function(module, "_putenv", &putenv);
    vm.function(module, "_unsetenv", &unsetenv);
    vm.function(module, "_environ_names", &environ_names);
    vm.function(module, "_file_kind", &file_kind);
    vm.function(module, "_listdir", &listdir);
    vm.function(module, "_loaded_modules", &loaded_modules);
    vm.function(module, "_remove", &remove_one);
    vm.function(module, "urandom", &random_bytes);
    vm.function(module, "_random_word", &random_word);
    vm.function(module, "_wall_clock_us", &wall_clock_us);
    vm.function(module, "_monotonic_us", &monotonic_us);
    vm.function(module, "_block_us", &block_us);
}

constexpr ModuleInstaller kModules[] = {{"_os", &install_os}};

}  // namespace

const Library& library_os_native() {
    static const Library library{
        "_os", "3.13", "Environment, files, clock and randomness of the host", false, kModules, {}};
    return library;
}

}  // namespace wh::libraries
