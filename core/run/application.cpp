#include "run/application.h"

namespace wh::run {

using program::Value;
using trust::PhaseResult;
using trust::TimeUs;

program::WebApplication* find_web_application(const Value& main_module) {
    const program::Module* module = program::as_module(main_module);
    if (!module) return nullptr;
    const auto app_of = [](const Value& value) -> program::WebApplication* {
        const program::Instance* instance = program::as_instance(value);
        return instance && instance->native ? instance->native->web_application() : nullptr;
    };
    if (const Value* named = module->globals.find("app")) {
        if (program::WebApplication* found = app_of(*named)) return found;
    }
    for (const program::Namespace::Entry& entry : module->globals.entries()) {
        if (program::WebApplication* found = app_of(entry.value)) return found;
    }
    return nullptr;
}

PythonApplication::PythonApplication(const program::Program& program, trust::Host host,
                                     RunMemory& memory)
    : program_(program), host_(std::move(host)), memory_(memory) {}

template <class F>
PhaseResult PythonApplication::within(TimeUs& now_us, F f) {
    if (vm_->clock() < now_us) vm_->clock() = now_us;
    const ArenaScope scope(&memory_.arena);
    PhaseResult result;
    f(result);
    result.seen = vm_->take_seen();
    now_us = vm_->clock();
    const ArenaScope outside(nullptr);
    return PhaseResult(result);
}

PhaseResult PythonApplication::start_anew(TimeUs& now_us) {
    vm_ = &memory_.make_vm(program_, host_, now_us);
    return within(now_us, [&](PhaseResult& result) {
        const Value module = vm_->import_main();
        if (!module) {
            result.failures.emplace_back("import-failed", vm_->describe(vm_->take_error()));
            return;
        }
        app_ = find_web_application(module);
        if (app_ && !app_->start_up(*vm_)) {
            // What went wrong is among the exceptions seen; uvicorn only tells that it failed.
            vm_->take_error();
            result.failures.emplace_back("lifespan.startup.failed", std::nullopt);
            app_ = nullptr;
        }
    });
}

PhaseResult PythonApplication::start(trust::ClientNetwork& network, TimeUs& now_us) {
    memory_.network.lead_to(network);
    std::optional<RunMemory::Started>& known = memory_.started;
    if (known && known->program == &program_ && known->began_us == now_us && known->host == host_) {
        memory_.arena.restore(*known->image);
        vm_ = memory_.vm;
        app_ = known->app;
        now_us = known->ended_us;
        return known->result;
    }
    known.reset();
    RunMemory::Started fresh;
    fresh.began_us = now_us;
    PhaseResult result = start_anew(now_us);
    if (memory_.network.used()) return result;
    fresh.image = memory_.arena.save();
    if (!fresh.image) return result;
    fresh.program = &program_;
    fresh.host = host_;
    fresh.ended_us = now_us;
    fresh.app = app_;
    fresh.result = result;
    known = std::move(fresh);
    return result;
}

PhaseResult PythonApplication::request(const trust::InboundRequest& request, TimeUs& now_us) {
    if (!app_) return {};
    return within(now_us, [&](PhaseResult& result) {
        std::optional<Value> unhandled;
        result.response = app_->handle(*vm_, request, unhandled);
        if (unhandled) result.unhandled = vm_->describe(*unhandled);
        if (request.settle_us > 0) vm_->run_pending(vm_->clock() + request.settle_us);
    });
}

PhaseResult PythonApplication::stop(TimeUs& now_us) {
    if (!app_) return {};
    return within(now_us, [&](PhaseResult&) { app_->shut_down(*vm_); });
}

}  // namespace wh::run
