// `wronghost lesson check`: proves a lesson by running it. The format is told in lessons/README.md.
#include <algorithm>
#include <set>

#include "api/command/command.h"
#include "api/handle.h"
#include "api/load_lesson.h"
#include "base/text.h"
#include "program/program.h"

namespace wh::api {

namespace {

constexpr std::size_t kStarterLinesMax = 60;
constexpr std::size_t kColumnsMax = 88;
constexpr std::size_t kChangedLinesMax = 15;

class LessonChecker {
  public:
    LessonChecker(std::string folder, Files& files, Session& session)
        : folder_(std::move(folder)), files_(files), session_(session) {}
    // Sentences about what is wrong; empty: the lesson is right.
    std::vector<std::string> run();

  private:
    void problem(const std::string& where, const std::string& what) {
        problems_.push_back(cat(where, ": ", what));
    }
    std::optional<std::string> need(const std::string& name);
    void check_names();
    void check_text(const std::string& text);
    void check_code(const std::string& name, const std::string& text);
    void check_hints(const Json& json);
    std::optional<Json> evaluate(const std::string& name, const std::string& text);
    void must_pass(const std::string& name, const std::string& text);
    void near_miss(const std::string& name);

    std::string folder_;
    Files& files_;
    Session& session_;
    std::vector<std::string> problems_;
    Json definition_;
    std::string starter_;
    std::vector<std::string> atoms_;
    std::set<std::string> failed_somewhere_;
};

std::optional<std::string> LessonChecker::need(const std::string& name) {
    std::optional<std::string> text = files_.read(cat(folder_, "/", name));
    if (!text) problem(name, "is missing");
    return text;
}

void LessonChecker::check_names() {
    const std::set<std::string> allowed = {"lesson.md",   "lesson.json",   "starter.py",
                                           "solution.py", "alternatives/", "near-misses/"};
    for (const std::string& name : files_.list(folder_)) {
        if (!allowed.contains(name)) problem(name, "does not belong into a lesson's folder");
    }
}

// Front matter between two lines of "---", then the sections in their order.
void LessonChecker::check_text(const std::string& text) {
    if (!text.starts_with("---\n")) {
        problem("lesson.md", "must begin with front matter (---)");
        return;
    }
    const std::size_t end = text.find("\n---\n", 4);
    if (end == std::string::npos) {
        problem("lesson.md", "the front matter does not end");
        return;
    }
    const std::string front = text.substr(4, end - 4 + 1);
    for (const char* key : {"id", "title", "level", "minutes", "concepts"}) {
        if (front.find(cat(key, ": ")) == std::string::npos) {
            problem("lesson.md", cat("the front matter lacks \"", key, "\""));
        }
    }
    std::size_t last = end;
    for (const char* section : {"## Story", "## Look", "## Try", "## Why", "## Take away"}) {
        const std::size_t at = text.find(cat("\n", section, "\n"), last);
        if (at == std::string::npos) {
            problem("lesson.md", cat("lacks the section \"", section, "\" in its place"));
        } else {
            last = at;
        }
    }
}

void LessonChecker::check_code(const std::string& name, const std::string& text) {
    const program::Program program({{name, text}}, session_.libraries);
    for (const Diagnostic& each : program.diagnostics()) {
        problem(name, cat("does not parse: ", each.message));
    }
    const std::vector<std::string> lines = split(text, '\n');
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].size() > kColumnsMax) problem(name, cat("line ", i + 1, " is longer than 88"));
    }
    if (name == "starter.py" && lines.size() > kStarterLinesMax + 1) {
        problem(name, cat("is longer than ", kStarterLinesMax, " lines"));
    }
    // Only names and addresses that are reserved for examples (RFC 2606, 5737, 3849), and the seed's.
    for (const char* scheme : {"http://", "https://"}) {
        for (std::size_t at = text.find(scheme); at != std::string::npos;
             at = text.find(scheme, at + 1)) {
            const std::size_t begin = at + std::string_view(scheme).size();
            std::size_t stop = begin;
            while (stop < text.size() && std::string_view("/\"':?#{ \n").find(text[stop]) ==
                                             std::string_view::npos) {
                ++stop;
            }
            const std::string host = text.substr(begin, stop - begin);
            bool fine = host.empty() || host == "localhost" || host.starts_with("127.") ||
                        host == "api.payment-provider.com";
            for (const char* suffix : {".example", ".test", ".internal", ".invalid", ".local"}) {
                fine = fine || host.ends_with(suffix);
            }
            for (const char* prefix : {"192.0.2.", "198.51.100.", "203.0.113.", "[2001:db8:"}) {
                fine = fine || host.starts_with(prefix);
            }
            if (!fine) problem(name, cat("\"", host, "\" is not a name reserved for examples"));
        }
    }
}

