// validate_call (pydantic 2.10 _internal/_validate_call.py).
#include "libraries/frameworks/_pydantic.h"
#include "program/signature.h"

namespace wh::libraries::pydantic {

using program::ParameterInfo;

namespace {

Value call_checked(Vm& vm, Arguments& arguments) {
    const Value function = (*arguments.captured)[0];
    const std::vector<ParameterInfo> parameters = signature_of(vm, function);
    std::vector<ValidationIssue> issues;
    Arguments checked;
    checked.site = arguments.site;
    const auto check = [&](const ParameterInfo& parameter, const Value& value, const Value& loc) {
        if (!parameter.annotation) return value;
        const TypeSchema* schema = schema_for(vm, parameter.annotation, {});
        if (!schema) return Value();
        Run state{vm, InputMode::Python, issues};
        state.loc = {loc};
        return run(state, schema, value);
    };
    std::vector<Value> positional = arguments.positional;
    if (arguments.self) positional.insert(positional.begin(), arguments.self);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const ParameterInfo& parameter = parameters[i];
        const Value* keyword = arguments.keyword(parameter.name);
        const bool named = parameter.kind == ParameterInfo::Kind::Normal ||
                           parameter.kind == ParameterInfo::Kind::PositionalOnly;
        if (named && i < positional.size()) {
            checked.positional.push_back(
                check(parameter, positional[i], Value::of(static_cast<std::int64_t>(i))));
        } else if (keyword) {
            checked.keywords.emplace_back(parameter.name,
                                          check(parameter, *keyword, vm.str(parameter.name)));
        } else if (!parameter.default_value &&
                   (named || parameter.kind == ParameterInfo::Kind::KeywordOnly)) {
            add_issue(vm, "missing_argument", {vm.str(parameter.name)},
                      keywords_dict(vm, arguments), issues);
        }
        if (vm.failed()) return {};
    }
    if (!issues.empty()) {
        return raise_issues(vm, function_name(function), InputMode::Python, issues);
    }
    return vm.call(function, std::move(checked));
}

}  // namespace

Value validate_call(Vm& vm, Arguments& arguments) {
    if (arguments.positional.empty()) return vm.native("validate_call", &validate_call);
    const Value function = arguments.positional[0];
    const Value made = vm.native(std::string(function_name(function)), &call_checked, {function});
    as_native(made)->attributes.set("__wrapped__", function);
    return made;
}

}  // namespace wh::libraries::pydantic
