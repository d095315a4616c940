// Dates and times from text and numbers, as speedate 0.15 reads them for pydantic-core 2.27
// (src/date.rs, time.rs, datetime.rs, duration.rs; src/input/datetime.rs).
#include <cmath>
#include <cstdlib>

#include "base/text.h"
#include "libraries/shared/schema.h"

namespace wh::libraries {

using namespace program;

namespace {

constexpr const char* kTooShort = "input is too short";
constexpr const char* kExtra = "unexpected extra characters at the end of the input";
constexpr std::int64_t kMilliseconds = 20'000'000'000;  // numbers above count milliseconds

struct Moment {
    int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, micro = 0;
    bool has_zone = false;
    int zone = 0;  // seconds east
};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// `count` digits at `at`; false: there is something else.
bool digits(std::string_view text, std::size_t at, std::size_t count, int& out) {
    out = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (i >= text.size() || !is_digit(text[i])) return false;
        out = out * 10 + (text[i] - '0');
    }
    return true;
}

int days_in(int year, int month) {
    static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return kDays[month - 1] + (month == 2 && leap ? 1 : 0);
}

// The first ten characters.
const char* parse_day(std::string_view text, Moment& out) {
    if (text.size() < 10) return kTooShort;
    if (!digits(text, 0, 4, out.year)) return "invalid character in year";
    if (text[4] != '-') return "invalid date separator, expected `-`";
    if (!digits(text, 5, 2, out.month)) return "invalid character in month";
    if (text[7] != '-') return "invalid date separator, expected `-`";
    if (!digits(text, 8, 2, out.day)) return "invalid character in day";
    if (out.month < 1 || out.month > 12) return "month value is outside expected range of 1-12";
    if (out.day < 1 || out.day > days_in(out.year, out.month)) {
        return "day value is outside expected range";
    }
    return nullptr;
}

const char* parse_clock(std::string_view text, std::size_t at, Moment& out, std::size_t& end) {
    if (text.size() < at + 5) return kTooShort;
    if (!digits(text, at, 2, out.hour)) return "invalid character in hour";
    if (text[at + 2] != ':') return "invalid time separator, expected `:`";
    if (!digits(text, at + 3, 2, out.minute)) return "invalid character in minute";
    if (out.hour > 23) return "hour value is outside expected range of 0-23";
    if (out.minute > 59) return "minute value is outside expected range of 0-59";
    end = at + 5;
    if (end >= text.size() || text[end] != ':') return nullptr;
    if (text.size() < end + 3) return kTooShort;
    if (!digits(text, end + 1, 2, out.second)) return "invalid character in second";
    if (out.second > 59) return "second value is outside expected range of 0-59";
    end += 3;
    if (end >= text.size() || (text[end] != '.' && text[end] != ',')) return nullptr;
    int count = 0;
    for (++end; end < text.size() && is_digit(text[end]); ++end, ++count) {
        if (count < 6) out.micro = out.micro * 10 + (text[end] - '0');  // more is cut off
    }
    if (count == 0) return "second fraction digits missing after `.`";
    for (; count < 6; ++count) out.micro *= 10;
    return nullptr;
}

const char* parse_time(std::string_view text, std::size_t at, Moment& out) {
    std::size_t end = 0;
    if (const char* wrong = parse_clock(text, at, out, end)) return wrong;
    if (end >= text.size()) return nullptr;
    const char sign = text[end++];
    out.has_zone = true;
    if (sign != 'Z' && sign != 'z') {
        if (sign != '+' && sign != '-') return "invalid timezone sign";
        int hours = 0;
        int minutes = 0;
        if (text.size() < end + 2) return kTooShort;
        if (!digits(text, end, 2, hours)) return "invalid timezone hour";
        end += 2;
        if (end < text.size() && text[end] == ':') ++end;
        if (!digits(text, end, 2, minutes)) return "invalid timezone minute";
        end += 2;
        if (minutes > 59) return "timezone minute value is outside expected range of 0-59";
        if (hours > 23) return "timezone offset must be less than 24 hours";
        out.zone = (sign == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
    }
    return end < text.size() ? kExtra : nullptr;
}

// Days since 1970-01-01 to a civil date (Howard Hinnant's algorithm).
void civil(std::int64_t days, Moment& out) {
    days += 719468;
    const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const std::int64_t doe = days - era * 146097;
    const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const std::int64_t mp = (5 * doy + 2) / 153;
    out.day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
    out.month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
    out.year = static_cast<int>(yoe + era * 400 + (out.month <= 2 ? 1 : 0));
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

const char* from_timestamp(std::int64_t stamp, std::int64_t micro, Moment& out) {
    if (stamp > kMilliseconds || stamp < -kMilliseconds) {
        const std::int64_t seconds = floor_divide(stamp, 1000);
        micro += (stamp - seconds * 1000) * 1000;
        stamp = seconds;
    }
    stamp += micro / 1'000'000;
    if (stamp < -62'167'219'200) return "dates before 0000 are not supported as unix timestamps";
    if (stamp > 253'402'300'799) return "dates after 9999 are not supported as unix timestamps";
    const std::int64_t days = floor_divide(stamp, 86400);
    const auto second = static_cast<int>(stamp - days * 86400);
    civil(days, out);
    out.hour = second / 3600;
    out.minute = second / 60 % 60;
    out.second = second % 60;
    out.micro = static_cast<int>(micro % 1'000'000);
    out.has_zone = true;
    return nullptr;
}

const char* from_float(double stamp, Moment& out) {
    if (std::isnan(stamp)) return "NaN values not permitted";
    if (stamp > 1e18) return "dates after 9999 are not supported as unix timestamps";
    if (stamp < -1e18) return "dates before 0000 are not supported as unix timestamps";
    if (std::fabs(stamp) > static_cast<double>(kMilliseconds)) stamp /= 1000;
    const double whole = std::floor(stamp);
    return from_timestamp(static_cast<std::int64_t>(whole),
                          static_cast<std::int64_t>(std::llround((stamp - whole) * 1e6)), out);
}

// "1654646400" or "1654646400.5": 0 no number, 1 whole, 2 with a fraction.
int numeric(std::string_view text, double& out) {
    std::size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    if (at >= text.size() || !is_digit(text[at])) return 0;
    while (at < text.size() && is_digit(text[at])) ++at;
    const bool fraction = at < text.size() && text[at] == '.';
    if (fraction) {
        for (++at; at < text.size() && is_digit(text[at]); ++at) {
        }
    }
    if (at < text.size()) return 0;
    out = std::strtod(std::string(text).c_str(), nullptr);
    return fraction ? 2 : 1;
}

const char* parse_moment(std::string_view text, Moment& out) {
    const char* wrong = parse_day(text, out);
    if (!wrong) {
        const char sep = text.size() > 10 ? text[10] : '\0';
        wrong = sep == 'T' || sep == 't' || sep == ' ' || sep == '_'
                    ? parse_time(text, 11, out)
                    : "invalid datetime separator, expected `T`, `t`, `_` or space";
    }
    if (!wrong) return nullptr;
    double stamp = 0;
    const int kind = numeric(text, stamp);
    out = Moment();
    if (kind == 1) return from_timestamp(static_cast<std::int64_t>(stamp), 0, out);
    return kind == 2 ? from_float(stamp, out) : wrong;
}

// Seconds and microseconds of a duration; days are part of the seconds.
const char* parse_duration(std::string_view text, double& seconds) {
    const bool negative = text.starts_with("-");
    if (negative || text.starts_with("+")) text.remove_prefix(1);
    if (text.empty()) return kTooShort;
    const auto number = [](std::string_view from, std::size_t& at, double& value) {
        const std::size_t begin = at;
        while (at < from.size() && is_digit(from[at])) ++at;
        if (at == begin) return false;
        if (at < from.size() && (from[at] == '.' || from[at] == ',')) {
            for (++at; at < from.size() && is_digit(from[at]); ++at) {
            }
        }
        std::string word(from.substr(begin, at - begin));
        for (char& c : word) c = c == ',' ? '.' : c;
        value = std::strtod(word.c_str(), nullptr);
        return true;
    };
    seconds = 0;
    if (text[0] == 'P') {
        bool time = false;
        std::size_t at = 1;
        if (text.size() < 3) return kTooShort;
        while (at < text.size()) {
            if (text[at] == 'T') {
                if (time) return "`t` character repeated in duration";
                time = true;
                ++at;
                continue;
            }
            double value = 0;
            if (!number(text, at, value)) return "invalid digit in duration";
            const char unit = at < text.size() ? text[at++] : '\0';
            const double scale = time ? (unit == 'H'   ? 3600.0
                                         : unit == 'M' ? 60.0
                                         : unit == 'S' ? 1.0
                                                       : 0.0)
                                      : 86400.0 * (unit == 'Y'   ? 365
                                                   : unit == 'M' ? 30
                                                   : unit == 'W' ? 7
                                                   : unit == 'D' ? 1
                                                                 : 0);
            if (scale == 0) {
                return time ? "quantity invalid in time part of duration"
                            : "quantity invalid in date part of duration";
            }
            seconds += value * scale;
        }
    } else {
        const std::size_t mark = text.find_first_of("dD");
        std::string_view rest = text;
        if (mark != std::string_view::npos || text.size() < 5) {
            std::size_t at = 0;
            double value = 0;
            if (!number(text, at, value)) return "invalid digit in duration";
            rest = text.substr(at);
            if (rest.starts_with(" ")) rest.remove_prefix(1);
            if (!rest.starts_with("d") && !rest.starts_with("D")) {
                return "\"day\" identifier in duration not correctly formatted";
            }
            rest.remove_prefix(1);
            for (const char* end : {"ays", "AYS", "ay", "AY"}) {
                if (rest.starts_with(end)) {
                    rest.remove_prefix(std::string_view(end).size());
                    break;
                }
            }
            if (rest.starts_with(",")) rest.remove_prefix(1);
            if (rest.starts_with(" ")) rest.remove_prefix(1);
            seconds = value * 86400;
        }
        if (!rest.empty()) {
            const std::size_t colon = rest.find(':');
            double hours = 0;
            if (rest.size() < 5) return kTooShort;
            for (std::size_t i = 0; i < std::min(colon, rest.size()); ++i) {
                if (!is_digit(rest[i])) return "invalid character in hour";
                hours = hours * 10 + (rest[i] - '0');
            }
            if (colon == std::string_view::npos) return "invalid character in hour";
            if (colon > 10) return "durations may not exceed 999,999,999 hours";
            Moment clock;
            std::size_t end = 0;
            const std::string shifted = cat("00", rest.substr(colon));
            if (const char* wrong = parse_clock(shifted, 0, clock, end)) return wrong;
            if (end < shifted.size()) return kExtra;
            seconds += hours * 3600 + clock.minute * 60 + clock.second + clock.micro / 1e6;
        }
    }
    if (seconds > 999'999'999.0 * 86400) return "durations may not exceed 999,999,999 days";
    if (negative) seconds = -seconds;
    return nullptr;
}

Value zone_repr(Vm& vm, Arguments& arguments) {
    std::string text;
    if (!vm.to_str(arguments.self, text)) return {};
    return vm.str(cat("TzInfo(", text.size() > 3 ? text.substr(3) : text, ")"));
}

// pydantic_core.TzInfo: a timezone that shows itself as TzInfo(UTC).
Value zone_of(Vm& vm, const Moment& moment) {
    Module* module = as_module(vm.import_module("pydantic_core"));
    if (!module) return {};
    if (!module->globals.find("TzInfo")) {
        Class* made = vm.make_class(*module, "TzInfo", {vm.class_in("datetime", "timezone")});
        made->module = "pydantic_core._pydantic_core";
        vm.method(made, "__repr__", &zone_repr);
    }
    Arguments offset;
    offset.keywords.emplace_back("seconds", Value::of(moment.zone));
    const Value delta = vm.call(Value::of(vm.class_in("datetime", "timedelta")), std::move(offset));
    return delta ? vm.call(Value::of(vm.class_in("pydantic_core", "TzInfo")), {delta}) : delta;
}

Value make_value(Vm& vm, TypeKind kind, const Moment& moment) {
    Arguments arguments;
    std::vector<Value>& out = arguments.positional;
    if (kind != TypeKind::Time) {
        out = {Value::of(moment.year), Value::of(moment.month), Value::of(moment.day)};
    }
    if (kind != TypeKind::Date) {
        for (const int part : {moment.hour, moment.minute, moment.second, moment.micro}) {
            out.push_back(Value::of(part));
        }
        if (moment.has_zone) {
            const Value zone = zone_of(vm, moment);
            if (!zone) return {};
            out.push_back(zone);
        }
    }
    const char* name = kind == TypeKind::Date   ? "date"
                       : kind == TypeKind::Time ? "time"
                                                : "datetime";
    return vm.call(Value::of(vm.class_in("datetime", name)), std::move(arguments));
}

// datetime from what lax mode takes. `error`: why it could not be read; empty with Null: wrong
// type.
Value lax_datetime(Vm& vm, const Value& input, Moment& moment, std::string& error) {
    const char* wrong = nullptr;
    if (const Bytes* bytes = as_bytes(input); bytes || as_str(input)) {
        wrong = parse_moment(bytes ? std::string_view(bytes->data) : text_of(input), moment);
    } else if (input.is_int()) {
        wrong = from_timestamp(input.integer, 0, moment);
    } else if (input.is_float()) {
        wrong = from_float(input.real, moment);
    } else if (vm.is_instance(input, vm.class_in("datetime", "date"))) {
        const auto part = [&](const char* name) {
            const Value value = vm.find_attribute(input, name);
            return value.is_int() ? static_cast<int>(value.integer) : 0;
        };
        moment.year = part("year");
        moment.month = part("month");
        moment.day = part("day");
        if (vm.is_instance(input, vm.class_in("datetime", "datetime"))) {
            moment.hour = part("hour") + part("minute") + part("second") + part("microsecond");
            return input;  // only asked whether it is midnight
        }
    } else {
        return {};
    }
    if (wrong) {
        error = wrong;
        return {};
    }
    return make_value(vm, TypeKind::DateTime, moment);
}

bool check_temporal(Run& state, const TypeSchema& schema, const Value& value, const Value& input) {
    Vm& vm = state.vm;
    if (schema.temporal.empty()) return true;
    const bool day = schema.kind == TypeKind::Date;
    if (schema.temporal == "aware" || schema.temporal == "naive") {
        const bool aware = !vm.get_attribute(value, "tzinfo").is_none();
        if (aware == (schema.temporal == "aware")) return true;
        state.fail(aware ? "timezone_naive" : "timezone_aware", input);
        return false;
    }
    Value now;
    if (day) {
        now = vm.call_method(Value::of(vm.class_in("datetime", "date")), "today");
    } else {
        const Value zone = vm.get_attribute(value, "tzinfo");
        now = zone ? vm.call_method(Value::of(vm.class_in("datetime", "datetime")), "now", {zone})
                   : zone;
    }
    bool good = false;
    const bool past = schema.temporal == "past";
    if (!now || !(past ? vm.less(value, now, good) : vm.less(now, value, good))) return false;
    if (!good) state.fail(cat(day ? "date_" : "datetime_", schema.temporal), input);
    return good;
}

}  // namespace

Value validate_temporal(Run& state, const TypeSchema& schema, const Value& input) {
    Vm& vm = state.vm;
    const bool strict = state.strict || schema.strict;
    const bool json = state.mode != InputMode::Python;
    const Bytes* bytes = as_bytes(input);
    const bool text = as_str(input) || bytes;
    const std::string_view raw = bytes ? std::string_view(bytes->data) : text_of(input);
    const TypeKind kind = schema.kind;
    const char* name = kind == TypeKind::Date       ? "date"
                       : kind == TypeKind::Time     ? "time"
                       : kind == TypeKind::DateTime ? "datetime"
                                                    : "timedelta";
    const char* word = kind == TypeKind::TimeDelta ? "time_delta" : name;
    Class* datetime = vm.class_in("datetime", "datetime");
    if (vm.is_instance(input, vm.class_in("datetime", name)) &&
        !(kind == TypeKind::Date && vm.is_instance(input, datetime))) {
        return check_temporal(state, schema, input, input) ? input : Value();
    }
    if (strict && !(json && text)) return state.fail(cat(word, "_type"), input);
    state.floor(json && text ? Exactness::Strict : Exactness::Lax);
    const auto parsing = [&](std::string_view type, std::string_view error) {
        return state.fail(type, input, {{"error", vm.str(std::string(error))}});
    };
    Moment moment;
    std::string error;
    Value made;
    if (kind == TypeKind::DateTime) {
        made = lax_datetime(vm, input, moment, error);
        if (!made && !vm.failed() && error.empty()) return state.fail("datetime_type", input);
        if (!error.empty() && text) {
            // A plain date is midnight; what is wrong with it as a date is told.
            moment = Moment();
            const char* wrong = parse_day(raw, moment);
            if (!wrong && raw.size() > 10) wrong = kExtra;
            if (wrong) return parsing("datetime_from_date_parsing", wrong);
            made = make_value(vm, kind, moment);
        } else if (!error.empty()) {
            return parsing("datetime_parsing", error);
        }
    } else if (kind == TypeKind::Date) {
        const bool plain = text && !parse_day(raw, moment) && raw.size() == 10;
        if (!plain) {
            moment = Moment();
            made = lax_datetime(vm, input, moment, error);
            if (!error.empty()) return parsing("date_from_datetime_parsing", error);
            if (!made) return vm.failed() ? Value() : state.fail("date_type", input);
            if (moment.hour || moment.minute || moment.second || moment.micro) {
                return state.fail("date_from_datetime_inexact", input);
            }
        }
        made = make_value(vm, kind, moment);
    } else if (kind == TypeKind::Time) {
        const char* wrong = nullptr;
        if (text) {
            wrong = parse_time(raw, 0, moment);
        } else if (input.is_int() || input.is_float()) {
            const double seconds = input.is_int() ? static_cast<double>(input.integer) : input.real;
            if (seconds < 0) return parsing("time_parsing", "time in seconds should be positive");
            if (seconds >= 86400) {
                return parsing("time_parsing", "numeric times may not exceed 86,399 seconds");
            }
            wrong = from_float(seconds, moment);
        } else {
            return state.fail("time_type", input);
        }
        if (wrong) return parsing("time_parsing", wrong);
        made = make_value(vm, kind, moment);
    } else {
        double seconds = 0;
        if (text) {
            if (const char* wrong = parse_duration(raw, seconds)) {
                return parsing("time_delta_parsing", wrong);
            }
        } else if (input.is_int() || input.is_float()) {
            seconds = input.is_int() ? static_cast<double>(input.integer) : input.real;
            if (std::isnan(seconds))
                return parsing("time_delta_parsing", "NaN values not permitted");
        } else {
            return state.fail("time_delta_type", input);
        }
        const double days = std::trunc(seconds / 86400);
        const double rest = seconds - days * 86400;
        Arguments parts;
        parts.positional = {
            Value::of(static_cast<std::int64_t>(days)),
            Value::of(static_cast<std::int64_t>(std::trunc(rest))),
            Value::of(static_cast<std::int64_t>(std::llround((rest - std::trunc(rest)) * 1e6)))};
        made = vm.call(Value::of(vm.class_in("datetime", "timedelta")), std::move(parts));
    }
    if (!made || !check_temporal(state, schema, made, input)) return {};
    return made.with_origin(input.origin);
}

std::string duration_text(Vm& vm, const Value& timedelta) {
    const auto part = [&](const char* name) {
        const Value value = vm.find_attribute(timedelta, name);
        return value.is_int() ? value.integer : 0;
    };
    std::int64_t total =
        (part("days") * 86400 + part("seconds")) * 1'000'000 + part("microseconds");
    std::string out = total < 0 ? "-P" : "P";
    if (total < 0) total = -total;
    const std::int64_t days = total / 86'400'000'000;
    if (days) out += cat(days, "D");
    const std::int64_t rest = total % 86'400'000'000;
    if (rest || !days) out += "T";
    if (rest / 3'600'000'000) out += cat(rest / 3'600'000'000, "H");
    if (rest / 60'000'000 % 60) out += cat(rest / 60'000'000 % 60, "M");
    const std::int64_t micro = rest % 60'000'000;
    if (micro || total == 0) {
        out += cat(micro / 1'000'000);
        if (micro % 1'000'000) {
            std::string digits_text = cat(1'000'000 + micro % 1'000'000).substr(1);
            while (digits_text.back() == '0') digits_text.pop_back();
            out += cat(".", digits_text);
        }
        out += "S";
    }
    return out;
}

}  // namespace wh::libraries
