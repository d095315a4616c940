// Decisions as input: whenever execution needs the truth of something unknown, or the outcome of an
// outbound call in checking, the evaluator asks. The checker (run/) answers, records, and runs the
// entry point again with the other answer while that reaches something new.
#pragma once

#include <string>

#include "base/span.h"
#include "trust/origin.h"

namespace wh::program {

class Decider {
  public:
    virtual ~Decider() = default;
    // One of 0..choices-1 (0 is the ordinary one: "true" for a truth value is 1, "answered" is 0).
    // `text` says for humans what is decided ("settings.debug", "outcome of GET https://…").
    virtual int decide(Span site, int choices, const std::string& text) = 0;
    // By the decision just taken, what came from `subject` is one of a few values that the code knows:
    // `if host not in ALLOWED: raise` on the way that goes on.
    virtual void narrowed(const trust::Origin* subject) { static_cast<void>(subject); }
    // The decision just taken was a yes-or-no question about what came from `subject`, not only whether
    // there is something.
    virtual void judged(const trust::Origin* subject) { static_cast<void>(subject); }
};

}  // namespace wh::program