void LessonChecker::check_hints(const Json& json) {
    std::optional<Error> error;
    const Reader reader(json, "", error);
    std::set<std::string> hinted;
    if (auto hints = reader.find("hints")) {
        for (const Reader& hint : hints->items()) {
            hint.only({"goal", "steps"});
            const std::string goal = hint.need("goal").text();
            if (std::find(atoms_.begin(), atoms_.end(), goal) == atoms_.end()) {
                hint.fail(cat("there is no goal \"", goal, "\""));
            }
            hinted.insert(goal);
            if (hint.need("steps").texts().empty()) hint.fail("must have at least one step");
        }
    }
    if (error) problem("lesson.json", cat(error->where, ": ", error->message));
    for (const std::string& atom : atoms_) {
        if (!hinted.contains(atom)) problem("lesson.json", cat("no hint for goal \"", atom, "\""));
    }
}

std::optional<Json> LessonChecker::evaluate(const std::string& name, const std::string& text) {
    const Json request = {{"do", "lesson"},
                          {"lesson", definition_},
                          {"files", files_json("snippet.py", text)},
                          {"starter", files_json("snippet.py", starter_)}};
    Json reply = ask(session_, request);
    if (std::optional<CommandResult> failure = reply_failure(reply, "")) {
        problem(name, failure->err);
        return std::nullopt;
    }
    if (dump(ask(session_, request)) != dump(reply)) problem(name, "two runs differ");
    for (const Json& atom : reply.at("atoms")) {
        if (!atom.at("passed").get<bool>()) {
            failed_somewhere_.insert(atom.at("id").get<std::string>());
        }
    }
    return reply;
}

std::string failed_atoms(const Json& reply) {
    std::vector<std::string> names;
    for (const Json& atom : reply.at("atoms")) {
        if (!atom.at("passed").get<bool>()) {
            names.push_back(cat(atom.at("id").get<std::string>(), " (",
                                atom.at("detail").get<std::string>(), ")"));
        }
    }
    return join(names, ", ");
}

void LessonChecker::must_pass(const std::string& name, const std::string& text) {
    check_code(name, text);
    const std::optional<Json> reply = evaluate(name, text);
    if (reply && !reply->at("passed").get<bool>()) {
        problem(name, cat("does not reach the goal: ", failed_atoms(*reply)));
    }
}

void LessonChecker::near_miss(const std::string& name) {
    const std::string code_name = cat("near-misses/", name, ".py");
    const std::optional<std::string> text = need(code_name);
    const std::optional<std::string> told = need(cat("near-misses/", name, ".json"));
    if (!text || !told) return;
    check_code(code_name, *text);
    Result<Json> parsed = parse_json(*told);
    if (!parsed.ok()) {
        problem(cat("near-misses/", name, ".json"), parsed.error().message);
        return;
    }
    std::optional<Error> error;
    const Reader reader(parsed.value(), "", error);
    reader.only({"breaks", "why"});
    const std::string breaks = reader.need("breaks").text();
    if (reader.need("why").text().empty()) reader.fail("\"why\" must say why it is wrong");
    if (error) {
        problem(cat("near-misses/", name, ".json"), cat(error->where, ": ", error->message));
        return;
    }
    const std::optional<Json> reply = evaluate(code_name, *text);
    if (!reply) return;
    if (reply->at("passed").get<bool>()) {
        problem(code_name, "reaches the goal, but it is a near miss");
        return;
    }
    bool declared = false;
    std::vector<std::string> others;
    for (const Json& atom : reply->at("atoms")) {
        if (atom.at("passed").get<bool>()) continue;
        const std::string id = atom.at("id").get<std::string>();
        if (id == breaks) {
            declared = true;
        } else {
            others.push_back(id);
        }
    }
    if (!declared) problem(code_name, cat("should break \"", breaks, "\", but breaks ", join(others, ", ")));
    if (declared && !others.empty()) {
        problem(code_name, cat("breaks ", join(others, ", "), " as well as \"", breaks, "\""));
    }
}

// Lines that one has and the other lacks, whichever are more.
std::size_t changed_lines(const std::string& a, const std::string& b) {
    std::vector<std::string> one = split(a, '\n');
    std::vector<std::string> other = split(b, '\n');
    std::sort(one.begin(), one.end());
    std::sort(other.begin(), other.end());
    std::vector<std::string> only_one, only_other;
    std::set_difference(one.begin(), one.end(), other.begin(), other.end(),
                        std::back_inserter(only_one));
    std::set_difference(other.begin(), other.end(), one.begin(), one.end(),
                        std::back_inserter(only_other));
    return std::max(only_one.size(), only_other.size());
}

