// An application of a paste without a world: every connection is refused. For tests of the web
// frameworks.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "../program/harness.h"
#include "program/web_application.h"

namespace wh::test {

// Answers every decision with "the ordinary one".
class Ordinary final : public program::Decider {
  public:
    int decide(Span, int, const std::string&) override { return 0; }
};

class App {
  public:
    explicit App(std::string text, bool checking = false)
        : program_({{"snippet.py", std::move(text)}}, libraries_) {
        program::VmSettings settings;
        settings.checking = checking;
        vm_ = std::make_unique<program::Vm>(program_, libraries::module_source(), network_,
                                            &decider_, std::move(settings));
        const program::Value module = vm_->import_main();
        if (!module) {
            problem = describe(vm_->take_error());
            return;
        }
        const program::Value app = vm_->find_attribute(module, "app");
        program::Instance* instance = program::as_instance(app);
        if (instance && instance->native) web = instance->native->web_application();
        if (!web) {
            problem = "no app";
        } else if (!checking && !web->start_up(*vm_)) {
            problem = describe(vm_->take_error());
        }
    }

    trust::InboundResponse ask(const std::string& method, const std::string& target,
                               const std::string& body = {},
                               trust::HeaderList headers = {{"host", "app.lab.example"}}) {
        unhandled.clear();
        if (!web) return {};
        trust::InboundRequest request;
        request.method = method;
        const std::size_t mark = target.find('?');
        request.path = target.substr(0, mark);
        if (mark != target.npos) request.query = target.substr(mark + 1);
        request.headers = std::move(headers);
        request.body = body;
        std::optional<program::Value> error;
        trust::InboundResponse answer = web->handle(*vm_, request, error);
        if (error) unhandled = describe(*error);
        return answer;
    }
    // "200 body"
    std::string show(const std::string& method, const std::string& target,
                     const std::string& body = {},
                     trust::HeaderList headers = {{"host", "app.lab.example"}}) {
        if (!problem.empty()) return problem;
        const trust::InboundResponse answer = ask(method, target, body, std::move(headers));
        std::string out = std::to_string(answer.status) + " " + answer.body;
        if (answer.broken) out += " (broken)";
        if (!unhandled.empty()) out += " !" + unhandled;
        return out;
    }
    std::string get(const std::string& target, trust::HeaderList more = {}) {
        more.emplace_back("host", "app.lab.example");
        return show("GET", target, {}, std::move(more));
    }
    std::string post_json(const std::string& target, const std::string& json) {
        return show("POST", target, json,
                    {{"host", "app.lab.example"}, {"content-type", "application/json"}});
    }
    std::string describe(const program::Value& error) {
        const trust::ExceptionRecord record = vm_->describe(error);
        return record.class_name + ": " + record.message;
    }
    program::Vm& vm() { return *vm_; }

    program::WebApplication* web = nullptr;
    std::string problem;    // why there is no app
    std::string unhandled;  // of the last request
    program::NullNetwork network_;

  private:
    program::LibraryCode libraries_;
    program::Program program_;
    Ordinary decider_;
    std::unique_ptr<program::Vm> vm_;
};

}  // namespace wh::test
