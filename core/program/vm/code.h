// What the compiler makes of a function, class body, module, lambda or generator expression, and
// what the interpreter runs. Immutable and shared by all runs of a Program: constants are plain
// data here and become Values once per Vm (Interpreter::constants_of).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "program/arguments.h"
#include "syntax/tree.h"

namespace wh::program {

// One operand each. "->" shows the stack, top at the right; TOS is the top.
enum class Op : std::uint8_t {
    Nop,
    Mark,  // index into CompileOutput::marks
    Pop,
    Copy,       // n: pushes a copy of the n-th value from the top (1 = TOS)
    Swap,       // n: exchanges TOS with the n-th value from the top
    LoadConst,  // constant
    LoadNull,   // pushes Value() (no value)
    LoadFast,   // local
    StoreFast,
    DeleteFast,
    LoadCell,  // cell (own cells first, then free ones)
    StoreCell,
    DeleteCell,
    LoadName,  // name: class body or module: locals, globals, builtins
    StoreName,
    DeleteName,
    LoadGlobal,  // name
    StoreGlobal,
    DeleteGlobal,
    LoadClassCell,   // cell: a free name in a class body: its locals first
    LoadAttribute,   // name
    StoreAttribute,  // name: value object ->
    DeleteAttribute,
    LoadMethod,  // name: object -> function self | callable Null, for CallMethod
    GetItem,
    SetItem,  // value object key ->
    DeleteItem,
    Binary,     // syntax::BinaryOp
    Inplace,    // syntax::BinaryOp
    Unary,      // syntax::UnaryOp
    Compare,    // syntax::CompareOp
    BuildList,  // n
    BuildTuple,
    BuildSet,
    BuildDict,    // n pairs
    BuildSlice,   // lower upper step ->
    BuildString,  // n texts
    ListAppend,   // n: container is the n-th from the top after TOS was taken
    SetAdd,
    DictAdd,     // key value -> ; as ListAppend
    ListExtend,  // list iterable -> list
    SetUpdate,   // set iterable -> set
    DictUpdate,  // dict mapping -> dict
    DictMerge,   // as DictUpdate for **kwargs of a call: repeated keys are a TypeError
    ListToTuple,
    FormatValue,  // conversion | 0x100 if a format spec is on the stack
    Unpack,       // n
    UnpackStar,   // before | after << 12
    Jump,         // target
    PopJumpIfFalse,
    PopJumpIfTrue,
    PopJumpIfNone,
    JumpIfFalseOrPop,
    JumpIfTrueOrPop,
    GetIterator,
    ForIterator,    // target when exhausted (iterator popped)
    Call,           // call site: callable args... keyword values... -> result
    CallMethod,     // call site: function self args... -> result (see LoadMethod)
    CallStar,       // call site: callable list dict-or-Null -> result
    CallDecorator,  // call site: decorator decorated -> result
    MakeFunction,   // child code: [defaults tuple] [keyword defaults dict] [annotations dict] ->
                    // function
    BuildClass,     // call site; see compile_classes.cpp for the stack
    Return,
    Yield,  // 0: plain; 1: passes on what an awaited or delegated-to thing yields;
            // 2: value of an async generator
    GetYieldFrom,
    GetAwaitable,
    Send,  // target when finished: iterator value -> iterator yielded | result
    GetAsyncIterator,
    GetAsyncNext,  // aiter -> aiter awaitable
    EndAsyncFor,   // handler: StopAsyncIteration ends the loop (falls through), others go on
    SetupTry,      // target of the handler; there the stack is as high as here
    SetupWith,     // the same, without TOS
    PushHandled,   // exception -> ; it is now the one being handled
    PopBlock,
    LoadHandled,  // the exception being handled
    PopHandled,
    Reraise,              // the exception being handled, as it is
    Raise,                // 0: bare; 1: exception; 2: exception cause
    MatchException,       // type -> bool
    MatchExceptionGroup,  // group type -> rest match-or-None
    RaiseStar,      // list of raised parts, rest or None -> ; raises what must go on, if anything
    WithEnter,      // manager -> exit result
    WithExit,       // exit -> result of exit(None, None, None)
    WithExitError,  // exit -> exit result-of-exit(type, exception, None)
    AsyncWithEnter,
    AsyncWithExit,
    AsyncWithExitError,
    ImportName,            // name: dotted; list of names (tuple) level -> module
    ImportFrom,            // name: module -> module value
    ImportStar,            // module ->
    LoadBuildAnnotations,  // pushes __annotations__ of the module or class body, made if missing
    LoadAssertionError,
    GetLength,      // pushes len(TOS)
    MatchSequence,  // pushes bool
    MatchMapping,   // pushes bool
    MatchKeys,      // subject keys -> tuple of values, or None
    MatchClass,     // count of positional: subject class keyword-names -> tuple, or None
    SyntaxError,    // constant with the message
};

struct Instruction {
    Op op = Op::Nop;
    std::uint32_t arg = 0;
};

struct Constant {
    enum class Kind : std::uint8_t {
        None,
        Bool,
        Int,
        BigInt,
        Float,
        Complex,
        Ellipsis,
        Str,
        Bytes,
        StrTuple,
    };
    Kind kind = Kind::None;
    std::int64_t integer = 0;  // also Bool
    double real = 0;
    std::string text;  // BigInt: digits
    std::vector<std::string> texts;
    const trust::Origin* origin = nullptr;
};

struct Code {
    std::uint32_t id = 0;  // position in its owner's list: key of per-Vm caches
    std::uint32_t file = 0;
    std::string name;      // co_name: "pay", "<module>", "<lambda>", "<genexpr>"
    std::string qualname;  // "Payment.total", "outer.<locals>.inner"
    Span span;             // of the def or class statement, lambda or file
    Span name_span;
    const syntax::Stmt* statement = nullptr;                     // def or class statement, or null
    const std::vector<syntax::Parameter>* parameters = nullptr;  // of a function or lambda, or null

    bool is_library = false;  // of a library written in Python: nobody's place, nothing is seen there
    bool is_module = false;
    bool is_class_body = false;
    bool is_function = false;
    bool is_comprehension = false;  // or generator expression
    bool is_generator = false;      // exactly one of these three, or none
    bool is_coroutine = false;
    bool is_async_generator = false;
    bool future_annotations = false;  // annotations are text

    std::uint32_t positional_only = 0;
    std::uint32_t positional = 0;  // including positional-only ones
    std::uint32_t keyword_only = 0;
    bool has_star = false;
    bool has_double_star = false;
    // Names of fast locals: parameters (positional, keyword-only, *args, **kwargs), then others.
    std::vector<std::string> locals;
    // Own cell variables, then free ones (which a function gets from its closure).
    std::vector<std::string> cells;
    std::uint32_t own_cells = 0;
    // A parameter that is a cell: moved from its fast local into the cell at entry.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> cell_parameters;  // local, cell
    // For a function made inside: where its closure comes from (cell indexes of the enclosing
    // code).
    std::vector<std::uint32_t> closure;
    bool has_doc = false;
    std::string doc;

    std::vector<std::uint32_t> statement_starts;  // of a module: its own statements, and their end
    std::vector<Instruction> instructions;
    std::vector<Span> spans;  // one per instruction
    std::vector<std::string> names;
    std::vector<Constant> constants;
    std::vector<CallSite> sites;
    std::vector<const Code*> children;
};

}  // namespace wh::program
