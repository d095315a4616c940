#include "libraries/shared/place.h"

#include "libraries/shared/fetch.h"

namespace wh::libraries {

Span CallPlace::argument(std::int64_t index, std::string_view name) const {
    for (const auto& [key, span] : keywords) {
        if (key == name) return span;
    }
    const auto at = static_cast<std::size_t>(index);
    return index >= 0 && at < positional.size() ? positional[at] : Span{};
}

Value call_place(Vm& vm, program::Class* cls) {
    auto made = std::make_unique<CallPlace>();
    made->call = vm.current_span();
    made->function = calling_function(vm);
    if (const program::CallSite* site = vm.pasted_call_site()) {
        made->call = site->span;
        if (!site->has_star) made->positional = site->positional;
        made->keywords = site->keywords;
    }
    return vm.instance(cls, std::move(made));
}

}  // namespace wh::libraries
