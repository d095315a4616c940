// open() on virtual files.
#include "program/objects/files.h"

#include <algorithm>

#include "program/objects/support.h"

namespace wh::program {

namespace {

constexpr std::string_view kRemoved("\0removed", 8);  // a file of the host that the run deleted

struct FileState : NativeState {
    static constexpr char kType = 0;
    FileState() : NativeState(&kType) {}
    std::string path;
    std::string mode;
    std::string encoding;
    std::string data;
    std::size_t at = 0;
    bool binary = false, reads = false, writes = false, appends = false, closed = false;
    bool content_unknown = false;  // checking: the file is not known
    const trust::Origin* origin = nullptr;
};

FileState* file_of(Vm& vm, Arguments& arguments) {
    auto* file = native_state<FileState>(arguments.self);
    if (file && !file->closed) return file;
    value_error(vm, "I/O operation on closed file.");
    return nullptr;
}

Value piece(Vm& vm, FileState& file, std::size_t end) {
    const std::size_t begin = file.at;
    file.at = end;
    const std::string part = file.data.substr(begin, end - begin);
    const Value raw = vm.bytes(part, file.origin);
    if (file.binary) return raw;
    Value text;
    return decode_bytes(vm, raw, file.encoding, {}, text) ? text : Value();
}

bool readable(Vm& vm, const FileState& file) {
    if (file.reads) return true;
    Class* unsupported = as_class(builtin_object(vm, "OSError"));
    vm.raise(unsupported, file.binary ? "read" : "not readable");
    return false;
}

Value unknown_content(Vm& vm, const FileState& file) {
    return vm.unknown(file.origin, cat("open(", quoted(file.path), ").read()"),
                      file.binary ? vm.types().bytes : vm.types().str);
}

std::size_t line_end(const FileState& file) {
    const std::size_t newline = file.data.find('\n', file.at);
    return newline == std::string::npos ? file.data.size() : newline + 1;
}

Value file_read(Vm& vm, Arguments& arguments) {
    FileState* file = file_of(vm, arguments);
    if (!file || !take(vm, arguments, "read", 0, 1) || !readable(vm, *file)) return {};
    if (file->content_unknown) return unknown_content(vm, *file);
    std::int64_t size = -1;
    const Value given = argument(arguments, 0);
    if (given && !given.is_none() && !to_index(vm, given, size)) return {};
    const std::size_t rest = file->data.size() - std::min(file->at, file->data.size());
    const std::size_t count = size < 0 ? rest : std::min(rest, static_cast<std::size_t>(size));
    return piece(vm, *file, file->at + count);
}

Value file_readline(Vm& vm, Arguments& arguments) {
    FileState* file = file_of(vm, arguments);
    if (!file || !readable(vm, *file)) return {};
    return file->content_unknown ? unknown_content(vm, *file) : piece(vm, *file, line_end(*file));
}

Value file_next(Vm& vm, Arguments& arguments) {
    FileState* file = file_of(vm, arguments);
    if (!file || !readable(vm, *file)) return {};
    const bool unknown = file->content_unknown && file->at == 0;
    if (unknown) {
        file->at = 1;
        return unknown_content(vm, *file);
    }
    if (file->at >= file->data.size()) {
        return vm.raise(vm.make_exception(vm.types().stop_iteration, std::vector<Value>{}));
    }
    return piece(vm, *file, line_end(*file));
}

Value file_readlines(Vm& vm, Arguments& arguments) {
    FileState* file = file_of(vm, arguments);
    if (!file || !readable(vm, *file)) return {};
    std::vector<Value> lines;
    if (file->content_unknown) lines.push_back(unknown_content(vm, *file));
    while (!file->content_unknown && file->at < file->data.size()) {
        const Value line = piece(vm, *file, line_end(*file));
        if (!line) return {};
        lines.push_back(line);
    }
    return vm.list(std::move(lines));
}

Value file_write(Vm& vm, Arguments& arguments) {
    FileState* file = file_of(vm, arguments);
    if (!file || !take(vm, arguments, "write", 1, 1)) return {};
    const Value text = arguments.positional[0];
    if (!file->writes) {
        return vm.raise(as_class(builtin_object(vm, "OSError")),
                        file->binary ? "write" : "not writable");
    }
    TextView view;
    const bool fits = text_view(text, view) && (as_bytes(text) != nullptr) == file->binary;
    if (!fits && !as_unknown(text)) {
        return type_error(
            vm, file->binary
                    ? cat("a bytes-like object is required, not '", type_name(vm, text), "'")
                    : cat("write() argument must be str, not ", type_name(vm, text)));
    }
    const std::string written(fits ? std::string(view.text) : vm.symbolic(text).text);
    if (!vm.charge(written.size())) return {};
    if (file->appends) file->at = file->data.size();
    if (file->at > file->data.size()) file->data.resize(file->at);
    file->data.replace(file->at, std::min(written.size(), file->data.size() - file->at), written);
    file->at += written.size();
    write_file(vm, file->path, file->data);
    const Str* str = as_str(text);
    return Value::of(static_cast<std::int64_t>(str ? length_of(*str) : written.size()));
}

Value file_writelines(Vm& vm, Arguments& arguments) {
    std::vector<Value> lines;
    if (!take(vm, arguments, "writelines", 1, 1) || !vm.collect(arguments.positional[0], lines)) {
        return {};
    }
    for (const Value& line : lines) {
        Arguments one;
        one.self = arguments.self;
        one.positional.push_back(line);
        if (!file_write(vm, one)) return {};
    }
    return Value::none();
}

Value file_seek(Vm& vm, Arguments& arguments) {
    FileState* file = file_of(vm, arguments);
    std::int64_t offset = 0;
    std::int64_t whence = 0;
    if (!file || !take(vm, arguments, "seek", 1, 2) ||
        !to_index(vm, arguments.positional[0], offset)) {
        return {};
    }
    if (const Value given = argument(arguments, 1); given && !to_index(vm, given, whence))
        return {};
    if (whence == 1) offset += static_cast<std::int64_t>(file->at);
    if (whence == 2) offset += static_cast<std::int64_t>(file->data.size());
    if (offset < 0) return value_error(vm, cat("negative seek position ", offset));
    file->at = std::min(static_cast<std::size_t>(offset), file->data.size());
    return Value::of(static_cast<std::int64_t>(file->at));
}

Value file_tell(Vm& vm, Arguments& arguments) {
    const FileState* file = file_of(vm, arguments);
    return file ? Value::of(static_cast<std::int64_t>(file->at)) : Value();
}

Value file_close(Vm&, Arguments& arguments) {
    native_state<FileState>(arguments.self)->closed = true;
    return Value::none();
}
Value file_exit(Vm& vm, Arguments& arguments) {
    return file_close(vm, arguments);
}
Value file_itself(Vm& vm, Arguments& arguments) {
    return file_of(vm, arguments) ? arguments.self : Value();
}
Value file_flush(Vm&, Arguments&) {
    return Value::none();
}
Value file_name(Vm& vm, Arguments& arguments) {
    return vm.str(native_state<FileState>(arguments.self)->path);
}
Value file_mode(Vm& vm, Arguments& arguments) {
    return vm.str(native_state<FileState>(arguments.self)->mode);
}
Value file_closed(Vm&, Arguments& arguments) {
    return Value::of(native_state<FileState>(arguments.self)->closed);
}
Value file_readable(Vm&, Arguments& arguments) {
    return Value::of(native_state<FileState>(arguments.self)->reads);
}
Value file_writable(Vm&, Arguments& arguments) {
    return Value::of(native_state<FileState>(arguments.self)->writes);
}

}  // namespace

std::string normal_path(std::string_view path) {
    std::vector<std::string> parts;
    for (std::string& part : split(path, '/')) {
        if (part.empty() || part == ".") continue;
        if (part == ".." && !parts.empty() && parts.back() != "..") {
            parts.pop_back();
        } else {
            parts.push_back(std::move(part));
        }
    }
    return (path.starts_with("/") ? "/" : "") + join(parts, "/");
}

static const std::string* find_content(Vm& vm, const std::string& name) {
    const auto& written = objects_state(vm).written;
    if (const auto found = written.find(name); found != written.end()) {
        return found->second == kRemoved ? nullptr : &found->second;
    }
    for (const auto& [path, content] : vm.host().files) {
        if (normal_path(path) == name) return &content;
    }
    return nullptr;
}

const std::string* file_content(Vm& vm, std::string_view path) {
    const std::string name = normal_path(path);
    auto& reads = vm.observations().file_reads;
    if (std::find(reads.begin(), reads.end(), name) == reads.end()) reads.push_back(name);
    return find_content(vm, name);
}

bool file_exists(Vm& vm, std::string_view path) {
    return find_content(vm, normal_path(path)) != nullptr;
}

void write_file(Vm& vm, std::string_view path, std::string content) {
    objects_state(vm).written.insert_or_assign(normal_path(path), std::move(content));
}

void remove_file(Vm& vm, std::string_view path) {
    write_file(vm, path, std::string(kRemoved));
}

std::vector<std::string> all_files(Vm& vm) {
    std::vector<std::string> found;
    const auto& written = objects_state(vm).written;
    for (const auto& [path, content] : vm.host().files) {
        if (!written.contains(normal_path(path))) found.push_back(normal_path(path));
    }
    for (const auto& [path, content] : written) {
        if (content != kRemoved) found.push_back(path);
    }
    std::sort(found.begin(), found.end());
    return found;
}

Value raise_no_such_file(Vm& vm, std::string_view path) {
    const Value error =
        vm.make_exception(vm.types().file_not_found_error,
                          std::vector<Value>{Value::of(2), vm.str("No such file or directory")});
    if (ExceptionInstance* made = as_exception(error)) {
        made->attributes.set("filename", vm.str(std::string(path)));
    }
    return vm.raise(error);
}

Value open_file(Vm& vm, const Value& path, std::string_view mode, std::string_view encoding) {
    Value name = path;
    bool found = false;
    if (as_instance(path)) {
        name = call_special(vm, path, "__fspath__", {}, found);
        if (found && !name) return {};
    }
    if (const Bytes* bytes = as_bytes(name)) name = vm.str(bytes->data);
    if (as_unknown(path)) name = vm.str(as_unknown(path)->label);
    if (!as_str(name)) {
        return type_error(
            vm, cat("expected str, bytes or os.PathLike object, not ", type_name(vm, path)));
    }
    auto file = std::make_unique<FileState>();
    file->path = text_of(name);
    file->mode = mode;
    file->encoding = encoding.empty() ? "utf-8" : encoding;
    file->binary = mode.find('b') != std::string_view::npos;
    const bool plus = mode.find('+') != std::string_view::npos;
    const std::size_t kind = mode.find_first_of("rwax");
    if (kind == std::string_view::npos || mode.find_first_not_of("rwaxbt+U") != mode.npos) {
        return value_error(vm, cat("invalid mode: '", mode, "'"));
    }
    const char main = mode[kind];
    file->reads = main == 'r' || plus;
    file->writes = main != 'r' || plus;
    file->appends = main == 'a';
    file->origin = vm.origins().add(trust::OriginKind::SettingsFile, vm.current_span(), file->path);
    if (main == 'x' && file_exists(vm, file->path)) {
        return vm.raise(
            vm.make_exception(as_class(builtin_object(vm, "FileExistsError")),
                              std::vector<Value>{Value::of(17), vm.str("File exists"), name}));
    }
    if (main == 'r' || main == 'a') {
        const std::string* content = file_content(vm, file->path);
        if (content) file->data = *content;
        if (!content && main == 'r') {
            // In checking the machine's files are not known.
            if (!vm.checking() && !as_unknown(path)) return raise_no_such_file(vm, file->path);
            file->content_unknown = true;
        }
    } else {
        write_file(vm, file->path, {});
    }
    Class* cls = named_class(vm, file->binary ? "BufferedReader" : "TextIOWrapper", kFileMethods);
    return vm.instance(cls, std::move(file));
}

const MethodEntry kFileMethods[] = {{"read", &file_read},
                                    {"readline", &file_readline},
                                    {"readlines", &file_readlines},
                                    {"write", &file_write},
                                    {"writelines", &file_writelines},
                                    {"seek", &file_seek},
                                    {"tell", &file_tell},
                                    {"close", &file_close},
                                    {"flush", &file_flush},
                                    {"readable", &file_readable},
                                    {"writable", &file_writable},
                                    {"seekable", &file_readable},
                                    {"name", &file_name, MethodEntry::Getter},
                                    {"mode", &file_mode, MethodEntry::Getter},
                                    {"closed", &file_closed, MethodEntry::Getter},
                                    {"__enter__", &file_itself},
                                    {"__exit__", &file_exit},
                                    {"__iter__", &file_itself},
                                    {"__next__", &file_next},
                                    {nullptr, nullptr}};

std::vector<std::pair<std::string, Value>> loaded_modules(Vm& vm) {
    std::vector<std::pair<std::string, Value>> all;
    for (const auto& [name, module] : Interpreter::internals(vm).modules) {
        all.emplace_back(name, Value::of(module));
    }
    return all;
}

}  // namespace wh::program
