#include "rules/rule.h"

namespace wh::rules {

namespace {

struct RegistryEntry {
    std::string_view stem;
    const Rule& (*get)();
};

}  // namespace

#include "rules_registry.inc"  // made from the file names

namespace {

constexpr std::size_t kCount = sizeof kRegistry / sizeof kRegistry[0];

struct Table {
    const Rule* items[kCount];
    Table() : items{} {
        for (std::size_t i = 0; i < kCount; ++i) items[i] = &kRegistry[i].get();
    }
};

}  // namespace

std::span<const Rule* const> all_rules() {
    static const Table table;  // immutable after construction
    return {table.items, kCount};
}

std::vector<trust::Finding> run_rules(const RuleInput& input) {
    std::vector<trust::Finding> all;
    for (const Rule* rule : all_rules()) {
        std::vector<trust::Finding> found;
        rule->check(input, found);
        for (trust::Finding& finding : found) {
            finding.rule = rule->info.id;
            finding.name = rule->info.name;
            finding.category = rule->info.category;
            finding.cwe = rule->info.cwe;
            std::string_view rest = rule->info.owasp;
            while (!rest.empty()) {
                const std::size_t space = rest.find(' ');
                finding.owasp_api_2023.emplace_back(rest.substr(0, space));
                rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
            }
            all.push_back(std::move(finding));
        }
    }
    return all;
}

}  // namespace wh::rules
