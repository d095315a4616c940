#include "program/program.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "program/vm/compile.h"
#include "syntax/parse.h"

namespace wh::program {

struct Program::Store {
    CompileOutput output;
    std::vector<const Code*> files;
    std::vector<std::string> modules;  // dotted name by file
    // Library modules written in Python, by name. Filled on demand: the only thing of a Program that
    // changes, and always in the same way.
    struct LibraryText {
        syntax::Tree tree;
        CompileOutput output;
        const Code* code = nullptr;
    };
    std::map<std::string, std::unique_ptr<LibraryText>, std::less<>> library;
    std::uint32_t library_codes = 0;
};

namespace {

// "pkg/helper.py" -> "pkg.helper", "pkg/__init__.py" -> "pkg"
std::string module_name(std::string_view file) {
    while (file.starts_with("./")) file.remove_prefix(2);
    if (file.ends_with(".py")) file.remove_suffix(3);
    if (file.ends_with("/__init__")) file.remove_suffix(9);
    std::string name(file);
    std::replace(name.begin(), name.end(), '/', '.');
    return name;
}

}  // namespace

Program::Program(std::vector<SourceFile> files)
    : files_(std::move(files)), store_(std::make_unique<Store>()) {
    trees_.reserve(files_.size());
    for (std::uint32_t i = 0; i < files_.size(); ++i) {
        trees_.push_back(syntax::parse(files_[i].text, i));
        const syntax::Tree& tree = trees_.back();
        diagnostics_.insert(diagnostics_.end(), tree.diagnostics.begin(), tree.diagnostics.end());
    }
    for (std::uint32_t i = 0; i < files_.size(); ++i) {
        store_->files.push_back(compile_module(trees_[i], files_[i].text, store_->output));
        store_->modules.push_back(i == 0 ? "snippet" : module_name(files_[i].name));
    }
    for (const Code& code : store_->output.codes) {
        if (code.is_function && code.statement) functions_.push_back(&code);
    }
}

Program::~Program() = default;

const Code* Program::code(std::size_t file) const {
    return store_->files[file];
}

int Program::find_module(std::string_view dotted_name) const {
    for (std::size_t i = 0; i < store_->modules.size(); ++i) {
        if (store_->modules[i] == dotted_name) return static_cast<int>(i);
    }
    // A folder without __init__.py is a package as well.
    return -1;
}

const Code* Program::library_code(std::string_view name, std::string_view text) const {
    const auto known = store_->library.find(name);
    if (known != store_->library.end()) return known->second->code;
    auto made = std::make_unique<Store::LibraryText>();
    made->tree = syntax::parse(text, 0);
    WH_CHECK(made->tree.diagnostics.empty());
    made->output.first_id = kLibraryCodeIds + store_->library_codes;
    made->code = compile_module(made->tree, text, made->output);
    store_->library_codes += static_cast<std::uint32_t>(made->output.codes.size());
    // Its places are nobody's: findings, decisions and traces must not point there.
    for (Code& code : made->output.codes) {
        code.library = true;
        code.span = code.name_span = Span{};
        for (Span& place : code.spans) place = Span{};
        for (Constant& constant : code.constants) constant.origin = nullptr;
        for (Instruction& instruction : code.instructions) {
            if (instruction.op == Op::Mark) instruction.op = Op::Nop;
        }
    }
    const Code* code = made->code;
    store_->library.emplace(std::string(name), std::move(made));
    return code;
}

std::string_view Program::text(Span span) const {
    if (span.file >= files_.size()) return {};
    const std::string_view whole = files_[span.file].text;
    if (span.begin > whole.size() || span.end < span.begin) return {};
    return whole.substr(span.begin, span.end - span.begin);
}

const std::vector<Span>& Program::marks() const {
    return store_->output.marks;
}
std::size_t Program::code_count() const {
    return store_->output.codes.size();
}

}  // namespace wh::program
