#include "rules/shared/names.h"

#include "base/text.h"
#include "rules/shared/subjects.h"

namespace wh::rules {

bool by_service_discovery(const trust::OutboundCall& call) {
    if (stays_on_machine(call)) return false;
    const trust::SymbolicText& host = call.host.value;
    for (const trust::TextPart& part : host.parts) {
        if (trust::comes_from(part.origin, trust::OriginKind::Response)) return true;
    }
    if (call.host_is_address || !host.fully_known() || host.text.empty()) return false;
    const std::string name = ascii_lower(host.text);
    if (name.find('.') == std::string::npos) return true;
    constexpr std::string_view kClusterDomains[] = {".svc", ".cluster.local", ".consul",
                                                    ".mesh.local"};
    for (const std::string_view domain : kClusterDomains) {
        if (name.ends_with(domain)) return true;
    }
    return name.find(".svc.") != std::string::npos;
}

}  // namespace wh::rules
