// The pasted program as an application of the simulated world: binds program/ to trust::Application.
#pragma once

#include "program/program.h"
#include "run/run_memory.h"
#include "trust/application.h"

namespace wh::run {

// The web application among the globals of the main module: `app` if there is one, else the first.
// nullptr: none.
program::WebApplication* find_web_application(const program::Value& main_module);

class PythonApplication final : public trust::Application {
  public:
    // `memory` may have served runs before; what this run leaves there stays until the next begins.
    PythonApplication(const program::Program& program, trust::Host host, RunMemory& memory);

    trust::PhaseResult start(trust::ClientNetwork& network, trust::TimeUs& now_us) override;
    trust::PhaseResult request(const trust::InboundRequest& request,
                               trust::TimeUs& now_us) override;
    trust::PhaseResult stop(trust::TimeUs& now_us) override;

    // Of the whole run so far; null before start().
    [[nodiscard]] program::Vm* vm() const { return vm_; }
    [[nodiscard]] bool has_app() const { return app_ != nullptr; }

  private:
    // f(result) with the program's own memory in use; gives the result as memory of the outside.
    template <class F>
    trust::PhaseResult within(trust::TimeUs& now_us, F f);
    trust::PhaseResult start_anew(trust::TimeUs& now_us);

    const program::Program& program_;
    trust::Host host_;
    RunMemory& memory_;
    program::Vm* vm_ = nullptr;
    program::WebApplication* app_ = nullptr;
};

}  // namespace wh::run
