// What a web framework model (libraries/fastapi) offers to those who drive the app: run/ finds it as
// the payload of a global of the main module.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "program/value.h"
#include "trust/application.h"

namespace wh::program {

struct RouteParameter {
    enum class In : std::uint8_t { Path, Query, Header, Cookie, Body, Form, File };
    In in = In::Query;
    std::string name;         // as on the wire (alias applied)
    std::string type;         // "int", "str", "Payment" ... for display and for made-up requests
    bool required = true;
    std::string example_json; // a JSON value that validates; empty: none could be made
};

struct RouteInfo {
    std::vector<std::string> methods;  // upper case
    std::string path;                  // "/pay/{item_id}", prefixes applied
    std::string function;              // name of the endpoint function
    Span span;                         // of the endpoint's def line (decorator excluded)
    std::vector<RouteParameter> parameters;
    std::string body_example_json;     // whole body, if it takes one
};

class WebApplication {
  public:
    virtual ~WebApplication() = default;
    [[nodiscard]] virtual std::vector<RouteInfo> routes(Vm& vm) const = 0;
    // Start-up handlers or lifespan. false: failed (Vm::failed() holds the exception).
    virtual bool start_up(Vm& vm) = 0;
    // One request through middleware, routing, validation, dependencies, endpoint, serialisation.
    // `unhandled` is set if an exception left the app (the caller then gets a 500).
    virtual trust::InboundResponse handle(Vm& vm, const trust::InboundRequest& request,
                                          std::optional<Value>& unhandled) = 0;
    virtual void shut_down(Vm& vm) = 0;
    // Checking: runs a route with unknown parameters (dependencies included). The exception, if any,
    // is left in the Vm for the caller to take.
    virtual void examine(Vm& vm, std::size_t route) = 0;
    virtual void examine_start_up(Vm& vm) = 0;
    // Exception handlers, middleware: further entry points, by index.
    [[nodiscard]] virtual std::size_t handler_count() const = 0;
    virtual void examine_handler(Vm& vm, std::size_t index) = 0;
};

}  // namespace wh::program