std::vector<std::string> LessonChecker::run() {
    check_names();
    const std::optional<std::string> text = need("lesson.md");
    const std::optional<std::string> json = need("lesson.json");
    const std::optional<std::string> starter = need("starter.py");
    const std::optional<std::string> solution = need("solution.py");
    if (text) check_text(*text);
    if (!json || !starter || !solution) return problems_;
    Result<Json> parsed = parse_json(*json);
    if (!parsed.ok()) {
        problem("lesson.json", parsed.error().message);
        return problems_;
    }
    definition_ = parsed.value();
    Result<Lesson> lesson = load_lesson(definition_);
    if (!lesson.ok()) {
        problem("lesson.json", cat(lesson.error().where, ": ", lesson.error().message));
        return problems_;
    }
    for (const run::GoalAtom& atom : lesson.value().goal.atoms) atoms_.push_back(atom.id);
    check_hints(definition_);

    starter_ = *starter;
    check_code("starter.py", *starter);
    if (const std::optional<Json> reply = evaluate("starter.py", *starter)) {
        if (reply->at("passed").get<bool>()) problem("starter.py", "already reaches the goal");
    }
    must_pass("solution.py", *solution);
    if (changed_lines(*starter, *solution) > kChangedLinesMax) {
        problem("solution.py", cat("changes more than ", kChangedLinesMax, " lines"));
    }
    for (const std::string& name : files_.list(cat(folder_, "/alternatives"))) {
        if (!name.ends_with(".py")) {
            problem(cat("alternatives/", name), "does not belong here");
            continue;
        }
        const std::string path = cat("alternatives/", name);
        if (const std::optional<std::string> code = need(path)) must_pass(path, *code);
    }
    std::set<std::string> misses;
    for (const std::string& name : files_.list(cat(folder_, "/near-misses"))) {
        const std::size_t dot = name.rfind('.');
        const std::string ending = dot == std::string::npos ? "" : name.substr(dot);
        if (ending != ".py" && ending != ".json") {
            problem(cat("near-misses/", name), "does not belong here");
        } else {
            misses.insert(name.substr(0, dot));
        }
    }
    if (misses.empty()) problem("near-misses", "there must be at least one plausible wrong answer");
    for (const std::string& name : misses) near_miss(name);
    for (const std::string& atom : atoms_) {
        if (!failed_somewhere_.contains(atom)) {
            problem("lesson.json", cat("goal \"", atom, "\" holds for every fixture: it asks nothing"));
        }
    }
    return problems_;
}

CommandResult check_lessons(const std::vector<std::string>& folders, Files& files,
                            Session& session) {
    std::vector<std::string> lessons;
    for (const std::string& folder : folders) {
        std::vector<std::string> inside;
        for (const std::string& name : files.list(folder)) {
            if (name.ends_with("/") && name[0] >= '0' && name[0] <= '9') {
                inside.push_back(cat(folder, folder.ends_with("/") ? "" : "/",
                                     name.substr(0, name.size() - 1)));
            }
        }
        if (inside.empty()) inside.push_back(folder);
        lessons.insert(lessons.end(), inside.begin(), inside.end());
    }
    CommandResult result;
    std::size_t passed = 0;
    for (const std::string& lesson : lessons) {
        const std::vector<std::string> problems = LessonChecker(lesson, files, session).run();
        result.out += cat(problems.empty() ? "ok    " : "WRONG ", lesson, "\n");
        for (const std::string& each : problems) result.out += cat("      ", each, "\n");
        if (problems.empty()) ++passed;
    }
    result.out += cat(passed, " passed, ", lessons.size() - passed, " failed\n");
    result.status = passed == lessons.size() && !lessons.empty() ? 0 : 1;
    return result;
}

}  // namespace

CommandResult lesson_command(const std::vector<std::string>& arguments, Files& files,
                             Session& session) {
    if (arguments.size() < 3 || arguments[1] != "check") {
        return error_result("lesson check needs a lesson's folder, or a folder of lessons");
    }
    std::vector<std::string> folders(arguments.begin() + 2, arguments.end());
    for (std::string& folder : folders) {
        while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
        if (!files.is_folder(folder)) return error_result(cat(folder, ": is not a folder"));
    }
    return check_lessons(folders, files, session);
}

}  // namespace wh::api
