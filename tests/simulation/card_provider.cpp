#include "simulation/card_provider.hpp"

#include "platform/rest/router.hpp"
#include "simulation/passage.hpp"

namespace kontor::simulation {

namespace {

using namespace std::chrono_literals;
namespace stripe = payments::stripe;

constexpr std::string_view api = "https://api.stripe.com/v1/";
constexpr std::string_view page = "https://pay.example/";

http::Answer ok(std::string body) {
    return {.status = 200, .headers = {}, .body = std::move(body)};
}

http::Answer refused(std::string code) {
    return {.status = 400,
            .headers = {},
            .body = to_json(
                stripe::ErrorBody{{.type = "invalid_request_error", .code = std::move(code)}})};
}

Result<http::Answer> not_reached() {
    return refuse(refusals::unavailable, "the card provider is not reached");
}

std::int64_t number(const std::map<std::string, std::string>& form, const std::string& name) {
    const auto found = form.find(name);
    return found == form.end() ? 0 : std::strtoll(found->second.c_str(), nullptr, 10);
}

std::string text(const std::map<std::string, std::string>& form, const std::string& name) {
    const auto found = form.find(name);
    return found == form.end() ? "" : found->second;
}

}  // namespace

http::Answer CardProvider::answer(const http::Call& call) {
    const auto key = call.headers.find("Idempotency-Key");
    if (!key) {
        return act(call);
    }
    const auto request = call.url + " " + std::get<std::string>(call.body);
    const auto known = answered_.find(std::string(*key));
    if (known != answered_.end()) {
        return known->second.first == request ? known->second.second
                                              : refused("idempotency_key_in_use");
    }
    auto answer = act(call);
    answered_.emplace(*key, std::pair(request, answer));
    return answer;
}

http::Answer CardProvider::act(const http::Call& call) {
    auto path = std::string_view(call.url).substr(api.size());
    const auto part = [&path] {
        const auto end = std::min(path.find('/'), path.size());
        const auto first = path.substr(0, end);
        path.remove_prefix(std::min(end + 1, path.size()));
        return std::string(first);
    };
    Form form;
    if (const auto* body = std::get_if<std::string>(&call.body); body && !body->empty()) {
        for (auto& [name, value] : rest::parse_query(*body).value()) {
            form.insert_or_assign(std::move(name), std::move(value));
        }
    }
    const auto kind = part();
    const auto id = part();
    if (kind == "refunds") {
        return id.empty() ? refund(form) : ok(refunds_.at(id));
    }
    if (id.empty()) {
        return create(form);
    }
    return call.method == "GET" ? shown(id) : change(id, part(), form);
}

http::Answer CardProvider::create(const Form& form) {
    const auto id = fmt::format("pi_{:04}", ++number_);
    intents_[id] = {.order = text(form, "metadata[order]"),
                    .payment = text(form, "metadata[payment]"),
                    .status = "requires_action",
                    .currency = text(form, "currency"),
                    .amount = number(form, "amount")};
    return shown(id);
}

http::Answer CardProvider::change(const std::string& id, std::string_view action,
                                  const Form& form) {
    auto& intent = intents_.at(id);
    if (action == "capture") {
        return capture(id, intent, form);
    }
    if (intent.status == "succeeded" || intent.status == "canceled") {
        return refused("payment_intent_unexpected_state");
    }
    intent.status = "canceled";
    intent.capturable = 0;
    notify("payment_intent.canceled", id);
    return shown(id);
}

http::Answer CardProvider::capture(const std::string& id, Intent& intent, const Form& form) {
    if (intent.status != "requires_capture") {
        return refused("payment_intent_unexpected_state");
    }
    const auto amount = number(form, "amount_to_capture");
    if (amount <= 0 || amount > intent.capturable) {
        return refused("amount_too_large");
    }
    intent.received += amount;
    intent.capturable -= amount;
    if (text(form, "final_capture") == "true" || intent.capturable == 0) {
        intent.capturable = 0;
        intent.status = "succeeded";
    }
    notify("payment_intent.succeeded", id);
    return shown(id);
}

http::Answer CardProvider::refund(const Form& form) {
    auto& intent = intents_.at(text(form, "payment_intent"));
    const auto amount = number(form, "amount");
    if (amount <= 0 || intent.refunded + amount > intent.received) {
        return refused("amount_too_large");
    }
    intent.refunded += amount;
    const stripe::Refund refund{.id = fmt::format("re_{:04}", ++number_), .status = "succeeded"};
    return ok(refunds_[refund.id] = to_json(refund));
}

http::Answer CardProvider::shown(const std::string& id) const {
    const auto& intent = intents_.at(id);
    stripe::PaymentIntent object{.id = id,
                                 .status = intent.status,
                                 .currency = intent.currency,
                                 .amount_capturable = intent.capturable,
                                 .amount_received = intent.received};
    if (intent.status == "requires_action") {
        object.next_action = stripe::NextAction{stripe::RedirectToUrl{std::string(page) + id}};
    }
    if (intent.declined) {
        object.last_payment_error = stripe::ApiError{.type = "card_error", .code = "card_declined"};
    }
    return ok(to_json(object));
}

void CardProvider::visit(const std::string& url, bool pays) {
    const auto id = url.substr(page.size());
    auto& intent = intents_.at(id);
    if (intent.status != "requires_action") {
        return;
    }
    intent.declined = !pays;
    intent.status = pays ? "requires_capture" : "requires_payment_method";
    intent.capturable = pays ? intent.amount : 0;
    notify(pays ? "payment_intent.amount_capturable_updated" : "payment_intent.payment_failed", id);
}

void CardProvider::notify(std::string_view type, const std::string& id) {
    if (environment_.faults.happens(Fault::notice_lost, type)) {
        return;
    }
    auto payload =
        to_json(stripe::Event{.id = fmt::format("evt_{:04}", ++number_),
                              .type = std::string(type),
                              .data = {{.object = "payment_intent",
                                        .id = id,
                                        .metadata = {{"payment", intents_.at(id).payment}}}}});
    if (environment_.faults.happens(Fault::notice_repeated, type)) {
        environment_.loop.after(environment_.between(1s, 60s), [this, payload] { tell_(payload); });
    }
    environment_.loop.after(environment_.between(5ms, 20s),
                            [this, payload = std::move(payload)] { tell_(payload); });
}

void CardProvider::deliver(const std::shared_ptr<const http::Call>& call, Reply reply) {
    send(environment_,
         {.what = call->url,
          .arrives = [this, call, reply] { serve(*call, reply); },
          .again = call->safe ? [this, call] { answer(*call); } : std::function<void()>(),
          .lost = [reply] { reply(not_reached()); }});
}

void CardProvider::serve(const http::Call& call, const Reply& reply) {
    const http::Answer failure{.status = 500, .headers = {}, .body = "{}"};
    const bool fails = environment_.faults.happens(Fault::provider_fails, call.url);
    Result<http::Answer> answered = failure;
    if (!fails || environment_.one_in(2)) {
        answered = answer(call);
    }
    const auto way = reply_passage(environment_, call.url);
    if (fails) {
        answered = failure;
    }
    if (!way.arrives) {
        answered = not_reached();
    }
    environment_.loop.after(way.after,
                            [reply, answered = std::move(answered)] { reply(answered); });
}

Task<Result<http::Answer>> ProviderClient::send(Context context, http::Call call) {
    if (environment_.ends_here(*caller_, call.url)) {
        co_return not_reached();
    }
    auto sent = std::make_shared<const http::Call>(std::move(call));
    auto answer = co_await await_reply<http::Answer>(
        environment_, *caller_, std::move(context),
        [&](auto reply) { provider_.deliver(sent, reply); }, not_reached());
    environment_.trace.note("{} answers {}", sent->url,
                            answer ? fmt::to_string(answer->status) : answer.error().code);
    if (environment_.ends_here(*caller_, sent->url)) {
        co_return not_reached();
    }
    co_return answer;
}

Task<Result<std::unique_ptr<http::StreamedAnswer>>> ProviderClient::open(Context, http::Call) {
    co_return refuse(refusals::unavailable, "the card provider streams nothing");
}

}  // namespace kontor::simulation
