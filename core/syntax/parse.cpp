#include "syntax/parse.h"

#include <algorithm>
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

// tree-sitter's recovery from errors takes time that grows with the square of what it goes through,
// and one error may spoil all that follows. So the text is parsed in pieces: several statements
// together while there are no errors, else each statement at the left margin by itself; and what
// keeps having errors is given up.
static constexpr std::uint32_t kPieceBytes = 4096;
static constexpr std::uint32_t kLargeBytes = 12 << 10;
static constexpr std::uint32_t kRecoveryBytes = 48 << 10;  // of statements with errors, in one text

namespace {

class ConcreteParser {
  public:
    explicit ConcreteParser(const Scan& scanned)
        : scanned_(scanned), tables_(tree_sitter_python()), parser_(ts_parser_new()) {
        WH_CHECK(ts_parser_set_language(parser_, tree_sitter_python()));
    }
    ~ConcreteParser() { ts_parser_delete(parser_); }
    ConcreteParser(const ConcreteParser&) = delete;
    ConcreteParser& operator=(const ConcreteParser&) = delete;

    ConcreteTree run() {
        ConcreteNode root;
        root.end = scanned_.position(size());
        tree_.nodes.push_back(root);
        const std::vector<std::uint32_t>& units = scanned_.units;
        for (std::size_t first = 0; first == 0 || first < units.size();) {
            std::size_t last = first + 1;
            while (last < units.size() && units[last] - begin_of(first) < kPieceBytes) ++last;
            if (last == first + 1) {
                statement(begin_of(first), begin_of(last));
            } else if (!piece(begin_of(first), begin_of(last), false)) {
                if (recovery_left_ == 0) {
                    unreadable(begin_of(first), begin_of(last));
                } else {
                    for (std::size_t k = first; k < last; ++k) {
                        statement(begin_of(k), begin_of(k + 1));
                    }
                }
            }
            first = last;
        }
        return std::move(tree_);
    }

  private:
    // What tree-sitter tells on its way.
    struct Progress {
        std::uint32_t errors_max;
        std::uint32_t errors = 0;
        std::uint32_t position = 0;
    };

    [[nodiscard]] std::uint32_t size() const {
        return static_cast<std::uint32_t>(scanned_.shadow.size());
    }
    [[nodiscard]] std::uint32_t begin_of(std::size_t unit) const {
        if (unit == 0) return 0;
        return unit < scanned_.units.size() ? scanned_.units[unit] : size();
    }

    void statement(std::uint32_t begin, std::uint32_t end) {
        if (!piece(begin, end, true)) unreadable(begin + given_up_at_, end);
    }

    void unreadable(std::uint32_t begin, std::uint32_t end) {
        ConcreteNode node;
        node.kind = Kind::Error;
        node.begin = scanned_.position(begin);
        node.end = scanned_.position(end);
        append(node, kNoNode);
    }

    // Parses part of the shadow and adds its nodes to the root. False, and nothing is added, if
    // there were too many errors, or any unless it is a single statement.
    bool piece(std::uint32_t begin, std::uint32_t end, bool single) {
        std::string_view text = std::string_view(scanned_.shadow).substr(begin, end - begin);
        TSInput input{};
        input.payload = &text;
        input.encoding = TSInputEncodingUTF8;
        input.read = [](void* payload, std::uint32_t at, TSPoint, std::uint32_t* length) {
            const std::string_view& whole = *static_cast<const std::string_view*>(payload);
            *length = at < whole.size() ? static_cast<std::uint32_t>(whole.size()) - at : 0;
            return *length == 0 ? "" : whole.data() + at;
        };
        // A dead end is no error if another way of reading goes on, but a text without errors has
        // few. They show in the log only, which makes parsing three times as slow.
        const std::uint32_t size = end - begin;
        Progress progress{single ? 500 + size / 500 : 20 + size / 200};
        TSLogger logger{};
        if (size > kLargeBytes || recovery_left_ < kRecoveryBytes) {
            logger.payload = &progress;
            logger.log = [](void* payload, TSLogType, const char* message) {
                constexpr std::string_view kDeadEnd = "detect_error";
                if (std::strncmp(message, kDeadEnd.data(), kDeadEnd.size()) == 0) {
                    ++static_cast<Progress*>(payload)->errors;
                }
            };
        }
        ts_parser_set_logger(parser_, logger);
        TSParseOptions options{};
        options.payload = &progress;
        options.progress_callback = [](TSParseState* state) {
            Progress& seen = *static_cast<Progress*>(state->payload);
            seen.position = state->current_byte_offset;
            return seen.errors > seen.errors_max;
        };
        TSTree* parsed = ts_parser_parse_with_options(parser_, nullptr, input, options);
        const bool has_error = parsed == nullptr || ts_node_has_error(ts_tree_root_node(parsed));
        const bool taken = parsed != nullptr && (!has_error || single);
        if (taken) copy_tree(parsed, begin);
        if (parsed != nullptr) {
            ts_tree_delete(parsed);
        } else {
            ts_parser_reset(parser_);
            given_up_at_ = std::min(progress.position, size);
        }
        if (has_error && single) recovery_left_ -= std::min(recovery_left_, size);
        return taken;
    }

