#include "run/check.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "libraries/library.h"
#include "program/signature.h"
#include "rules/rule.h"
#include "run/application.h"
#include "run/call_summary.h"
#include "run/explorer.h"
#include "run/run_memory.h"
#include "run/suppressions.h"

namespace wh::run {

namespace {

using program::Value;
using program::Vm;

bool before(const Span& a, const Span& b) {
    if (a.file != b.file) return a.file < b.file;
    if (a.begin != b.begin) return a.begin < b.begin;
    return a.end < b.end;
}

// Conditions that hold on both ways to the same place: those of one that the other has as well.
void keep_common(std::vector<trust::Condition>& conditions,
                 const std::vector<trust::Condition>& other) {
    std::erase_if(conditions, [&](const trust::Condition& each) {
        for (const trust::Condition& known : other) {
            if (known.span == each.span && known.text == each.text) return false;
        }
        return true;
    });
}

// What a walk costs besides its instructions: making arguments, harvesting.
constexpr std::int64_t kStepsForWalk = 200;

class Checker {
  public:
    Checker(const program::Program& program,
            const std::map<std::string, std::string>& environment)
        : program_(program), environment_(environment) {
        for (const program::SourceFile& file : program.files()) sources_.push_back(file.text);
    }
    CheckResult run();

  private:
    void examine_entry_points();
    template <class Entry>
    void explore(const Entry& entry);
    void harvest();
    void examine_function(const Value& function, const Value& self);
    void examine_rest(const program::Module& module);
    void import_failed(bool tell);
    template <class Read>
    static void note_reads(const std::vector<Read>& reads, std::vector<Read>& known);
    void note_bounds();
    // Once for each code.
    void note_bound(const char* code, std::string message, Span span);

