// Models, validation, settings. pydantic/NAME.py must print pydantic/NAME.out, which pydantic
// printed; the rest is what only the core knows: origins, unknown inputs, examples.
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "../program/harness.h"
#include "libraries/shared/validation.h"
#include "program/decider.h"

namespace wh::libraries {

namespace {

using program::as_instance;
using program::as_unknown;
using program::text_of;
using trust::OriginKind;

std::string read(const std::string& name) {
    const std::string path = std::string(WH_SOURCE_DIR) + "/tests/unit/libraries/pydantic/" + name;
    std::ifstream file(path, std::ios::binary);
    REQUIRE_MESSAGE(file.good(), path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

void check_same(const std::string& name, program::VmSettings settings = {}) {
    settings.steps_max *= 10;
    program::Run made({{"snippet.py", read(name + ".py")}}, std::move(settings));
    CHECK(made.error == "");
    CHECK(made.vm.not_modelled_list().empty());
    std::istringstream actual(made.vm.output());
    std::istringstream expected(read(name + ".out"));
    std::string got, wanted;
    for (int line = 1;; ++line) {
        const bool more = static_cast<bool>(std::getline(actual, got));
        const bool wants = static_cast<bool>(std::getline(expected, wanted));
        if (!more) got = "(end)";
        if (!wants) wanted = "(end)";
        CHECK_MESSAGE(got == wanted, name << ".out line " << line);
        if (!more || !wants) break;
    }
}

Value global(program::Run& run, std::string_view name) {
    const Value module = run.vm.import_module("snippet");
    return run.vm.get_attribute(module, name);
}

struct AlwaysFirst : program::Decider {
    int decide(Span, int, const std::string&) override { return 0; }
};

constexpr const char* kPayment = R"(
from typing import Annotated, Literal, Optional
from pydantic import BaseModel, EmailStr, Field, HttpUrl, SecretStr

class Card(BaseModel):
    number: str = Field(min_length=12, max_length=19)
    expiry: str

class Payment(BaseModel):
    amount: Annotated[int, Field(gt=0, le=50)]
    currency: str = Field("EUR", pattern="^[A-Z]{3}$")
    email: EmailStr
    hook: Optional[HttpUrl] = None
    kind: Literal["sale", "refund"] = "sale"
    token: SecretStr
    card: Card
    tags: list[str] = []
)";

}  // namespace

TEST_CASE("models print what pydantic prints") {
    check_same("models");
}
TEST_CASE("validators, serialisers, generics print what pydantic prints") {
    check_same("validators");
}
TEST_CASE("types print what pydantic prints") {
    check_same("types");
}
TEST_CASE("dates, secrets, URLs, dataclasses, JSON print what pydantic prints") {
    check_same("values");
}
TEST_CASE("settings print what pydantic-settings prints") {
    program::VmSettings settings;
    settings.host.environment = {{"FROMENV", "fe"},
                                 {"VERIFY_TLS", "false"},
                                 {"APP_DEBUG", "1"},
                                 {"APP_DB__PORT", "5432"},
                                 {"APP_TAGS", "[\"a\",\"b\"]"},
                                 {"OTHER", "other"},
                                 {"APP_URL", "https://u.example"},
                                 {"BAD_TAGS", "x"}};
    settings.host.files["settings.env"] = read("settings.env");
    check_same("settings", settings);
}

TEST_CASE("a value keeps where its input came from, and secret names mark it") {
    program::Run run{std::string(kPayment)};
    REQUIRE(run.error == "");
    const trust::Origin* caller = run.vm.origins().add(OriginKind::CallerInput, {}, "payment");
    const Value body =
        load_json(run.vm, R"({"amount": "7", "email": "a@b.example", "token": "t", "card":
                {"number": "4000056655665556", "expiry": "12/34"}})",
                  caller);
    const TypeSchema* schema = schema_for(run.vm, global(run, "Payment"), {});
    REQUIRE(schema);
    std::vector<ValidationIssue> issues;
    const Value payment = validate(run.vm, schema, body, InputMode::Json, {}, issues);
    REQUIRE(issues.empty());
    const Value amount = run.vm.get_attribute(payment, "amount");
    CHECK(amount.is_int());
    CHECK(amount.origin == caller);
    const Value currency = run.vm.get_attribute(payment, "currency");
    REQUIRE(currency.origin);
    CHECK(currency.origin->kind == OriginKind::ParameterDefault);
    CHECK(std::string(kPayment).substr(currency.origin->span.begin, 5) == "\"EUR\"");
    const Value secret =
        run.vm.call_method(run.vm.get_attribute(payment, "token"), "get_secret_value");
    CHECK(trust::is_secret(secret.origin));
    CHECK(trust::comes_from(secret.origin, OriginKind::CallerInput));
}

