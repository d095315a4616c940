// The command line, without the machine: arguments in, texts and exit status out. entry/cli gives it
// files; tests give it a map.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/json.h"

namespace wh::api {

struct Session;

class Files {
  public:
    virtual ~Files() = default;
    // Content of a file, or of standard input for "-". nullopt: cannot be read.
    virtual std::optional<std::string> read(const std::string& path) = 0;
    virtual bool is_folder(const std::string& path) = 0;
    // Names in a folder, sorted; folders end with '/'.
    virtual std::vector<std::string> list(const std::string& path) = 0;
    virtual bool write(const std::string& path, const std::string& text) = 0;
};

// Exit status: 0 nothing found, 1 something found (or a lesson is wrong), 2 error.
struct CommandResult {
    int status = 0;
    std::string out;
    std::string err;
};

CommandResult run_command(const std::vector<std::string>& arguments, Files& files,
                          Session& session);

// -- for the commands themselves ---------------------------------------------------------------
// Options of the form --name VALUE or --name=VALUE, and the rest.
struct Options {
    std::vector<std::pair<std::string, std::string>> named;
    std::vector<std::string> rest;
    std::string problem;  // not empty: a message for the user
    [[nodiscard]] std::optional<std::string> get(std::string_view name) const;
};
// `known`: the names that take a value.
Options parse_options(const std::vector<std::string>& arguments, std::size_t from,
                      std::initializer_list<std::string_view> known);
CommandResult error_result(std::string message);
// A failed reply ({"ok": false}) as an error; nullopt if it is fine.
std::optional<CommandResult> reply_failure(const Json& reply, const std::string& subject);
// {"api": 1, "do": ...} -> reply.
Json ask(Session& session, Json request);
Json files_json(const std::string& name, const std::string& text);

CommandResult check_command(const Options& options, Files& files, Session& session);
CommandResult play_command(const Options& options, Files& files, Session& session);
CommandResult scan_command(const Options& options, Files& files, Session& session);
CommandResult race_command(const Options& options, Session& session);
CommandResult list_command(const std::string& what, const Options& options, Session& session);
// `what`: "attacks" or "defences".
CommandResult attacks_command(const std::string& what, const Options& options);
CommandResult lesson_command(const std::vector<std::string>& arguments, Files& files,
                             Session& session);

// "file.py:12:5" with the line and carets under the range.
std::string code_frame(const std::string& name, const std::string& text, const Json& range);
// Findings of one file -> SARIF 2.1.0 results; the whole log is made by sarif_log.
Json sarif_results(const std::string& path, const Json& findings);
Json sarif_log(Json results, Session& session);

}  // namespace wh::api
