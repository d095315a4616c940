// The compiled paste: its files, trees, code. Immutable once made; many runs (worlds, paths) share
// it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "program/library_code.h"
#include "syntax/tree.h"
#include "trust/origin.h"

namespace wh::program {

struct Code;

struct SourceFile {
    std::string name;  // "snippet.py", "pkg/helper.py"
    std::string text;
};

class Program {
  public:
    // The first file is the main one (module `snippet`); the others can be imported by it.
    // `libraries` must outlive it.
    Program(std::vector<SourceFile> files, LibraryCode& libraries);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    [[nodiscard]] const std::vector<SourceFile>& files() const { return files_; }
    [[nodiscard]] const std::vector<syntax::Tree>& trees() const { return trees_; }
    // Syntax errors of all files.
    [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }
    // Code of the module body of a file; never null.
    [[nodiscard]] const Code* code(std::size_t file) const;
    // Index of the file that is module `dotted_name`; -1: none.
    [[nodiscard]] int find_module(std::string_view dotted_name) const;
    // Code objects of every function in the paste, in order of text: entry points for checking.
    [[nodiscard]] const std::vector<const Code*>& functions() const { return functions_; }
    [[nodiscard]] std::string_view text(Span span) const;
    // Places whose execution is noted: statements and the arms of conditions (Vm::covered()).
    [[nodiscard]] const std::vector<Span>& marks() const;
    // Codes of the paste have ids below this.
    [[nodiscard]] std::size_t code_count() const;
    // Library modules that are written in Python; they are no part of the paste.
    [[nodiscard]] LibraryCode& libraries() const { return libraries_; }
    // Code that gives the value of an expression (an annotation that is text), as if it stood at
    // `place`; null: it is none. Kept as well.
    [[nodiscard]] const Code* expression(std::string_view text, Span place) const;

  private:
    std::vector<SourceFile> files_;
    LibraryCode& libraries_;
    std::vector<syntax::Tree> trees_;
    std::vector<Diagnostic> diagnostics_;
    std::vector<const Code*> functions_;
    struct Store;  // owns Code and the origins of literals
    std::unique_ptr<Store> store_;
};

}  // namespace wh::program
