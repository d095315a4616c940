#include "run/run_memory.h"

#include "libraries/library.h"

namespace wh::run {

template <class F>
auto BorderNetwork::outside(F f) const {
    used_ = true;
    const auto there = [&] {
        const ArenaScope scope(nullptr);
        return f(*network_);
    }();
    const ArenaScope scope(&arena_);
    return decltype(there)(there);
}

void BorderNetwork::begin_call(const trust::OutboundCall& call, trust::TimeUs now_us) {
    used_ = true;
    const ArenaScope scope(nullptr);
    network_->begin_call(call, now_us);
}

void BorderNetwork::end_call(int call_id, trust::TimeUs now_us) {
    used_ = true;
    const ArenaScope scope(nullptr);
    network_->end_call(call_id, now_us);
}

trust::LookupResult BorderNetwork::get_address_info(std::string_view name, trust::TimeUs& now_us,
                                                    trust::TimeUs deadline_us) {
    return outside([&](trust::ClientNetwork& to) { return to.get_address_info(name, now_us, deadline_us); });
}

trust::LookupResult BorderNetwork::query(std::string_view name, trust::RecordType type,
                                         trust::TimeUs& now_us, trust::TimeUs deadline_us) {
    return outside([&](trust::ClientNetwork& to) { return to.query(name, type, now_us, deadline_us); });
}

trust::ConnectResult BorderNetwork::connect(std::string_view address, std::uint16_t port,
                                            trust::TimeUs& now_us, trust::TimeUs deadline_us) {
    return outside([&](trust::ClientNetwork& to) { return to.connect(address, port, now_us, deadline_us); });
}

trust::TlsResult BorderNetwork::start_tls(int connection, const trust::TrustPolicy& policy,
                                          trust::TimeUs& now_us, trust::TimeUs deadline_us) {
    return outside(
        [&](trust::ClientNetwork& to) { return to.start_tls(connection, policy, now_us, deadline_us); });
}

void BorderNetwork::send(int connection, std::string_view bytes, trust::TimeUs& now_us) {
    const ArenaScope scope(nullptr);
    network_->send(connection, bytes, now_us);
}

trust::ReceiveResult BorderNetwork::receive(int connection, trust::TimeUs& now_us,
                                            trust::TimeUs deadline_us) {
    return outside([&](trust::ClientNetwork& to) { return to.receive(connection, now_us, deadline_us); });
}

void BorderNetwork::close(int connection, trust::TimeUs now_us) {
    const ArenaScope scope(nullptr);
    network_->close(connection, now_us);
}

std::uint16_t BorderNetwork::local_port(int connection) const {
    return network_->local_port(connection);
}

bool BorderNetwork::peer_closed(int connection, trust::TimeUs now_us) const {
    const ArenaScope scope(nullptr);
    return network_->peer_closed(connection, now_us);
}

RunMemory::RunMemory() = default;
RunMemory::~RunMemory() { forget(); }

void RunMemory::forget() {
    if (!Arena::in_use()) delete vm;
    vm = nullptr;
    arena.clear();
}

program::Vm& RunMemory::make_vm(const program::Program& program, const trust::Host& host,
                                trust::TimeUs now_us, program::Decider* decider) {
    forget();
    network.forget_use();
    const ArenaScope scope(&arena);
    program::VmSettings settings;
    settings.host = host;
    settings.checking = decider != nullptr;
    vm = new program::Vm(program, libraries::module_source(), network, decider, std::move(settings));
    vm->clock() = now_us;
    return *vm;
}

}  // namespace wh::run
