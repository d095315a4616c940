#include "syntax/parse.h"

#include <cstring>

#include <tree_sitter/api.h>

#include "base/check.h"
#include "syntax/concrete.h"
#include "syntax/lower.h"
#include "syntax/scan.h"

extern "C" const TSLanguage* tree_sitter_python(void);

namespace wh::syntax {

static constexpr const char* kKindNames[] = {
#define WH_SYNTAX_KIND(name, text) text,
    WH_SYNTAX_KINDS(WH_SYNTAX_KIND)
#undef WH_SYNTAX_KIND
};
static constexpr const char* kFieldNames[] = {
#define WH_SYNTAX_FIELD(name, text) text,
    WH_SYNTAX_FIELDS(WH_SYNTAX_FIELD)
#undef WH_SYNTAX_FIELD
};

// Grammar symbol -> Kind and grammar field -> Field, by name: the numbers change with its version.
struct GrammarTables {
    std::vector<Kind> kinds;
    std::vector<Field> fields;
    explicit GrammarTables(const TSLanguage* language) {
        const std::uint32_t symbols = ts_language_symbol_count(language);
        for (std::uint32_t i = 0; i < symbols; ++i) {
            const auto symbol = static_cast<TSSymbol>(i);
            Kind kind = Kind::Token;
            if (ts_language_symbol_type(language, symbol) == TSSymbolTypeRegular) {
                kind = Kind::Other;
                std::uint8_t k = static_cast<std::uint8_t>(Kind::Other) + 1;
                for (const char* name : kKindNames) {
                    if (std::strcmp(name, ts_language_symbol_name(language, symbol)) == 0) {
                        kind = static_cast<Kind>(k);
                    }
                    ++k;
                }
            }
            kinds.push_back(kind);
        }
        fields.push_back(Field::None);
        const std::uint32_t count = ts_language_field_count(language);
        for (std::uint32_t i = 1; i <= count; ++i) {
            const char* field = ts_language_field_name_for_id(language, static_cast<TSFieldId>(i));
            Field found = Field::None;
            std::uint8_t f = 1;
            for (const char* name : kFieldNames) {
                if (std::strcmp(name, field) == 0) found = static_cast<Field>(f);
                ++f;
            }
            fields.push_back(found);
        }
    }
};

ConcreteTree parse_concrete(const Scan& scanned) {
    const TSLanguage* language = tree_sitter_python();
    const GrammarTables tables(language);
    TSParser* parser = ts_parser_new();
    WH_CHECK(ts_parser_set_language(parser, language));
    TSTree* parsed = ts_parser_parse_string(parser, nullptr, scanned.shadow.data(),
                                            static_cast<std::uint32_t>(scanned.shadow.size()));
    WH_CHECK(parsed != nullptr);

    ConcreteTree tree;
    const auto copy = [&](TSNode node, TSFieldId field) {
        ConcreteNode out;
        const TSSymbol symbol = ts_node_symbol(node);
        out.kind = ts_node_is_error(node) || symbol >= tables.kinds.size() ? Kind::Error
                                                                           : tables.kinds[symbol];
        out.field = tables.fields[field];
        out.missing = ts_node_is_missing(node);
        out.begin = scanned.position(ts_node_start_byte(node));
        out.end = scanned.position(ts_node_end_byte(node));
        const auto id = static_cast<NodeId>(tree.nodes.size());
        if (out.missing) tree.missing.push_back({id, ts_language_symbol_name(language, symbol)});
        tree.nodes.push_back(out);
        return id;
    };

    TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(parsed));
    std::vector<NodeId> path{copy(ts_tree_cursor_current_node(&cursor), 0)};
    bool descend = ts_tree_cursor_goto_first_child(&cursor);
    NodeId previous = kNoNode;  // the sibling before the cursor, if it was copied
    while (descend) {
        const TSNode node = ts_tree_cursor_current_node(&cursor);
        NodeId id = previous;
        // Extras other than errors: comments, line continuations.
        if (!ts_node_is_extra(node) || ts_node_is_error(node)) {
            id = copy(node, ts_tree_cursor_current_field_id(&cursor));
            if (previous != kNoNode) {
                tree.nodes[previous].next = id;
            } else {
                tree.nodes[path.back()].first_child = id;
            }
            if (ts_tree_cursor_goto_first_child(&cursor)) {
                path.push_back(id);
                previous = kNoNode;
                continue;
            }
        }
        previous = id;
        while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
            if (path.size() == 1) {
                descend = false;
                break;
            }
            ts_tree_cursor_goto_parent(&cursor);
            previous = path.back();
            path.pop_back();
        }
    }
    ts_tree_cursor_delete(&cursor);
    ts_tree_delete(parsed);
    ts_parser_delete(parser);
    return tree;
}

Tree parse(std::string_view text, std::uint32_t file) {
    Tree tree;
    tree.file = file;
    std::string cleaned;
    if (clean_text(text, tree, cleaned)) text = cleaned;
    const Scan scanned = scan(text, tree);
    if (scanned.parseable) lower(text, parse_concrete(scanned), tree);
    finish_diagnostics(text, tree);
    return tree;
}

}  // namespace wh::syntax
