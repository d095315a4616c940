// dnspython 2.7.0, the native part: one query. The resolvers are written in Python (dns.*.py beside
// this).
#include "base/text.h"
#include "libraries/clients/_python_part.h"
#include "libraries/library.h"
#include "libraries/shared/lookup.h"

namespace wh::libraries {

namespace {

trust::Lookup::Kind kind_of(trust::RecordType type) {
    using trust::RecordType;
    if (type == RecordType::A || type == RecordType::Aaaa) return trust::Lookup::Kind::Addresses;
    return type == RecordType::Ptr ? trust::Lookup::Kind::Name : trust::Lookup::Kind::Record;
}

// lookup(name, type, seconds): (status, values, canonical name, TTL); status 0 there, 1 no such
// name, 2 no record of that type, 3 the server failed, 4 no answer in time.
Value lookup(Vm& vm, Arguments& arguments) {
    const Value& name = arguments.positional[0];
    const std::string asked = vm.symbolic(name).text;
    const auto type = static_cast<trust::RecordType>(arguments.positional[1].integer);
    const trust::Origin* origin = note_lookup(vm, kind_of(type), name);
    if (vm.checking()) {
        const int there = vm.decide(vm.current_span(), 2, cat("DNS answer for ", asked));
        return vm.tuple({Value::of(there), vm.list({vm.unknown(origin, "record", vm.types().str)}),
                         name, Value::of(60)});
    }
    TimeUs limit = 0;
    seconds(arguments.positional[2], limit);
    const TimeUs own = limit > 0 ? vm.clock() + limit : trust::kNoDeadline;
    const trust::LookupResult found =
        vm.network().query(asked, type, vm.clock(), std::min(own, vm.deadline()));
    if (found.status == trust::LookupResult::Status::TimedOut && vm.clock() >= vm.deadline()) {
        return vm.raise_cancelled();
    }
    std::vector<Value> values;
    for (const std::string& value : found.values) values.push_back(vm.str(value, origin));
    return vm.tuple({Value::of(static_cast<std::int64_t>(found.status)), vm.list(std::move(values)),
                     vm.str(found.canonical_name, origin),
                     Value::of(static_cast<std::int64_t>(found.ttl))});
}
// unknown(value, label, number): in checking, a part of an answer.
Value part(Vm& vm, Arguments& arguments) {
    return vm.unknown(arguments.positional[0].origin, std::string(text_of(arguments.positional[1])),
                      arguments.positional[2].is_true() ? vm.types().integer : vm.types().str);
}

void install_native(Vm& vm, Module& module) {
    install_python_part(vm, module);
    vm.function(module, "lookup", &lookup);
    vm.function(module, "unknown", &part);
}

constexpr Meaning kMeanings[] = {
    {"dns.resolver.resolve, dns.asyncresolver.resolve", "qname",
     "What the resolver says, and whoever poisons it: an address, or where a service is (SRV).",
     "reality p77, p78"},
    {"dns.resolver.resolve_address", "ipaddr",
     "The name that the owner of the address has written down; it proves nothing.", "reality p77"},
    {"dns.resolver.Resolver", "nameservers",
     "Who is asked instead of the machine's resolver; the way there is as open as any.",
     "dnspython 2.7.0 resolver.py"},
};
constexpr ModuleInstaller kModules[] = {{"_dns", &install_native}};

}  // namespace

const Library& library_dnspython() {
    static const Library library{"dnspython", "2.7.0", "DNS lookups", true, kModules, kMeanings};
    return library;
}

}  // namespace wh::libraries
