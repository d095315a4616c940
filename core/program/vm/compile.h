// Syntax tree -> Code. The shape of the instructions follows CPython's compiler (Python/compile.c
// of 3.13) where behaviour depends on it: order of evaluation, inlined `finally` bodies, what a
// frame is.
#pragma once

#include <deque>
#include <string_view>
#include <vector>

#include "program/vm/code.h"
#include "trust/origin.h"

namespace wh::program {

// Where compiled things go; addresses are stable.
struct CompileOutput {
    std::deque<Code> codes;
    trust::OriginPool origins;
    std::vector<Span> marks;     // places whose execution is noted (Vm::covered)
    std::uint32_t first_id = 0;  // of the first Code in `codes`
};

// Code of the module body; functions inside are its children, also in `out.codes`.
const Code* compile_module(const syntax::Tree& tree, std::string_view text, CompileOutput& out);
// Code that returns the value of the single expression in `tree`; null: it is something else.
const Code* compile_expression(const syntax::Tree& tree, std::string_view text, CompileOutput& out);

}  // namespace wh::program