    const program::Program& program_;
    const std::map<std::string, std::string>& environment_;
    std::vector<std::string_view> sources_;
    CheckResult result_;
    // Of the current walk. All that concerns the program itself happens in its own memory; what is
    // kept (findings, calls ...) is copied out of it.
    RunMemory memory_;
    Explorer* explorer_ = nullptr;
    CheckNetwork* network_ = nullptr;
    Vm* vm_ = nullptr;
    Value module_;
    program::WebApplication* app_ = nullptr;
    std::size_t calls_done_ = 0;
    std::size_t clients_done_ = 0;
    std::size_t lookups_done_ = 0;
    std::size_t lookups_of_start_ = 0;
    std::size_t reads_done_ = 0;
    std::size_t not_modelled_done_ = 0;
    std::int64_t steps_left_ = limits::kStepsAllChecksMax;
};

// Takes what the walk since the last harvest showed: findings, calls, reads.
void Checker::harvest() {
    const ArenaScope outside(nullptr);
    trust::Observations& all = vm_->observations();
    trust::Observations fresh;
    for (std::size_t i = calls_done_; i < all.calls.size(); ++i) {
        trust::OutboundCall call = all.calls[i];
        call.conditions = explorer_->conditions(network_->decisions_before(call.id));
        fresh.calls.push_back(std::move(call));
    }
    for (std::size_t i = clients_done_; i < all.clients.size(); ++i) {
        fresh.clients.push_back(all.clients[i]);
    }
    // Of the start as well: a function may use what the module looked up.
    for (std::size_t i = 0; i < all.lookups.size(); ++i) {
        if (i < lookups_of_start_ || i >= lookups_done_) fresh.lookups.push_back(all.lookups[i]);
    }
    for (; lookups_done_ < all.lookups.size(); ++lookups_done_) {
        const trust::Lookup& lookup = all.lookups[lookups_done_];
        const std::string& name = lookup.subject.text;
        std::vector<std::string>& known = result_.looked_up;
        if (lookup.kind == trust::Lookup::Kind::Addresses && lookup.subject.fully_known() &&
            std::find(known.begin(), known.end(), name) == known.end()) {
            known.push_back(name);
        }
    }
    fresh.decisions = explorer_->conditions(explorer_->log().size());
    calls_done_ = all.calls.size();
    clients_done_ = all.clients.size();

    for (trust::Finding& finding : rules::run_rules({fresh, sources_})) {
        trust::Finding* known = nullptr;
        for (trust::Finding& each : result_.findings) {
            if (each.rule == finding.rule && each.span == finding.span) known = &each;
        }
        if (!known && result_.findings.size() >= limits::kCallsCheckMax) {
            note_bound("findings-limit",
                       cat("only the first ", limits::kCallsCheckMax, " findings are told"),
                       finding.span);
        } else if (known) {
            keep_common(known->conditions, finding.conditions);
            if (finding.severity > known->severity) {
                known->severity = finding.severity;
                known->message = std::move(finding.message);
            }
        } else {
            result_.findings.push_back(std::move(finding));
        }
    }
    for (const trust::OutboundCall& call : fresh.calls) {
        CallSummary summary = summarise(call);
        CallSummary* known = nullptr;
        for (CallSummary& each : result_.calls) {
            if (each.span == summary.span && each.callable == summary.callable &&
                each.url == summary.url) {
                known = &each;
            }
        }
        if (known) {
            keep_common(known->conditions, summary.conditions);
        } else if (result_.calls.size() >= limits::kCallsCheckMax) {
            note_bound("calls-limit",
                       cat("only the first ", limits::kCallsCheckMax, " outbound calls are told"),
                       summary.span);
        } else {
            result_.calls.push_back(std::move(summary));
        }
    }
    for (std::size_t i = reads_done_; i < all.reads.size(); ++i) {
        result_.reads.push_back(all.reads[i]);
    }
    reads_done_ = all.reads.size();
    const std::vector<NotModelled>& unknown = vm_->not_modelled_list();
    for (std::size_t i = not_modelled_done_; i < unknown.size(); ++i) {
        const NotModelled& each = unknown[i];
        if (std::find(result_.not_modelled.begin(), result_.not_modelled.end(), each) ==
            result_.not_modelled.end()) {
            result_.not_modelled.push_back(each);
        }
    }
    not_modelled_done_ = unknown.size();
}

// Walks one entry point until no decision of it is left that was not taken both ways.
template <class Entry>
void Checker::explore(const Entry& entry) {
    const ArenaScope outside(nullptr);
    std::vector<std::vector<Decision>> open;
    open.emplace_back();
    for (int paths = 0; !open.empty() && paths < limits::kPathsMax && !vm_->stopped(); ++paths) {
        if (steps_left_ <= 0) {
            note_bound("check-limit", "only a part was checked: there is too much to do",
                       open.back().empty() ? Span{} : open.back().back().site);
            return;
        }
        std::vector<Decision> forced = std::move(open.back());
        open.pop_back();
        explorer_->begin(std::move(forced));
        const std::int64_t granted = std::min(limits::kStepsCheckMax, steps_left_);
        {
            const ArenaScope within(&memory_.arena);
            vm_->grant_steps(granted);
            entry();
            if (vm_->failed()) vm_->take_error();
        }
        // A walk looks for its route among all of them.
        const auto routes = static_cast<std::int64_t>(result_.routes.size());
        steps_left_ -= granted - vm_->steps_left() + kStepsForWalk + routes;
        ++result_.paths;
        harvest();
        explorer_->alternatives(open);
        if (vm_->stopped()) note_bounds();
    }
}

void Checker::note_bounds() {
    const ArenaScope outside(nullptr);
    for (const Diagnostic& each : vm_->diagnostics()) {
        bool known = false;
        for (const Diagnostic& one : result_.diagnostics) {
            known = known || (one.code == each.code && one.span == each.span);
        }
        if (!known) result_.diagnostics.push_back(each);
    }
    if (explorer_->beyond()) {
        note_bound("decisions-limit",
                   cat("only the first ", limits::kDecisionsMax,
                       " decisions of a path are taken both ways"),
                   *explorer_->beyond());
    }
}

void Checker::note_bound(const char* code, std::string message, Span span) {
    for (const Diagnostic& each : result_.diagnostics) {
        if (each.code == code) return;
    }
    result_.diagnostics.push_back({Severity::Warning, code, std::move(message), span});
}

void Checker::examine_function(const Value& function, const Value& self) {
    explore([&] { vm_->call_with_unknowns(function, self); });
}

// Every function of the paste that the web application's entry points did not reach.
void Checker::examine_rest(const program::Module& module) {
    const std::vector<program::Namespace::Entry> entries = module.globals.entries();  // may grow
    for (const program::Namespace::Entry& entry : entries) {
        if (const program::Function* function = program::as_function(entry.value)) {
            const bool here = !program::definition_span(entry.value).empty();
            if (here && function->code && !vm_->was_entered(function->code)) {
                examine_function(entry.value, Value());
            }
        }
        program::Class* cls = program::as_class(entry.value);
        if (!cls || !cls->user_code || cls->span.empty()) continue;
        bool any = false;
        for (const program::Namespace::Entry& member : cls->attributes.entries()) {
            const program::Function* function = program::as_function(member.value);
            any = any || (function && function->code && !vm_->was_entered(function->code));
        }
        if (!any || cls->is_exception) continue;
        Value self;
        explore([&] {
            const Value made = vm_->call_with_unknowns(entry.value, Value());
            if (made) self = made;
        });
        if (!self) continue;
        const std::vector<program::Namespace::Entry> members = cls->attributes.entries();
        for (const program::Namespace::Entry& member : members) {
            const program::Function* function = program::as_function(member.value);
            if (!function || !function->code || vm_->was_entered(function->code)) continue;
            if (member.name.starts_with("__") && member.name != "__call__") continue;
            examine_function(member.value, self);
        }
    }
}

void Checker::examine_entry_points() {
    app_ = find_web_application(module_);
    if (app_) {
        result_.has_app = true;
        if (result_.routes.empty()) {
            const std::vector<program::RouteInfo> routes = app_->routes(*vm_);
            const ArenaScope outside(nullptr);
            result_.routes = routes;
        }
        explore([&] { app_->examine_start_up(*vm_); });
        for (std::size_t i = 0; i < result_.routes.size(); ++i) {
            explore([&] { app_->examine(*vm_, i); });
        }
        for (std::size_t i = 0; i < app_->handler_count(); ++i) {
            explore([&] { app_->examine_handler(*vm_, i); });
        }
    }
    if (const program::Module* module = program::as_module(module_)) examine_rest(*module);
}

CheckResult Checker::run() {
    result_.diagnostics = program_.diagnostics();
    Explorer explorer;
    explorer_ = &explorer;
    std::vector<std::vector<Decision>> open;
    open.emplace_back();
    for (int worlds = 0; !open.empty() && worlds < 8 && steps_left_ > 0; ++worlds) {
        const std::vector<Decision> forced = open.back();
        open.pop_back();
        CheckNetwork network(explorer);
        network_ = &network;
        memory_.network.lead_to(network);
        trust::Host host;
        host.environment = environment_;
        vm_ = &memory_.make_vm(program_, host, 0, &explorer);
        calls_done_ = clients_done_ = reads_done_ = not_modelled_done_ = 0;
        lookups_done_ = lookups_of_start_ = 0;
        explorer.begin(forced);
        {
            const ArenaScope within(&memory_.arena);
            module_ = vm_->import_main();
        }
        steps_left_ -= limits::kStepsMax - std::max<std::int64_t>(0, vm_->steps_left());
        ++result_.paths;
        if (!module_) import_failed(worlds == 0);
        harvest();
        lookups_of_start_ = lookups_done_;
        if (worlds == 0 || !vm_->stopped()) explorer.alternatives(open);
        if (module_) {
            const ArenaScope within(&memory_.arena);
            examine_entry_points();
        }
        note_bounds();
        note_reads(vm_->observations().environment_reads, result_.environment_reads);
        note_reads(vm_->observations().file_reads, result_.file_reads);
        vm_ = nullptr;
        network_ = nullptr;
    }
    std::stable_sort(
        result_.findings.begin(), result_.findings.end(),
        [](const trust::Finding& a, const trust::Finding& b) { return before(a.span, b.span); });
    apply_suppressions(sources_, result_.findings, result_.diagnostics);
    return std::move(result_);
}

// The file did not get to its end: goes on with what it had defined by then.
void Checker::import_failed(bool tell) {
    const ArenaScope within(&memory_.arena);
    const trust::ExceptionRecord error = vm_->describe(vm_->error());
    const program::ExceptionInstance* raised = program::as_exception(vm_->error());
    if (tell && !vm_->stopped()) {  // a bound is told by itself
        const ArenaScope outside(nullptr);
        result_.diagnostics.push_back(
            {Severity::Warning, "import-failed",
             cat("The file does not get to its end: ", error.class_name,
                 error.message.empty() ? "" : ": ", shortened(error.message, 200)),
             raised ? raised->raised_at : Span{}});
    }
    vm_->take_error();
    module_ = vm_->main_module();
}

template <class Read>
void Checker::note_reads(const std::vector<Read>& reads, std::vector<Read>& known) {
    for (const Read& read : reads) {
        if (std::find(known.begin(), known.end(), read) == known.end()) known.push_back(read);
    }
}

}  // namespace

CheckResult check(const program::Program& program,
                  const std::map<std::string, std::string>& environment) {
    return Checker(program, environment).run();
}

}  // namespace wh::run
