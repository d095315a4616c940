// socket (Python 3.13 library reference): names to addresses, and the exceptions that all clients
// share.
#include "base/address.h"
#include "base/text.h"
#include "libraries/clients/_socket_wire.h"
#include "libraries/library.h"
#include "libraries/shared/fetch.h"
#include "libraries/shared/lookup.h"

namespace wh::libraries {

namespace {

using trust::LookupResult;
using Kind = trust::Lookup::Kind;

Value raise_herror(Vm& vm) {
    return vm.raise(vm.make_exception(vm.class_in("socket", "herror"),
                                      std::vector<Value>{Value::of(1), vm.str("Unknown host")}));
}

// The addresses of a name; an address stands for itself. false: gaierror raised.
bool resolve(Vm& vm, const std::string& host, std::vector<std::string>& out) {
    out.clear();
    if (is_address(host)) {
        out.push_back(host);
        return true;
    }
    if (host.empty()) {
        out.emplace_back("0.0.0.0");
        return true;
    }
    const LookupResult found = vm.network().get_address_info(host, vm.clock(), trust::kNoDeadline);
    Failure failure;
    switch (found.status) {
        case LookupResult::Status::Ok:
            break;
        case LookupResult::Status::NoSuchName:
            failure.kind = Failure::Kind::NoSuchName;
            break;
        case LookupResult::Status::NoData:
            failure.kind = Failure::Kind::NoAddress;
            break;
        case LookupResult::Status::ServerFailure:
        case LookupResult::Status::TimedOut:
            failure.kind = Failure::Kind::ResolverFailed;
            break;
    }
    out = found.values;
    if (!failure && out.empty()) failure.kind = Failure::Kind::NoAddress;
    if (failure) vm.raise(standard_exception(vm, failure));
    return !failure;
}

// The first IPv4 address, as gethostbyname wants it.
bool first_ipv4(Vm& vm, const std::string& host, std::string& out) {
    std::vector<std::string> all;
    if (!resolve(vm, host, all)) return false;
    for (const std::string& each : all) {
        if (!is_ipv4(each)) continue;
        out = each;
        return true;
    }
    Failure failure;
    failure.kind = Failure::Kind::NoAddress;
    vm.raise(standard_exception(vm, failure));
    return false;
}

Value gethostbyname(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "gethostbyname", "host", bound)) return {};
    const trust::Origin* origin = note_lookup(vm, Kind::Addresses, bound["host"]);
    if (vm.checking()) return vm.unknown(origin, "address", vm.types().str);
    std::string address;
    if (!first_ipv4(vm, vm.symbolic(bound["host"]).text, address)) return {};
    return vm.str(address, origin);
}

Value gethostbyname_ex(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "gethostbyname_ex", "host", bound)) return {};
    const trust::Origin* origin = note_lookup(vm, Kind::Addresses, bound["host"]);
    if (vm.checking()) {
        return vm.tuple(
            {bound["host"], vm.list(), vm.list({vm.unknown(origin, "address", vm.types().str)})});
    }
    std::vector<std::string> all;
    // CPython asks twice: first for an address, then for the names and addresses.
    const std::string host = vm.symbolic(bound["host"]).text;
    if (!resolve(vm, host, all) || !resolve(vm, host, all)) return {};
    std::vector<Value> addresses;
    for (const std::string& each : all) {
        if (is_ipv4(each)) addresses.push_back(vm.str(each, origin));
    }
    return vm.tuple({bound["host"], vm.list(), vm.list(std::move(addresses))});
}

Value getaddrinfo(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "getaddrinfo", "host, port, family?, type?, proto?, flags?", bound))
        return {};
    const trust::Origin* origin = note_lookup(vm, Kind::Addresses, bound["host"]);
    const std::int64_t family = bound["family"].is_int() ? bound["family"].integer : 0;
    const std::int64_t kind = bound["type"].is_int() ? bound["type"].integer : 0;
    std::vector<std::string> all{"192.0.2.1"};
    if (!vm.checking() && !resolve(vm, vm.symbolic(bound["host"]).text, all)) return {};
    Value port = bound["port"];
    std::vector<Value> out;
    for (const std::string& address : all) {
        const bool v4 = is_ipv4(address);
        if (family != 0 && family != (v4 ? 2 : 10)) continue;
        const Value text =
            vm.checking() ? vm.unknown(origin, "address", vm.types().str) : vm.str(address, origin);
        const Value where =
            v4 ? vm.tuple({text, port}) : vm.tuple({text, port, Value::of(0), Value::of(0)});
        static constexpr int kProtocols[] = {6, 17, 0};  // of SOCK_STREAM, SOCK_DGRAM, SOCK_RAW
        for (int type = 1; type <= 3; ++type) {
            if (kind != 0 && kind != type) continue;
            if (vm.checking() && !out.empty()) break;  // one stands for all
            out.push_back(vm.tuple({Value::of(v4 ? 2 : 10), Value::of(type),
                                    Value::of(kProtocols[type - 1]), vm.str(""), where}));
        }
    }
    return vm.list(std::move(out));
}