TEST_CASE("issues are told as FastAPI's 422 tells them") {
    program::Run run{std::string(kPayment)};
    const TypeSchema* schema = schema_for(run.vm, global(run, "Card"), {});
    std::vector<ValidationIssue> issues;
    const Value body = load_json(run.vm, R"({"number": "4000"})", nullptr);
    CHECK(validate(run.vm, schema, body, InputMode::Json, {run.vm.str("body")}, issues).is_null());
    std::string text;
    REQUIRE(dump_json(run.vm, to_jsonable(run.vm, issues_to_list(run.vm, issues, false)), ",", ":",
                      false, text));
    CHECK(
        text ==
        R"([{"type":"string_too_short","loc":["body","number"],"msg":"String should have at least 12 characters","input":"4000","ctx":{"min_length":12}},)"
        R"({"type":"missing","loc":["body","expiry"],"msg":"Field required","input":{"number":"4000"}}])");
    issues.clear();
    validate(run.vm, schema, run.vm.str("x"), InputMode::Json, {run.vm.str("body")}, issues);
    REQUIRE(issues.size() == 1);
    CHECK(issues[0].type == "model_attributes_type");
}

TEST_CASE("an unknown body is a model of unknown fields, named and marked") {
    AlwaysFirst decider;
    program::VmSettings settings;
    settings.checking = true;
    program::Run run({{"snippet.py", kPayment}}, settings, &decider);
    REQUIRE(run.error == "");
    const TypeSchema* schema = schema_for(run.vm, global(run, "Payment"), {});
    const trust::Origin* caller = run.vm.origins().add(OriginKind::CallerInput, {}, "payment");
    std::vector<ValidationIssue> issues;
    const Value payment =
        validate(run.vm, schema, run.vm.unknown(caller, "payment"), InputMode::Json, {}, issues);
    REQUIRE(as_instance(payment));
    CHECK(issues.empty());
    const Value number = run.vm.get_attribute(run.vm.get_attribute(payment, "card"), "number");
    REQUIRE(as_unknown(number));
    CHECK(as_unknown(number)->label == "payment.card.number");
    CHECK(as_unknown(number)->shape == run.vm.types().str);
    REQUIRE(number.origin);
    CHECK(number.origin->kind == OriginKind::CallerInput);
    CHECK(number.origin->secret);
    CHECK_FALSE(run.vm.get_attribute(payment, "amount").origin->secret);
    CHECK(
        as_unknown(run.vm.call_method(run.vm.get_attribute(payment, "token"), "get_secret_value")));
}

