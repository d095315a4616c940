#include "program/program.h"

#include <algorithm>
#include <map>

#include "base/arena.h"
#include "base/text.h"
#include "program/vm/compile.h"
#include "syntax/parse.h"

namespace wh::program {

// Compiled on the way: library modules, annotations that are text.
namespace {
struct LateCode {
    std::string text;
    syntax::Tree tree;
    CompileOutput output;
    const Code* code = nullptr;
};
}  // namespace

struct LibraryCode::Store {
    std::map<std::string, std::unique_ptr<LateCode>, std::less<>> modules;
    std::uint32_t next_id = 0;
};

struct Program::Store {
    CompileOutput output;
    std::vector<const Code*> files;
    std::vector<std::string> modules;                                    // dotted name by file
    std::map<std::string, std::unique_ptr<LateCode>, std::less<>> late;  // logically const: a cache
    std::uint32_t next_id = 0;
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

Program::Program(std::vector<SourceFile> files, LibraryCode& libraries)
    : files_(std::move(files)), libraries_(libraries), store_(std::make_unique<Store>()) {
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
    store_->next_id = static_cast<std::uint32_t>(store_->output.codes.size());
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

std::string_view Program::text(Span span) const {
    if (span.file >= files_.size()) return {};
    const std::string_view whole = files_[span.file].text;
    if (span.begin > whole.size() || span.end < span.begin) return {};
    return whole.substr(span.begin, span.end - span.begin);
}

namespace {

// Gives all places of late code to `place`, and takes its marks and origins away.
void place_at(LateCode& late, Span place, bool library) {
    for (Code& code : late.output.codes) {
        code.is_library = library;
        std::fill(code.spans.begin(), code.spans.end(), place);
        code.span = code.name_span = place;
        for (CallSite& site : code.sites) {
            site.span = place;
            std::fill(site.positional.begin(), site.positional.end(), place);
            for (auto& [name, span] : site.keywords) span = place;
        }
        for (Instruction& instruction : code.instructions) {
            if (instruction.op == Op::Mark) instruction.op = Op::Nop;
        }
        for (Constant& constant : code.constants) constant.origin = nullptr;
    }
}

}  // namespace

LibraryCode::LibraryCode() : store_(std::make_unique<Store>()) {}
LibraryCode::~LibraryCode() = default;

const Code* LibraryCode::module(std::string_view name, std::string_view text) {
    const ArenaScope scope(nullptr);  // it outlives the run that asks first
    std::unique_ptr<LateCode>& late = store_->modules[std::string(name)];
    if (!late) {
        late = std::make_unique<LateCode>();
        late->text = std::string(text);
        late->tree = syntax::parse(late->text, 0);
        late->output.first_id = store_->next_id;
        late->code = compile_module(late->tree, late->text, late->output);
        store_->next_id += static_cast<std::uint32_t>(late->output.codes.size());
        place_at(*late, {}, true);
    }
    return late->code;
}

const Code* Program::expression(std::string_view text, Span place) const {
    const ArenaScope scope(nullptr);
    std::unique_ptr<LateCode>& late =
        store_->late[cat(place.file, ":", place.begin, ":", place.end, ":", text)];
    if (!late) {
        late = std::make_unique<LateCode>();
        late->text = std::string(trim(text));
        late->tree = syntax::parse(late->text, place.file);
        late->output.first_id = store_->next_id;
        late->code = compile_expression(late->tree, late->text, late->output);
        store_->next_id += static_cast<std::uint32_t>(late->output.codes.size());
        place_at(*late, place, false);
    }
    return late->code;
}

const std::vector<Span>& Program::marks() const {
    return store_->output.marks;
}
std::size_t Program::code_count() const {
    return store_->output.codes.size();
}

}  // namespace wh::program
