// pydantic-settings 2.8.1 (sources.py, main.py) and python-dotenv 1.0 (parser.py, variables.py).
#include <algorithm>
#include <map>

#include "base/text.h"
#include "libraries/frameworks/_pydantic.h"
#include "libraries/shared/json_text.h"

namespace wh::libraries {

using namespace program;

namespace {

using trust::OriginKind;

struct Variable {
    std::string name;  // as written
    std::string value;
    bool has_value = true;
};

// The bindings of an env file in order; lines that cannot be read are skipped.
std::vector<Variable> parse_dotenv(std::string_view text) {
    std::vector<Variable> out;
    std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    const auto blank = [&](std::size_t i) {
        return i < text.size() && (text[i] == ' ' || text[i] == '\t');
    };
    const auto to_line_end = [&] {
        while (at < text.size() && text[at] != '\n' && text[at] != '\r') ++at;
    };
    while (at < text.size()) {
        while (at < text.size() && (blank(at) || text[at] == '\n' || text[at] == '\r')) ++at;
        if (at >= text.size()) break;
        if (text.substr(at).starts_with("export") && blank(at + 6)) {
            at += 6;
            while (blank(at)) ++at;
        }
        if (text[at] == '#') {
            to_line_end();
            continue;
        }
        Variable made;
        const std::size_t begin = at;
        if (text[at] == '\'') {
            const std::size_t end = text.find('\'', at + 1);
            made.name = text.substr(at + 1, end == std::string_view::npos ? 0 : end - at - 1);
            at = end == std::string_view::npos ? text.size() : end + 1;
        } else {
            while (at < text.size() && text[at] != '=' && text[at] != '#' && !blank(at) &&
                   text[at] != '\n' && text[at] != '\r') {
                ++at;
            }
            made.name = text.substr(begin, at - begin);
        }
        while (blank(at)) ++at;
        if (at < text.size() && text[at] == '=') {
            ++at;
            while (blank(at)) ++at;
            const char quote = at < text.size() ? text[at] : '\0';
            if (quote == '\'' || quote == '"') {
                bool closed = false;
                for (++at; at < text.size(); ++at) {
                    if (text[at] == '\\' && at + 1 < text.size()) {
                        static constexpr std::string_view kFrom = "\\'\"abfnrtv";
                        static constexpr std::string_view kTo = "\\'\"\a\b\f\n\r\t\v";
                        const std::size_t which = kFrom.find(text[at + 1]);
                        const bool known = which < (quote == '\'' ? 2U : kFrom.size());
                        if (known) {
                            made.value += kTo[which];
                            ++at;
                            continue;
                        }
                    }
                    if (text[at] == quote) {
                        closed = true;
                        ++at;
                        break;
                    }
                    made.value += text[at];
                }
                while (blank(at)) ++at;
                const bool clean =
                    at >= text.size() || text[at] == '\n' || text[at] == '\r' || text[at] == '#';
                to_line_end();
                if (!closed || !clean) continue;
            } else {
                const std::size_t start = at;
                to_line_end();
                std::string_view raw = text.substr(start, at - start);
                for (std::size_t i = 1; i < raw.size(); ++i) {
                    if (raw[i] == '#' && (raw[i - 1] == ' ' || raw[i - 1] == '\t')) {
                        raw = raw.substr(0, i);
                        break;
                    }
                }
                if (raw.starts_with("#")) raw = {};
                made.value = trim(raw);
            }
        } else {
            made.has_value = false;
            const bool clean =
                at >= text.size() || text[at] == '\n' || text[at] == '\r' || text[at] == '#';
            to_line_end();
            if (!clean) continue;
        }
        out.push_back(std::move(made));
    }
    return out;
}

// ${NAME} and ${NAME:-default} from the environment and what stands above.
void interpolate(std::vector<Variable>& variables, const trust::Host& host) {
    std::map<std::string, std::string> known = host.environment;
    for (Variable& variable : variables) {
        std::string out;
        const std::string& text = variable.value;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const std::size_t end =
                text.compare(i, 2, "${") == 0 ? text.find('}', i) : std::string::npos;
            if (end == std::string::npos) {
                out += text[i];
                continue;
            }
            const std::string inner = text.substr(i + 2, end - i - 2);
            const std::size_t mark = inner.find(":-");
            const auto found = known.find(inner.substr(0, mark));
            out += found != known.end()        ? found->second
                   : mark == std::string::npos ? std::string()
                                               : inner.substr(mark + 2);
            i = end;
        }
        variable.value = out;
        known.insert({variable.name, out});
    }
}

// A file of the app's host by the path that the code gives; nullptr: there is none.
const std::string* host_file(Vm& vm, std::string path) {
    trust::Observations& seen = vm.observations();
    if (std::find(seen.file_reads.begin(), seen.file_reads.end(), path) == seen.file_reads.end()) {
        seen.file_reads.push_back(path);
    }
    while (path.starts_with("./")) path.erase(0, 2);
    const auto& files = vm.host().files;
    const auto found = files.find(path);
    return found == files.end() ? nullptr : &found->second;
}

// Where values come from, one after the other: the environment, env files, secret files.
struct Source {
    const char* class_name;
    OriginKind kind;
    std::vector<std::pair<std::string, Variable>> variables;  // key as compared
    [[nodiscard]] const Variable* find(std::string_view key) const {
        const Variable* out = nullptr;
        for (const auto& [name, variable] : variables) {
            if (name == key && variable.has_value) out = &variable;
        }
        return out;
    }
};

struct Reader {
    Vm& vm;
    const ModelInfo& info;
    bool case_sensitive = false, ignore_empty = false;
    std::string prefix = {}, delimiter = {}, none_text = {};

