// Runs small Python programs on the evaluator, without a network: what they print, what they raise.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "libraries/library.h"
#include "program/program.h"
#include "program/vm.h"

namespace wh::program {

// Every name is unknown, every address refuses.
class NullNetwork final : public trust::ClientNetwork {
  public:
    void begin_call(const trust::OutboundCall&, trust::TimeUs) override {}
    void end_call(int, trust::TimeUs) override {}
    trust::LookupResult get_address_info(std::string_view, trust::TimeUs& now_us,
                                         trust::TimeUs) override {
        now_us += 1000;
        return {trust::LookupResult::Status::NoSuchName, {}};
    }
    trust::LookupResult query(std::string_view, trust::RecordType, trust::TimeUs& now_us,
                              trust::TimeUs) override {
        now_us += 1000;
        return {trust::LookupResult::Status::NoSuchName, {}};
    }
    trust::ConnectResult connect(std::string_view, std::uint16_t, trust::TimeUs& now_us,
                                 trust::TimeUs) override {
        now_us += 1000;
        return {trust::ConnectResult::Status::Refused, 0, false};
    }
    trust::TlsResult start_tls(int, const trust::TrustPolicy&, trust::TimeUs&,
                               trust::TimeUs) override {
        return {};
    }
    void send(int, std::string_view, trust::TimeUs&) override {}
    trust::ReceiveResult receive(int, trust::TimeUs&, trust::TimeUs) override { return {}; }
    void close(int, trust::TimeUs) override {}
    [[nodiscard]] std::uint16_t local_port(int) const override { return 0; }
    [[nodiscard]] bool peer_closed(int, trust::TimeUs) const override { return false; }
};

// One run: the program and the Vm, kept so that a test can look at both.
struct Run {
    LibraryCode libraries;
    Program program;
    NullNetwork network;
    Vm vm;
    std::string error;  // "ValueError: text" of what left the module; empty: none

    explicit Run(std::vector<SourceFile> files, VmSettings settings = {},
                 Decider* decider = nullptr)
        : program(std::move(files), libraries),
          vm(program, libraries::module_source(), network, decider, std::move(settings)) {
        if (vm.import_main().is_null()) {
            const trust::ExceptionRecord record = vm.describe(vm.take_error());
            error = record.class_name + ": " + record.message;
        }
    }
    explicit Run(std::string text) : Run(std::vector<SourceFile>{{"snippet.py", std::move(text)}}) {}
};

// What the program prints; then, if an exception leaves it, "!ValueError: text".
inline std::string run(std::string text) {
    Run made(std::move(text));
    std::string output = made.vm.output();
    if (!made.error.empty()) output += "!" + made.error + "\n";
    for (const NotModelled& each : made.vm.not_modelled_list()) {
        output += "?" + each.what + "\n";
    }
    return output;
}

}  // namespace wh::program
