#include "run/application.h"

#include "libraries/library.h"

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

PythonApplication::PythonApplication(const program::Program& program, trust::Host host)
    : program_(program), host_(std::move(host)) {}

PythonApplication::~PythonApplication() = default;

void PythonApplication::finish(PhaseResult& result, TimeUs& now_us) {
    result.seen = vm_->take_seen();
    now_us = vm_->clock();
}

PhaseResult PythonApplication::start(trust::ClientNetwork& network, TimeUs& now_us) {
    PhaseResult result;
    program::VmSettings settings;
    settings.host = host_;
    vm_ = std::make_unique<program::Vm>(program_, libraries::module_source(), network, nullptr,
                                        std::move(settings));
    vm_->clock() = now_us;
    const Value module = vm_->import_main();
    if (!module) {
        result.failures.emplace_back("import-failed", vm_->describe(vm_->take_error()));
    } else {
        app_ = find_web_application(module);
        if (app_ && !app_->start_up(*vm_)) {
            // What went wrong is among the exceptions seen; uvicorn only tells that it failed.
            vm_->take_error();
            result.failures.emplace_back("lifespan.startup.failed", std::nullopt);
            app_ = nullptr;
        }
    }
    finish(result, now_us);
    return result;
}

PhaseResult PythonApplication::request(const trust::InboundRequest& request, TimeUs& now_us) {
    PhaseResult result;
    if (!app_) return result;
    if (vm_->clock() < now_us) vm_->clock() = now_us;
    std::optional<Value> unhandled;
    result.response = app_->handle(*vm_, request, unhandled);
    if (unhandled) result.unhandled = vm_->describe(*unhandled);
    if (request.settle_us > 0) vm_->run_pending(vm_->clock() + request.settle_us);
    finish(result, now_us);
    return result;
}

PhaseResult PythonApplication::stop(TimeUs& now_us) {
    PhaseResult result;
    if (!app_) return result;
    if (vm_->clock() < now_us) vm_->clock() = now_us;
    app_->shut_down(*vm_);
    finish(result, now_us);
    return result;
}

}  // namespace wh::run
