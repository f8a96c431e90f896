#include "app/staff_token.hpp"

#include <algorithm>
#include <iostream>

#include "platform/crypto/hash.hpp"
#include "services/access/api.hpp"

namespace kontor::app {

namespace {

constexpr auto ask_interval = std::chrono::seconds(1);
constexpr auto answer_time = std::chrono::seconds(5);

bool access_runs_in(const Deployment& deployment) {
    const auto running = deployment.running();
    return std::ranges::find(running, "access") != running.end();
}

}  // namespace

StaffToken::StaffToken(const Deployment& deployment, Secret wanted, Tokens& tokens,
                       telemetry::Log& operators)
    : deployment_(deployment),
      wanted_(std::move(wanted)),
      tokens_(tokens),
      asking_(
          ask_interval, [this] { return ask(); },
          [&operators](std::string_view error) {
              operators.warning("the staff token is not known yet", {{"error", error}});
          }) {}

Task<void> StaffToken::start() {
    if (access_runs_in(deployment_)) {
        co_await ask();
    } else if (!wanted_.reveal().empty()) {
        tokens_.learn_staff_hash(crypto::sha256_hex(wanted_.reveal()));
    } else if (deployment_.directory().knows<access::Access>()) {
        asking_.start();
    }
}

Task<void> StaffToken::ask() {
    if (tokens_.knows_staff()) {
        co_return;
    }
    access::StaffTokenWanted request;
    if (!wanted_.reveal().empty()) {
        request.token = wanted_.reveal();
    }
    auto token = co_await deployment_.directory().get<access::Access>().staff_token(
        {.deadline = Loop::current().now() + answer_time}, std::move(request));
    if (!token) {
        throw std::runtime_error("staff token: " + token.error().message);
    }
    if (token->made) {
        std::cout << "staff token (shown only now): " << *token->made << std::endl;
    }
    tokens_.learn_staff_hash(token->hash);
}

}  // namespace kontor::app
