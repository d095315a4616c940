// aiohttp's natives: one outbound call with its policy, and one connection.
#pragma once

#include <memory>

#include "libraries/clients/_tls_context.h"

namespace wh::libraries {

// An announced call: what rules read and what the handshake is made with.
struct AiohttpCall : program::NativeState {
    static constexpr char kType = 0;
    AiohttpCall() : NativeState(&kType) {}
    trust::OutboundCall call;
    trust::TrustPolicy proxy_policy;
    const trust::Origin* origin = nullptr;  // of everything that is answered
    bool decided = false;                   // in checking: how the call ends
    Failure outcome;
};
// call(options)
Value aiohttp_call(Vm& vm, program::Arguments& arguments);
void install_aiohttp_wire(Vm& vm, program::Module& module);

}  // namespace wh::libraries