// The name of an address by its PTR record: what any owner of the address may have written there.
bool name_of(Vm& vm, const std::string& given, std::string& name, std::string& address) {
    address = given;
    if (!is_address(given) && !first_ipv4(vm, given, address)) return false;
    std::vector<std::string> parts = split(address, '.');
    std::string query;
    for (std::size_t i = parts.size(); i-- > 0;) query += cat(parts[i], ".");
    const LookupResult found = vm.network().query(
        cat(query, "in-addr.arpa"), trust::RecordType::Ptr, vm.clock(), trust::kNoDeadline);
    if (found.status != LookupResult::Status::Ok || found.values.empty()) return true;
    name = found.values[0];
    if (name.ends_with('.')) name.pop_back();
    return true;
}

Value gethostbyaddr(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "gethostbyaddr", "host", bound)) return {};
    const trust::Origin* origin = note_lookup(vm, Kind::Name, bound["host"]);
    if (vm.checking()) {
        return vm.tuple(
            {vm.unknown(origin, "host name", vm.types().str), vm.list(), vm.list({bound["host"]})});
    }
    std::string name;
    std::string address;
    if (!name_of(vm, vm.symbolic(bound["host"]).text, name, address)) return {};
    if (name.empty()) return raise_herror(vm);
    return vm.tuple(
        {vm.str(name, origin), vm.list(), vm.list({vm.str(address, bound["host"].origin)})});
}

Value getfqdn(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "getfqdn", "name?", bound)) return {};
    if (!bound.has_value("name")) return vm.str("app");
    const trust::Origin* origin = note_lookup(vm, Kind::Name, bound["name"]);
    if (vm.checking()) return vm.unknown(origin, "host name", vm.types().str);
    std::string name;
    std::string address;
    const std::string given = vm.symbolic(bound["name"]).text;
    if (!name_of(vm, given, name, address)) {
        vm.take_error();  // getfqdn swallows OSError
        name.clear();
    }
    return name.empty() ? bound["name"] : vm.str(name, origin);
}

// inet_pton(family, text)
Value inet_pton(Vm& vm, Arguments& arguments) {
    Bound bound;
    if (!arguments.bind(vm, "inet_pton", "address_family, ip_string", bound)) return {};
    const std::string text = vm.symbolic(bound["ip_string"]).text;
    const bool wants_v4 = bound["address_family"].is_int() && bound["address_family"].integer == 2;
    if (is_ipv4(text) != wants_v4 || !is_address(text)) {
        return vm.raise(vm.types().os_error, "illegal IP address string passed to inet_pton");
    }
    return vm.bytes(*address_bytes(text), bound["ip_string"].origin);
}

void install_native(Vm& vm, Module& module) {
    for (const char* name : {"gaierror", "herror"}) {
        vm.make_class(module, name, {vm.types().os_error})->module = "socket";
    }
    static constexpr struct {
        const char* name;
        program::NativeFunction function;
    } kFunctions[] = {
        {"gethostbyname", &gethostbyname},
        {"gethostbyname_ex", &gethostbyname_ex},
        {"getaddrinfo", &getaddrinfo},
        {"gethostbyaddr", &gethostbyaddr},
        {"getfqdn", &getfqdn},
        {"inet_pton", &inet_pton},
    };
    for (const auto& each : kFunctions) vm.function(module, each.name, each.function);
    install_wire(vm, module);
}

constexpr ModuleInstaller kModules[] = {{"_socket", &install_native}};
constexpr std::string_view kReference = "Python 3.13 library reference, \"socket\"";
constexpr Meaning kMeanings[] = {
    {"socket.gethostbyname, socket.getaddrinfo", "host",
     "What the resolver says, and whoever poisons it.", kReference},
    {"socket.gethostbyaddr, socket.getfqdn", "address",
     "The name that the owner of the address has written down; it proves nothing.", kReference},
    {"socket.create_connection, socket.socket.connect", "address",
     "TCP to whoever has that address, or is said to have it; what is sent is plain text unless a "
     "context wraps the socket.",
     "reality u14"},
    {"socket.create_connection", "timeout", "For connecting to each address and for each step.",
     "reality u14"},
    {"socket.setdefaulttimeout", "timeout", "For sockets that get none of their own.",
     "reality u14"},
    {"socket", "attribute getaddrinfo",
     "A function put in its place answers every client that looks names up in Python; the name "
     "that is verified stays the same. httpx.AsyncClient hands it the name as bytes.",
     "reality u15"},
};

}  // namespace

const Library& library_socket() {
    static const Library library{"socket", "3.13",   "Names and addresses",
                                 true,     kModules, kMeanings};
    return library;
}

}  // namespace wh::libraries