TEST_CASE("settings in checking: defaults are what runs, the rest is unknown") {
    AlwaysFirst decider;
    program::VmSettings settings;
    settings.checking = true;
    settings.host.environment["TIMEOUT"] = "3";
    program::Run run({{"snippet.py", R"(
from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    api_key: str
    workers: int
    verify: bool = True
    timeout: int = 10
settings = Settings()
)"}},
                     settings, &decider);
    REQUIRE(run.error == "");
    const Value made = global(run, "settings");
    const Value key = run.vm.get_attribute(made, "api_key");
    REQUIRE(as_unknown(key));
    CHECK(key.origin->kind == OriginKind::Environment);
    CHECK(key.origin->name == "API_KEY");
    CHECK(key.origin->secret);
    const Value verify = run.vm.get_attribute(made, "verify");
    CHECK(verify.is_true());
    CHECK(verify.origin->kind == OriginKind::ParameterDefault);
    const Value timeout = run.vm.get_attribute(made, "timeout");
    CHECK(timeout.integer == 3);
    CHECK(timeout.origin->kind == OriginKind::Environment);
    // Only what has no default: a made-up world gives these a value of the field's type.
    const std::vector<trust::EnvironmentRead>& reads = run.vm.observations().environment_reads;
    REQUIRE(reads.size() == 2);
    CHECK(reads[0] == trust::EnvironmentRead{"API_KEY", ""});
    CHECK(reads[1].name == "WORKERS");
    CHECK(reads[1].example.find_first_not_of("0123456789") == std::string::npos);
    CHECK(!reads[1].example.empty());
}

TEST_CASE("examples validate") {
    program::Run run{std::string(kPayment)};
    const TypeSchema* schema = schema_for(run.vm, global(run, "Payment"), {});
    CHECK(
        example_json(run.vm, schema) ==
        R"({"amount":50,"currency":"EUR","email":"ada@people.example","hook":"https://hook.example/",)"
        R"("kind":"sale","token":"token-1234567890","card":{"number":"4000056655665556","expiry":"12/34"},)"
        R"("tags":["hello"]})");
    CHECK(is_model(schema));
    CHECK_FALSE(is_scalar(schema));
    CHECK(type_name(schema) == "Payment");
}

TEST_CASE("annotations in FastAPI's sense") {
    program::Run run{
        std::string("from typing import Optional\nA = Optional[int]\nB = list[str]\nC = dict\n")};
    const TypeSchema* optional = schema_for(run.vm, global(run, "A"), {});
    CHECK(is_scalar(optional));
    CHECK(is_optional(optional));
    CHECK(type_name(optional) == "int | None");
    const TypeSchema* list = schema_for(run.vm, global(run, "B"), {});
    CHECK_FALSE(is_scalar(list));
    CHECK(is_sequence_of_scalars(list));
    CHECK_FALSE(is_scalar(schema_for(run.vm, global(run, "C"), {})));
}

TEST_CASE("e-mail addresses are refused in email-validator's words") {
    program::Run run{std::string("from pydantic import EmailStr\nE = EmailStr\n")};
    const TypeSchema* schema = schema_for(run.vm, global(run, "E"), {});
    const std::pair<const char*, const char*> cases[] = {
        {"nobody", "An email address must have an @-sign."},
        {"@b.example", "There must be something before the @-sign."},
        {"a@", "There must be something after the @-sign."},
        {"a@b", "The part after the @-sign is not valid. It should have a period."},
        {"a b@c.example",
         "The email address contains invalid characters before the @-sign: SPACE."},
        {"a@b..example", "An email address cannot have two periods in a row."},
        {"a@x.test",
         "The part after the @-sign is a special-use or reserved name that cannot be used with "
         "email."},
    };
    for (const auto& [input, reason] : cases) {
        std::vector<ValidationIssue> issues;
        validate(run.vm, schema, run.vm.str(input), InputMode::Python, {}, issues);
        REQUIRE(issues.size() == 1);
        CHECK(issues[0].type == "value_error");
        CHECK(issues[0].message == std::string("value is not a valid email address: ") + reason);
    }
    std::vector<ValidationIssue> issues;
    CHECK(text_of(validate(run.vm, schema, run.vm.str("Ada@People.Example"), InputMode::Python, {},
                           issues)) == "Ada@people.example");
}

}  // namespace wh::libraries
