// The concrete tree as lowering reads it: tree-sitter's nodes copied into one array, so that only
// parse.cpp knows tree-sitter, going to a child or sibling is an array access, and neither building
// nor freeing the tree recurses.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "syntax/scan.h"

namespace wh::syntax {

// Named nodes of the grammar that lowering looks at; everything else named is Other, unnamed tokens
// (keywords, operators, brackets) are Token: their text tells them apart.
#define WH_SYNTAX_KINDS(X)                                 \
    X(AliasedImport, "aliased_import")                     \
    X(ArgumentList, "argument_list")                       \
    X(AsPattern, "as_pattern")                             \
    X(AsPatternTarget, "as_pattern_target")                \
    X(AssertStatement, "assert_statement")                 \
    X(Assignment, "assignment")                            \
    X(Attribute, "attribute")                              \
    X(AugmentedAssignment, "augmented_assignment")         \
    X(Await, "await")                                      \
    X(BinaryOperator, "binary_operator")                   \
    X(Block, "block")                                      \
    X(BooleanOperator, "boolean_operator")                 \
    X(BreakStatement, "break_statement")                   \
    X(Call, "call")                                        \
    X(CaseClause, "case_clause")                           \
    X(CasePattern, "case_pattern")                         \
    X(Chevron, "chevron")                                  \
    X(ClassDefinition, "class_definition")                 \
    X(ClassPattern, "class_pattern")                       \
    X(ComparisonOperator, "comparison_operator")           \
    X(ComplexPattern, "complex_pattern")                   \
    X(ConcatenatedString, "concatenated_string")           \
    X(ConditionalExpression, "conditional_expression")     \
    X(ConstrainedType, "constrained_type")                 \
    X(ContinueStatement, "continue_statement")             \
    X(DecoratedDefinition, "decorated_definition")         \
    X(Decorator, "decorator")                              \
    X(DefaultParameter, "default_parameter")               \
    X(DeleteStatement, "delete_statement")                 \
    X(DictPattern, "dict_pattern")                         \
    X(Dictionary, "dictionary")                            \
    X(DictionaryComprehension, "dictionary_comprehension") \
    X(DictionarySplat, "dictionary_splat")                 \
    X(DictionarySplatPattern, "dictionary_splat_pattern")  \
    X(DottedName, "dotted_name")                           \
    X(ElifClause, "elif_clause")                           \
    X(Ellipsis, "ellipsis")                                \
    X(ElseClause, "else_clause")                           \
    X(ExceptClause, "except_clause")                       \
    X(ExecStatement, "exec_statement")                     \
    X(ExpressionList, "expression_list")                   \
    X(ExpressionStatement, "expression_statement")         \
    X(False, "false")                                      \
    X(FinallyClause, "finally_clause")                     \
    X(Float, "float")                                      \
    X(ForInClause, "for_in_clause")                        \
    X(ForStatement, "for_statement")                       \
    X(FormatExpression, "format_expression")               \
    X(FormatSpecifier, "format_specifier")                 \
    X(FunctionDefinition, "function_definition")           \
    X(FutureImportStatement, "future_import_statement")    \
    X(GeneratorExpression, "generator_expression")         \
    X(GenericType, "generic_type")                         \
    X(GlobalStatement, "global_statement")                 \
    X(Identifier, "identifier")                            \
    X(IfClause, "if_clause")                               \
    X(IfStatement, "if_statement")                         \
    X(ImportFromStatement, "import_from_statement")        \
    X(ImportPrefix, "import_prefix")                       \
    X(ImportStatement, "import_statement")                 \
    X(Integer, "integer")                                  \
    X(Interpolation, "interpolation")                      \
    X(KeywordArgument, "keyword_argument")                 \
    X(KeywordPattern, "keyword_pattern")                   \
    X(KeywordSeparator, "keyword_separator")               \
    X(Lambda, "lambda")                                    \
    X(LambdaParameters, "lambda_parameters")               \
    X(List, "list")                                        \
    X(ListComprehension, "list_comprehension")             \
    X(ListPattern, "list_pattern")                         \
    X(ListSplat, "list_splat")                             \
    X(ListSplatPattern, "list_splat_pattern")              \
    X(MatchStatement, "match_statement")                   \
    X(MemberType, "member_type")                           \
    X(NamedExpression, "named_expression")                 \
    X(None, "none")                                        \
    X(NonlocalStatement, "nonlocal_statement")             \
    X(NotOperator, "not_operator")                         \
    X(Pair, "pair")                                        \
    X(Parameters, "parameters")                            \
    X(ParenthesizedExpression, "parenthesized_expression") \
    X(PassStatement, "pass_statement")                     \
    X(PatternList, "pattern_list")                         \
    X(PositionalSeparator, "positional_separator")         \
    X(PrintStatement, "print_statement")                   \
    X(RaiseStatement, "raise_statement")                   \
    X(RelativeImport, "relative_import")                   \
    X(ReturnStatement, "return_statement")                 \
    X(Set, "set")                                          \
    X(SetComprehension, "set_comprehension")               \
    X(Slice, "slice")                                      \
    X(SplatPattern, "splat_pattern")                       \
    X(SplatType, "splat_type")                             \
    X(String, "string")                                    \
    X(StringEnd, "string_end")                             \
    X(StringStart, "string_start")                         \
    X(Subscript, "subscript")                              \
    X(True, "true")                                        \
    X(TryStatement, "try_statement")                       \
    X(Tuple, "tuple")                                      \
    X(TuplePattern, "tuple_pattern")                       \
    X(Type, "type")                                        \
    X(TypeAliasStatement, "type_alias_statement")          \
    X(TypeConversion, "type_conversion")                   \
    X(TypeParameter, "type_parameter")                     \
    X(TypedDefaultParameter, "typed_default_parameter")    \
    X(TypedParameter, "typed_parameter")                   \
    X(UnaryOperator, "unary_operator")                     \
    X(UnionPattern, "union_pattern")                       \
    X(UnionType, "union_type")                             \
    X(WhileStatement, "while_statement")                   \
    X(WildcardImport, "wildcard_import")                   \
    X(WithClause, "with_clause")                           \
    X(WithItem, "with_item")                               \
    X(WithStatement, "with_statement")                     \
    X(Yield, "yield")

enum class Kind : std::uint8_t {
    Token,
    Error,  // what tree-sitter could not place
    Other,
#define WH_SYNTAX_KIND(name, text) name,
    WH_SYNTAX_KINDS(WH_SYNTAX_KIND)
#undef WH_SYNTAX_KIND
};

#define WH_SYNTAX_FIELDS(X)                \
    X(Alias, "alias")                      \
    X(Alternative, "alternative")          \
    X(Argument, "argument")                \
    X(Arguments, "arguments")              \
    X(Attribute, "attribute")              \
    X(Body, "body")                        \
    X(Cause, "cause")                      \
    X(Condition, "condition")              \
    X(Consequence, "consequence")          \
    X(Definition, "definition")            \
    X(Expression, "expression")            \
    X(FormatSpecifier, "format_specifier") \
    X(Function, "function")                \
    X(Guard, "guard")                      \
    X(Key, "key")                          \
    X(Left, "left")                        \
    X(ModuleName, "module_name")           \
    X(Name, "name")                        \
    X(Object, "object")                    \
    X(Operator, "operator")                \
    X(Operators, "operators")              \
    X(Parameters, "parameters")            \
    X(ReturnType, "return_type")           \
    X(Right, "right")                      \
    X(Subject, "subject")                  \
    X(Subscript, "subscript")              \
    X(Superclasses, "superclasses")        \
    X(Type, "type")                        \
    X(TypeConversion, "type_conversion")   \
    X(TypeParameters, "type_parameters")   \
    X(Value, "value")

enum class Field : std::uint8_t {
    None,
#define WH_SYNTAX_FIELD(name, text) name,
    WH_SYNTAX_FIELDS(WH_SYNTAX_FIELD)
#undef WH_SYNTAX_FIELD
};

using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = 0;  // the root is nobody's child

struct ConcreteNode {
    Kind kind = Kind::Other;
    Field field = Field::None;  // the role in its parent
    bool missing = false;       // inserted by error recovery; empty
    std::uint32_t begin = 0;    // bytes in the text
    std::uint32_t end = 0;
    NodeId first_child = kNoNode;
    NodeId next = kNoNode;
};

struct ConcreteTree {
    struct Missing {
        NodeId node;
        const char* name;  // grammar's word for it: ":", "identifier"
    };
    std::vector<ConcreteNode> nodes;  // [0] is the root; comments are left out
    std::vector<Missing> missing;
};

// Never fails: what does not fit the grammar is in Error nodes.
ConcreteTree parse_concrete(const Scan& scanned);

// for (NodeId child : Children(tree, node))
class Children {
  public:
    class Iterator {
      public:
        Iterator(const ConcreteTree& tree, NodeId id) : tree_(tree), id_(id) {}
        NodeId operator*() const { return id_; }
        Iterator& operator++() {
            id_ = tree_.nodes[id_].next;
            return *this;
        }
        bool operator!=(const Iterator& other) const { return id_ != other.id_; }

      private:
        const ConcreteTree& tree_;
        NodeId id_;
    };
    Children(const ConcreteTree& tree, NodeId parent)
        : tree_(tree), first_(tree.nodes[parent].first_child) {}
    [[nodiscard]] Iterator begin() const { return {tree_, first_}; }
    [[nodiscard]] Iterator end() const { return {tree_, kNoNode}; }

  private:
    const ConcreteTree& tree_;
    NodeId first_;
};

}  // namespace wh::syntax
