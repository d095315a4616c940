// The app as the world sees it: something that is started, sent requests and stopped. No Python here.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "trust/client_network.h"

namespace wh::trust {

using HeaderList = std::vector<std::pair<std::string, std::string>>;

struct InboundRequest {
    std::string method = "GET";
    std::string path = "/";   // percent-encoded, without query
    std::string query;        // encoded, without '?'
    HeaderList headers;
    std::string body;
    TimeUs settle_us = 0;     // how long to let background work go on after the answer
};

// An exception of the pasted program, as the lab describes them (recorder.describe).
struct ExceptionRecord {
    std::string class_name;  // "httpx.ConnectError"; builtins without module
    std::string message;     // str()
    std::vector<ExceptionRecord> group;
    std::vector<ExceptionRecord> cause;  // none or one
};
struct SeenException {
    std::string function;  // co_name of the frame of the pasted code where it was first seen
    ExceptionRecord error;
    Span span;
    TimeUs at_us = 0;
};

struct InboundResponse {
    int status = 0;  // 0: no answer (the app did not run)
    HeaderList headers;
    std::string body;
    bool broken = false;  // the body ended early
    std::string broken_text;  // how the caller saw that
};

struct PhaseResult {
    std::optional<InboundResponse> response;     // requests only
    std::optional<ExceptionRecord> unhandled;    // left the app
    std::vector<SeenException> seen;             // passed through the pasted code, in order
    // Start-up: why the app did not come up ("import-failed" or "lifespan.startup.failed").
    std::vector<std::pair<std::string, std::optional<ExceptionRecord>>> failures;
};

class Application {
  public:
    virtual ~Application() = default;
    // Import and start-up. The clock is moved to when it was ready.
    virtual PhaseResult start(ClientNetwork& network, TimeUs& now_us) = 0;
    virtual PhaseResult request(const InboundRequest& request, TimeUs& now_us) = 0;
    virtual PhaseResult stop(TimeUs& now_us) = 0;
};

}  // namespace wh::trust
