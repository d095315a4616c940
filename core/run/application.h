// The pasted program as an application of the simulated world: binds program/ to trust::Application.
#pragma once

#include <memory>

#include "program/program.h"
#include "program/vm.h"
#include "program/web_application.h"
#include "trust/application.h"

namespace wh::run {

// The web application among the globals of the main module: `app` if there is one, else the first.
// nullptr: none.
program::WebApplication* find_web_application(const program::Value& main_module);

class PythonApplication final : public trust::Application {
  public:
    PythonApplication(const program::Program& program, trust::Host host);
    ~PythonApplication() override;

    trust::PhaseResult start(trust::ClientNetwork& network, trust::TimeUs& now_us) override;
    trust::PhaseResult request(const trust::InboundRequest& request,
                               trust::TimeUs& now_us) override;
    trust::PhaseResult stop(trust::TimeUs& now_us) override;

    // Of the whole run so far; null before start().
    [[nodiscard]] program::Vm* vm() const { return vm_.get(); }
    [[nodiscard]] bool has_app() const { return app_ != nullptr; }

  private:
    void finish(trust::PhaseResult& result, trust::TimeUs& now_us);

    const program::Program& program_;
    trust::Host host_;
    std::unique_ptr<program::Vm> vm_;
    program::WebApplication* app_ = nullptr;
};

}  // namespace wh::run
