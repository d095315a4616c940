// The native part of urllib3 2.3 and requests: what a connection trusts, and one attempt at a
// request. Pools, retries and exceptions are written in Python (urllib3.*.py).
#pragma once

#include <memory>

#include "libraries/clients/_python_part.h"
#include "libraries/clients/_tls_context.h"
#include "libraries/library.h"

namespace wh::libraries {

// Idle connections of one pool.
struct Connections : program::NativeState {
    static constexpr char kType = 0;
    Connections() : NativeState(&kType) {}
    Pool pool;
};

// An answer whose body may still be on its way.
struct AnswerState : program::NativeState {
    static constexpr char kType = 0;
    AnswerState() : NativeState(&kType) {}
    std::unique_ptr<ResponseReader> reader;
    Link link;
    Connections* pool = nullptr;  // where the connection goes back to
    Value pool_object;            // keeps it alive
    TimeUs read_timeout = 0;
    const trust::Origin* origin = nullptr;
    bool tls = false, unknown = false, read = false, asked_to_close = false;
};

// What a failure is to the Python part: (stage, exception or text, before the proxy was reached).
Value stage_of(Vm& vm, const Failure& failure);

// A policy of the TLS options in `options` (cert_reqs, ca_certs, ssl_context, assert_hostname ...)
// as connection._ssl_wrap_socket_and_match_hostname makes it; a given context keeps what is set in
// it. Null: fine; else what goes wrong as a stage ("ca", "setup").
Value urllib3_policy(Vm& vm, const Options& options, const std::string& host,
                     trust::TrustPolicy& policy);

// attempt(options): an Answer, or a stage.
Value urllib3_attempt(Vm& vm, Arguments& arguments);
void install_answer(Vm& vm, Module& module);

void install_cookies(Vm& vm, Module& module);

}  // namespace wh::libraries
