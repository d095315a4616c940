#include "trust/origin.h"

#include <doctest/doctest.h>

namespace wh::trust {

TEST_CASE("what a value was made of is found through every step") {
    OriginPool pool;
    const Origin* key = pool.add(Origin{OriginKind::Environment, {}, "API_KEY", true, {}});
    const Origin* text = pool.add(OriginKind::Literal, Span{0, 3, 9});
    const Origin* both = pool.add(Origin{OriginKind::Derived, {}, "", false, {text, key}});
    const Origin* again = pool.add(Origin{OriginKind::Derived, {}, "", false, {both, key, text}});
    CHECK(comes_from(again, OriginKind::Environment));
    CHECK_FALSE(comes_from(again, OriginKind::CallerInput));
    CHECK_FALSE(comes_from(nullptr, OriginKind::Literal));
    CHECK(leaves(again) == std::vector<const Origin*>{text, key});
    CHECK(is_secret(again));
    CHECK_FALSE(is_secret(text));
    CHECK_FALSE(is_secret(nullptr));
}

TEST_CASE("leaves are bounded") {
    OriginPool pool;
    const Origin* last = pool.add(OriginKind::Literal, {});
    for (int i = 0; i < 40; ++i) {
        const Origin* leaf = pool.add(OriginKind::Literal, {});
        last = pool.add(Origin{OriginKind::Derived, {}, "", false, {last, leaf}});
    }
    CHECK(leaves(last).size() == 16);
}

TEST_CASE("names that people give to secrets") {
    for (const char* name :
         {"API_KEY", "apiKey", "stripe_secret_key", "MAIL_KEY", "token", "docs_token",
          "X-Auth-Token", "password", "SMS_PASSWORD", "authorization", "cvc", "payment.card.number",
          "clientSecret", "accessToken", "JWT"}) {
        CAPTURE(name);
        CHECK(names_a_secret(name));
    }
    for (const char* name :
         {"", "user", "key", "cache_key", "public_key", "token_url", "password_length",
          "max_tokens", "account_number", "currency", "keyboard", "monkey", "expires_in", "author",
          "access_key_id", "secret_name"}) {
        CAPTURE(name);
        CHECK_FALSE(names_a_secret(name));
    }
}

}  // namespace wh::trust
