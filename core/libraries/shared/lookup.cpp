#include "libraries/shared/lookup.h"

#include "libraries/shared/symbolic.h"

namespace wh::libraries {

namespace {
constexpr std::size_t kLookupsMax = 1024;  // of one run
}

const trust::Origin* note_lookup(program::Vm& vm, trust::Lookup::Kind kind,
                                 const program::Value& subject) {
    const trust::Origin* answer =
        vm.origins().add(trust::OriginKind::Response, vm.current_span(), "DNS");
    std::vector<trust::Lookup>& all = vm.observations().lookups;
    if (vm.checking() && all.size() < kLookupsMax) {
        all.push_back(
            {kind, vm.current_span(), vm.current_function(), vm.symbolic(subject), answer});
    }
    return vm.derive({answer, subject.origin});
}

const trust::Origin* headers_of_answer(program::Vm& vm, const trust::Origin* answer) {
    if (!answer || answer->kind != trust::OriginKind::Response) return answer;
    return vm.origins().add(trust::OriginKind::Response, answer->span, "headers");
}

}  // namespace wh::libraries