    std::string key(std::string_view name) const {
        return case_sensitive ? std::string(name) : ascii_lower(name);
    }
    Value text(const Source& source, const Variable& variable) const {
        if (!none_text.empty() && variable.value == none_text) return Value::none();
        const trust::Origin* origin = vm.origins().add(
            {source.kind, info.cls->span, variable.name, trust::names_a_secret(variable.name), {}});
        return vm.str(variable.value, origin);
    }
    static bool is_complex(const TypeSchema* schema) {
        const TypeSchema* inner = unwrapped(schema);
        if (inner->kind == TypeKind::Union) {
            return std::any_of(inner->items.begin(), inner->items.end(), &is_complex);
        }
        return inner->kind == TypeKind::Model || inner->kind == TypeKind::Dict ||
               inner->kind == TypeKind::List || inner->kind == TypeKind::Set ||
               inner->kind == TypeKind::FrozenSet || inner->kind == TypeKind::Tuple ||
               inner->kind == TypeKind::Iterable;
    }
    // Names of the variables of a field, with the key that its value gets.
    std::vector<std::pair<std::string, std::string>> names(const ModelField& field) const {
        std::vector<std::pair<std::string, std::string>> out;
        for (const std::vector<Value>& path : field.lookup) {
            const std::string name(text_of(path.front()));
            if (path.size() == 1 && name == field.name && field.alias.empty()) break;
            if (name != field.name) out.emplace_back(name, key(name));
        }
        if (out.empty() || info.config.populate_by_name)
            out.emplace_back(field.name, key(cat(prefix, field.name)));
        return out;
    }
    // PREFIX__SUB__KEY=value for a field of a nested type. Null: none.
    Value explode(const Source& source, const TypeSchema* schema, const std::string& name) const {
        if (delimiter.empty()) return {};
        const std::string start = cat(name, key(delimiter));
        Value made;
        for (const auto& [variable_key, variable] : source.variables) {
            if (!variable_key.starts_with(start) || !variable.has_value) continue;
            if (!made) made = vm.dict();
            std::string rest = variable_key.substr(start.size());
            Dict* at = as_dict(made);
            const TypeSchema* target = unwrapped(schema);
            for (std::size_t mark = rest.find(key(delimiter)); mark != std::string::npos;
                 mark = rest.find(key(delimiter))) {
                const std::string part = rest.substr(0, mark);
                rest = rest.substr(mark + delimiter.size());
                Value* next = at->find_text(part);
                if (!next || !as_dict(*next)) at->set(vm, vm.str(part), vm.dict());
                at = as_dict(*at->find_text(part));
                target = child(target, part);
            }
            Value value = text(source, variable);
            const TypeSchema* leaf = child(target, rest);
            if (leaf && is_complex(leaf)) {
                JsonReadOptions options;
                options.origin = value.origin;
                JsonError error;
                const Value parsed = read_json(vm, variable.value, options, error);
                if (parsed) value = parsed;
            }
            at->set(vm, vm.str(rest), value);
        }
        return made;
    }
    const TypeSchema* child(const TypeSchema* schema, std::string_view name) const {
        if (!schema || schema->kind != TypeKind::Model || !complete_model(vm, *schema->model))
            return nullptr;
        for (const ModelField& field : schema->model->fields) {
            if (key(field.name) == name) return unwrapped(field.schema);
        }
        return nullptr;
    }
    // The value of a field in one source. Null without failure: it has none.
    Value read(const Source& source, const ModelField& field, std::string& key_out) const {
        for (const auto& [field_key, name] : names(field)) {
            key_out = field_key;
            const Variable* found = source.find(name);
            if (found && ignore_empty && found->value.empty()) found = nullptr;
            const bool complex = is_complex(field.schema);
            Value value = found ? text(source, *found) : Value();
            if (complex && source.kind != OriginKind::NotModelled) {
                const Value nested = explode(source, field.schema, name);
                if (as_str(value)) {
                    JsonReadOptions options;
                    options.origin = value.origin;
                    JsonError error;
                    const Value parsed = read_json(vm, found->value, options, error);
                    const bool may_fail = unwrapped(field.schema)->kind == TypeKind::Union;
                    if (!parsed && !may_fail) {
                        if (vm.failed()) return {};
                        return vm.raise(vm.class_in("pydantic_settings", "SettingsError"),
                                        cat("error parsing value for field \"", field.name,
                                            "\" from source \"", source.class_name, "\""));
                    }
                    if (parsed) value = parsed;
                    if (Dict* dict = as_dict(value); dict && nested) {
                        for (const Dict::Entry& entry : as_dict(nested)->entries)
                            dict->set(vm, entry.key, entry.value);
                    }
                } else if (nested) {
                    value = nested;
                }
            }
            if (value) return value;
        }
        return {};
    }
};

void deep_update(Vm& vm, Dict& into, const Value& key, const Value& value) {
    Value* known = into.find(vm, key);
    Dict* inner = known ? as_dict(*known) : nullptr;
    if (const Dict* more = as_dict(value); inner && more) {
        for (const Dict::Entry& entry : more->entries) {
            if (entry.live) deep_update(vm, *inner, entry.key, entry.value);
        }
        return;
    }
    into.set(vm, key, value);
}

std::vector<std::string> paths_of(Vm& vm, const Value& value) {
    std::vector<std::string> out;
    if (value.is_null() || value.is_none()) return out;
    std::vector<Value> items = {value};
    if (as_list(value) || as_tuple(value)) vm.collect(value, items = {});
    for (const Value& item : items) {
        std::string path;
        if (vm.to_str(item, path)) out.push_back(path);
    }
    return out;
}

Value settings_init(Vm& vm, Arguments& arguments) {
    const Class* cls = vm.class_of(arguments.self);
    ModelInfo* info = model_info(vm, cls);
    if (!info || !complete_model(vm, *info)) return {};
    const auto setting = [&](const char* name) {
        if (const Value* given = arguments.keyword(cat("_", name)); given && !given->is_none())
            return *given;
        const Value* found = info->config.raw->find_text(name);
        return found ? *found : Value();
    };
    Reader reader{vm, *info};
    reader.case_sensitive = setting("case_sensitive").is_true();
    reader.ignore_empty = setting("env_ignore_empty").is_true();
    reader.prefix = text_of(setting("env_prefix"));
    reader.delimiter = text_of(setting("env_nested_delimiter"));
    reader.none_text = text_of(setting("env_parse_none_str"));
    if (const Value custom =
            vm.find_attribute(Value::of(const_cast<Class*>(cls)), "settings_customise_sources");
        as_bound_method(custom) || as_function(custom)) {
        vm.not_modelled("settings_customise_sources", cls->span);
    }

    Source environment{"EnvSettingsSource", OriginKind::Environment, {}};
    // os.environ: the program may have changed it (load_dotenv).
    const Value os = vm.import_module("os");
    const Value environ = os ? vm.get_attribute(os, "environ") : os;
    const Value pairs = environ ? vm.call_method(environ, "items") : environ;
    std::vector<Value> items;
    if (!pairs || !vm.collect(pairs, items)) return {};
    for (const Value& item : items) {
        const Tuple* pair = as_tuple(item);
        if (!pair || pair->items.size() != 2) continue;
        const std::string name(text_of(pair->items[0]));
        environment.variables.emplace_back(
            reader.key(name), Variable{name, std::string(text_of(pair->items[1])), true});
    }
    Source files{"DotEnvSettingsSource", OriginKind::SettingsFile, {}};
    for (const std::string& path : paths_of(vm, setting("env_file"))) {
        const std::string* content = host_file(vm, path);
        if (!content) continue;
        std::vector<Variable> variables = parse_dotenv(*content);
        interpolate(variables, vm.host());
        for (Variable& each : variables) files.variables.emplace_back(reader.key(each.name), each);
    }
    Source secrets{"SecretsSettingsSource", OriginKind::SettingsFile, {}};
    for (const std::string& folder : paths_of(vm, setting("secrets_dir"))) {
        for (const auto& [path, content] : vm.host().files) {
            const std::string start = folder.ends_with("/") ? folder : cat(folder, "/");
            if (!path.starts_with(start) || path.find('/', start.size()) != std::string::npos)
                continue;
            const std::string name = path.substr(start.size());
            secrets.variables.emplace_back(reader.key(name),
                                           Variable{name, std::string(trim(content)), true});
        }
    }
    const Value data = vm.dict();
    Dict& merged = *as_dict(data);
    for (const Source* source : {&secrets, &files, &environment}) {
        std::vector<std::string> used;
        for (const ModelField& field : info->fields) {
            std::string key;
            const Value value = reader.read(*source, field, key);
            if (vm.failed()) return {};
            if (value) deep_update(vm, merged, vm.str(key), value);
            for (const auto& [field_key, name] : reader.names(field)) {
                used.push_back(name);
            }
        }
        if (source != &files) continue;
        // What an env file holds beyond the fields is extra input.
        for (const auto& [name, variable] : files.variables) {
            const bool known =
                std::any_of(used.begin(), used.end(), [&, each = name](const std::string& field) {
                    return each == field || (!reader.delimiter.empty() && each.starts_with(field));
                });
            if (known || variable.value.empty() || merged.find_text(name)) continue;
            const std::string prefix = reader.key(reader.prefix);
            const bool strip = info->config.extra != Extra::Forbid && name.starts_with(prefix);
            merged.set(vm, vm.str(strip ? name.substr(prefix.size()) : name),
                       reader.text(files, variable));
        }
    }
    for (const auto& [name, value] : arguments.keywords) {
        if (!name.starts_with("_")) deep_update(vm, merged, vm.str(name), value);
    }
    if (vm.checking()) {
        // What nothing provides is there in production, but unknown here.
        for (const ModelField& field : info->fields) {
            const std::string key(
                text_of(field.lookup.empty() ? Value() : field.lookup[0].front()));
            if (!field.required() || merged.find_text(key) || merged.find_text(field.name))
                continue;
            std::string name = reader.names(field)[0].second;
            for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
            const trust::Origin* origin = vm.origins().add(
                {OriginKind::Environment, info->cls->span, name, trust::names_a_secret(name), {}});
            merged.set(vm, vm.str(key), vm.unknown(origin, cat("settings.", field.name)));
            std::vector<trust::EnvironmentRead>& reads = vm.observations().environment_reads;
            if (std::none_of(reads.begin(), reads.end(),
                             [&](const trust::EnvironmentRead& each) { return each.name == name; })) {
                const bool text = field.schema->kind == TypeKind::Str ||
                                  field.schema->kind == TypeKind::Any ||
                                  field.schema->kind == TypeKind::Secret;
                reads.push_back(
                    {name, text ? std::string() : example_json(vm, field.schema, field.name)});
            }
        }
    }
    return pydantic::fill_model(vm, arguments.self, data) ? Value::none() : Value();
}

void install_settings(Vm& vm, Module& module) {
    Class* base = vm.make_class(module, "BaseSettings", {vm.class_in("pydantic", "BaseModel")},
                                pydantic::model_hooks());
    base->module = "pydantic_settings.main";
    vm.method(base, "__init__", &settings_init);
    base->attributes.set("model_config", vm.dict({{"extra", vm.str("forbid")},
                                                  {"arbitrary_types_allowed", Value::of(true)},
                                                  {"validate_default", Value::of(true)}}));
    collect_model(vm, *base, ModelInfo::Shape::Model, nullptr);
    const Value package = vm.import_module("pydantic");
    if (package) module.globals.set("SettingsConfigDict", vm.get_attribute(package, "ConfigDict"));
    Class* error = vm.make_class(module, "SettingsError", {vm.types().value_error});
    error->module = "pydantic_settings.sources";
    for (const char* name :
         {"PydanticBaseSettingsSource", "EnvSettingsSource", "DotEnvSettingsSource",
          "InitSettingsSource", "SecretsSettingsSource"}) {
        vm.make_class(module, name)->module = "pydantic_settings.sources";
    }
    module.globals.set("__version__", vm.str("2.8.1"));
}

// -- dotenv
// -------------------------------------------------------------------------------------------

std::vector<Variable> dotenv_file(Vm& vm, const Bound& bound, bool& found) {
    std::string path = ".env";
    if (bound.has_value("dotenv_path")) vm.to_str(bound["dotenv_path"], path);
    const std::string* content = host_file(vm, path);
    found = content != nullptr;
    std::vector<Variable> out;
    if (content) out = parse_dotenv(*content);
    if (!bound["interpolate"].is_false()) interpolate(out, vm.host());
    return out;
}
Value variable_text(Vm& vm, const Variable& variable) {
    const trust::Origin* origin = vm.origins().add({OriginKind::SettingsFile,
                                                    vm.current_span(),
                                                    variable.name,
                                                    trust::names_a_secret(variable.name),
                                                    {}});
    return variable.has_value ? vm.str(variable.value, origin) : Value::none();
}
constexpr std::string_view kDotenvNames =
    "dotenv_path?, stream?, verbose?, override?, interpolate?, encoding?";

Value load_dotenv(Vm& vm, Arguments& arguments) {
    Bound bound;
    bool found = false;
    if (!arguments.bind(vm, "load_dotenv", kDotenvNames, bound)) return {};
    const Value os = vm.import_module("os");
    const Value environ = os ? vm.get_attribute(os, "environ") : os;
    if (!environ) return {};
    for (const Variable& variable : dotenv_file(vm, bound, found)) {
        bool there = false;
        const Value name = vm.str(variable.name);
        if (!variable.has_value || !vm.contains(environ, name, there)) continue;
        if (there && !bound["override"].is_true()) continue;
        if (!vm.set_item(environ, name, variable_text(vm, variable))) return {};
    }
    return vm.failed() ? Value() : Value::of(found);
}
Value dotenv_values(Vm& vm, Arguments& arguments) {
    Bound bound;
    bool found = false;
    if (!arguments.bind(vm, "dotenv_values", kDotenvNames, bound)) return {};
    const Value made = vm.dict();
    for (const Variable& variable : dotenv_file(vm, bound, found)) {
        as_dict(made)->set(vm, vm.str(variable.name), variable_text(vm, variable));
    }
    return made;
}
Value find_dotenv(Vm& vm, Arguments&) {
    return vm.str(vm.host().files.contains(".env") ? ".env" : "");
}

void install_dotenv(Vm& vm, Module& module) {
    vm.function(module, "load_dotenv", &load_dotenv);
    vm.function(module, "dotenv_values", &dotenv_values);
    vm.function(module, "find_dotenv", &find_dotenv);
}

constexpr ModuleInstaller kModules[] = {{"pydantic_settings", &install_settings},
                                        {"dotenv", &install_dotenv}};

}  // namespace

const Library& library_pydantic_settings() {
    static const Library library{"pydantic-settings",
                                 "2.8.1",
                                 "Settings from the environment and env files",
                                 false,
                                 kModules,
                                 {}};
    return library;
}

}  // namespace wh::libraries