    NodeId append(const ConcreteNode& node, NodeId parent) {
        const auto id = static_cast<NodeId>(tree_.nodes.size());
        if (parent == kNoNode) {
            NodeId& link = last_of_root_ == kNoNode ? tree_.nodes[kNoNode].first_child
                                                    : tree_.nodes[last_of_root_].next;
            link = id;
            last_of_root_ = id;
        }
        tree_.nodes.push_back(node);
        return id;
    }

    NodeId copy(TSNode node, TSFieldId field, std::uint32_t offset, NodeId parent) {
        ConcreteNode out;
        const TSSymbol symbol = ts_node_symbol(node);
        out.kind = ts_node_is_error(node) || symbol >= tables_.kinds.size() ? Kind::Error
                                                                            : tables_.kinds[symbol];
        out.field = tables_.fields[field];
        out.missing = ts_node_is_missing(node);
        out.begin = scanned_.position(offset + ts_node_start_byte(node));
        out.end = scanned_.position(offset + ts_node_end_byte(node));
        const NodeId id = append(out, parent);
        if (out.missing) {
            tree_.missing.push_back({id, ts_language_symbol_name(tree_sitter_python(), symbol)});
        }
        return id;
    }

    void copy_tree(const TSTree* parsed, std::uint32_t offset) {
        const TSNode root = ts_tree_root_node(parsed);
        TSTreeCursor cursor = ts_tree_cursor_new(root);
        // A module gives its children to our root; what is no module is an error as a whole.
        std::vector<NodeId> path{kNoNode};
        if (ts_node_is_error(root)) path[0] = copy(root, 0, offset, kNoNode);
        const std::size_t floor = path.size();
        bool descend = ts_tree_cursor_goto_first_child(&cursor);
        NodeId previous = kNoNode;  // the sibling before the cursor, if it was copied
        while (descend) {
            const TSNode node = ts_tree_cursor_current_node(&cursor);
            NodeId id = previous;
            // Extras other than errors: comments, line continuations.
            if (!ts_node_is_extra(node) || ts_node_is_error(node)) {
                id = copy(node, ts_tree_cursor_current_field_id(&cursor), offset, path.back());
                if (path.back() == kNoNode) {
                    // append() has linked it
                } else if (previous != kNoNode) {
                    tree_.nodes[previous].next = id;
                } else {
                    tree_.nodes[path.back()].first_child = id;
                }
                if (ts_tree_cursor_goto_first_child(&cursor)) {
                    path.push_back(id);
                    previous = kNoNode;
                    continue;
                }
            }
            previous = id;
            while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
                if (path.size() == floor) {
                    descend = false;
                    break;
                }
                ts_tree_cursor_goto_parent(&cursor);
                previous = path.back();
                path.pop_back();
            }
        }
        ts_tree_cursor_delete(&cursor);
    }

    const Scan& scanned_;
    const GrammarTables tables_;
    TSParser* parser_;
    ConcreteTree tree_;
    NodeId last_of_root_ = kNoNode;
    std::uint32_t recovery_left_ = kRecoveryBytes;
    std::uint32_t given_up_at_ = 0;  // in the last piece that was
};

}  // namespace

ConcreteTree parse_concrete(const Scan& scanned) {
    return ConcreteParser(scanned).run();
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
