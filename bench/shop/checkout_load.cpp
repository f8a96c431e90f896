/// Shoppers that buy from the shop, for bench/run.
///
///     checkout_load MODE ORIGIN SKUS-FILE [CLIENTS [SECONDS [SEED [LINES [RATE]]]]]
///
/// - `add`: each client begins a cart and adds ten lines to it, one a request, again and again;
/// - `checkout`: each client makes whole purchases, from the new cart of LINES lines to the order;
/// - `steady`: whole purchases too, but RATE of them begin each second, however the shop keeps up;
///   CLIENTS is then the most connections, and `purchase` counts from when it was to begin;
/// - `long`: each client makes a cart that is one line short of LINES, then adds one and takes it
///   out again, again and again; its answers hold what changed only;
/// - `place`: for as long carts are made ready, and then only the orders are placed and timed.
///
/// Prints one JSON object: for each step how often it was done, its rate and its times; and what
/// was refused, by code. Progress goes to stderr, once a second. Ends within `SECONDS` (`place`:
/// three times that) and the time of one request, 10 s at most (`steady`: of those of a purchase).
#include <fmt/format.h>

#include <atomic>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <random>
#include <stdexcept>

#include "platform/async/asio_loop.hpp"
#include "platform/http/client.hpp"
#include "tally.hpp"

namespace kontor::bench {

namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

constexpr int lines_per_cart = 10;
constexpr auto request_time = std::chrono::seconds(10);
constexpr std::string_view addresses =
    R"({"shipping":{"given_name":"Ada","family_name":"Beispiel","street":"Planken 1",)"
    R"("postal_code":"68161","city":"Mannheim","country":"DE","email":"ada@example.org"}})";

using Step = std::string_view;

namespace steps {
constexpr Step create_cart = "create_cart";
constexpr Step add_line = "add_line";
constexpr Step remove_line = "remove_line";
constexpr Step addresses = "addresses";
constexpr Step delivery = "delivery";
constexpr Step payment = "payment";
constexpr Step place_order = "place_order";
constexpr Step purchase = "purchase";
}  // namespace steps

struct Options {
    std::string mode;
    std::string origin;
    std::vector<std::string> skus;
    std::size_t clients = 64;
    double seconds = 15;
    std::uint64_t seed = 1;
    std::size_t lines = 2;
    double rate = 100;
};

struct Cart {
    std::string id;
    std::string version;
    std::string token;
};

/// All shoppers of a run, on the current loop.
class Shoppers {
public:
    Shoppers(const Options& options, http::Client& client)
        : options_(options), client_(client), random_(options.seed) {}

    Task<std::string> run() {
        spawn(tell());
        auto began = std::chrono::steady_clock::now();
        if (options_.mode == "place") {
            co_await in_parallel(&Shoppers::prepare_carts, options_.seconds);
            tally_ = {};
            began = std::chrono::steady_clock::now();
            co_await in_parallel(&Shoppers::place_prepared, 2 * options_.seconds);
        } else if (options_.mode == "long") {
            co_await in_parallel(&Shoppers::make_long_cart, options_.seconds);
            if (prepared_.size() < options_.clients) {
                throw std::runtime_error("carts could not be made: " + tally_.json(Seconds(1)));
            }
            tally_ = {};
            began = std::chrono::steady_clock::now();
            co_await in_parallel(&Shoppers::edit_long_cart, options_.seconds);
        } else if (options_.mode == "steady") {
            co_await buy_steadily();
        } else {
            co_await in_parallel(options_.mode == "add" ? &Shoppers::fill_carts : &Shoppers::buy,
                                 options_.seconds);
        }
        ended_ = true;
        co_return tally_.json(std::chrono::steady_clock::now() - began);
    }

private:
    using Work = Task<bool> (Shoppers::*)();

    Task<void> in_parallel(Work work, double seconds) {
        until_ = std::chrono::steady_clock::now() +
                 std::chrono::duration_cast<std::chrono::nanoseconds>(Seconds(seconds));
        std::vector<Task<bool>> all;
        for (std::size_t i = 0; i < options_.clients; ++i) {
            all.push_back((this->*work)());
        }
        co_await when_all(std::move(all));
    }

    bool time_left() const { return std::chrono::steady_clock::now() < until_; }

    Task<bool> fill_carts() {
        while (time_left()) {
            auto cart = co_await create(R"({"lines":[]})");
            for (int i = 0; cart && i < lines_per_cart && time_left(); ++i) {
                co_await change(steps::add_line, *cart, "POST", "lines", line());
            }
        }
        co_return true;
    }

    Task<bool> make_long_cart() {
        std::string lines;
        for (std::size_t i = 1; i < options_.lines; ++i) {
            lines += (i == 1 ? "" : ",") + line_of(options_.skus.at(i));
        }
        if (auto cart = co_await create(fmt::format(R"({{"lines":[{}]}})", lines))) {
            prepared_.push_back(*std::move(cart));
        }
        co_return true;
    }

    /// Of the first SKU, which no cart has to begin with.
    Task<bool> edit_long_cart() {
        const auto cart = std::move(prepared_.front());
        prepared_.pop_front();
        const std::vector<std::pair<std::string, std::string>> fields{
            {"Authorization", "Bearer " + cart.token}, {"Prefer", "return=minimal"}};
        const auto lines = fmt::format("carts/{}/lines", cart.id);
        while (time_left()) {
            const auto added = co_await ask(steps::add_line, "POST", lines,
                                            line_of(options_.skus.front()), fields);
            if (added) {
                const auto id = value_after(*added, R"("lines":[{"id":")");
                co_await ask(steps::remove_line, "DELETE", fmt::format("{}/{}", lines, id), {},
                             fields);
            }
        }
        co_return true;
    }

    Task<bool> buy() {
        while (time_left()) {
            if (const auto cart = co_await ready_cart()) {
                co_await place(*cart);
            }
        }
        co_return true;
    }

    /// Never waits for one purchase before the next begins: else a shop that stands still would be
    /// asked less, and look faster than it is.
    Task<void> buy_steadily() {
        const auto began = std::chrono::steady_clock::now();
        const auto all = static_cast<std::size_t>(options_.rate * options_.seconds);
        for (std::size_t i = 0; i < all; ++i) {
            const auto at = began + std::chrono::duration_cast<std::chrono::nanoseconds>(
                                        Seconds(static_cast<double>(i) / options_.rate));
            if (const auto now = std::chrono::steady_clock::now(); at > now) {
                co_await sleep_for(at - now);
            }
            ++under_way_;
            spawn(purchase(at));
        }
        while (under_way_ > 0) {
            co_await sleep_for(std::chrono::milliseconds(1));
        }
    }

    Task<void> purchase(SteadyTime at) {
        const auto cart = co_await ready_cart();
        if (cart && co_await place(*cart)) {
            tally_.done(steps::purchase, std::chrono::steady_clock::now() - at);
        }
        --under_way_;
    }

    Task<bool> prepare_carts() {
        while (time_left()) {
            if (auto cart = co_await ready_cart()) {
                prepared_.push_back(*std::move(cart));
            }
        }
        co_return true;
    }

    Task<bool> place_prepared() {
        while (!prepared_.empty() && time_left()) {
            const auto cart = std::move(prepared_.front());
            prepared_.pop_front();
            co_await place(cart);
        }
        co_return true;
    }

    Task<std::optional<Cart>> create(std::string body) {
        const auto answer = co_await ask(steps::create_cart, "POST", "carts", std::move(body), {});
        if (!answer) {
            co_return std::nullopt;
        }
        co_return Cart{.id = value_after(*answer, R"("id":")"),
                       .version = value_after(*answer, R"("version":)"),
                       .token = value_after(*answer, R"("token":")")};
    }

    /// The four requests after which only the order is missing; nothing where one was refused.
    Task<std::optional<Cart>> ready_cart() {
        auto cart = co_await create(fmt::format(R"({{"lines":[{}]}})", different_lines()));
        if (cart &&
            co_await change(steps::addresses, *cart, "PUT", "addresses", std::string(addresses)) &&
            co_await change(steps::delivery, *cart, "PUT", "delivery",
                            R"({"method":"standard"})") &&
            co_await change(steps::payment, *cart, "PUT", "payment",
                            R"({"method":"prepayment"})")) {
            co_return cart;
        }
        co_return std::nullopt;
    }

    Task<bool> change(Step step, Cart& cart, std::string method, std::string_view what,
                      std::string body) {
        const auto answer =
            co_await ask(step, std::move(method), fmt::format("carts/{}/{}", cart.id, what),
                         std::move(body), {{"Authorization", "Bearer " + cart.token}});
        if (answer) {
            cart.version = value_after(*answer, R"("version":)");
        }
        co_return answer.has_value();
    }

    Task<bool> place(Cart cart) {
        // A key of its own for each attempt: none may be answered from an earlier one.
        auto key = fmt::format("bench-{:016x}-{}", random_(), ++keys_);
        const auto order = co_await ask(
            steps::place_order, "POST", "orders",
            fmt::format(R"({{"cart_id":"{}","cart_version":{}}})", cart.id, cart.version),
            {{"Authorization", "Bearer " + cart.token}, {"Idempotency-Key", std::move(key)}});
        co_return order.has_value();
    }

    /// The body of a 2xx; anything else is counted as refused.
    Task<std::optional<std::string>> ask(Step step, std::string method, std::string_view path,
                                         std::string body,
                                         std::vector<std::pair<std::string, std::string>> fields) {
        http::Call call{.method = std::move(method),
                        .url = fmt::format("{}/shop/de/{}", options_.origin, path),
                        .headers = {{"Content-Type", "application/json"}},
                        .body = std::move(body)};
        for (const auto& [name, value] : fields) {
            call.headers.add(name, value);
        }
        const auto began = std::chrono::steady_clock::now();
        auto answer = co_await client_.send({.deadline = began + request_time}, std::move(call));
        if (!answer) {
            tally_.refused(step, answer.error().code);
        } else if (answer->status >= 300) {
            tally_.refused(step, value_after(answer->body, R"("code":")"));
        } else {
            tally_.done(step, std::chrono::steady_clock::now() - began);
            co_return std::move(answer->body);
        }
        // One that is refused at once must not turn the run into a measurement of refusals.
        co_await sleep_for(std::chrono::milliseconds(10));
        co_return std::nullopt;
    }

    std::string line() {
        std::uniform_int_distribution<std::size_t> any(0, options_.skus.size() - 1);
        return line_of(options_.skus[any(random_)]);
    }
    /// As many as LINES says, of SKUs that stand side by side in the file.
    std::string different_lines() {
        std::uniform_int_distribution<std::size_t> any(0, options_.skus.size() - 1);
        const auto first = any(random_);
        std::string lines;
        for (std::size_t i = 0; i < options_.lines; ++i) {
            lines +=
                (i == 0 ? "" : ",") + line_of(options_.skus[(first + i) % options_.skus.size()]);
        }
        return lines;
    }
    static std::string line_of(std::string_view sku) {
        return fmt::format(R"({{"sku":"{}","quantity":"2"}})", sku);
    }

    Task<void> tell() {
        while (!ended_) {
            fmt::print(stderr, "\r  {}: {} lines added, {} carts paid, {} orders ", options_.mode,
                       tally_.count(steps::add_line), tally_.count(steps::payment),
                       tally_.count(steps::place_order));
            co_await sleep_for(std::chrono::seconds(1));
        }
    }

    const Options& options_;
    http::Client& client_;
    std::mt19937_64 random_;
    Tally tally_;
    std::deque<Cart> prepared_;
    std::uint64_t keys_ = 0;
    std::size_t under_way_ = 0;
    SteadyTime until_;
    bool ended_ = false;
};

Options options_from(const std::vector<std::string>& words) {
    if (words.size() < 4) {
        throw std::runtime_error(
            "usage: checkout_load add|checkout|steady|place|long ORIGIN SKUS-FILE [CLIENTS "
            "[SECONDS "
            "[SEED [LINES [RATE]]]]]");
    }
    Options options{.mode = words[1], .origin = words[2]};
    std::ifstream file(words[3]);
    for (std::string sku; std::getline(file, sku);) {
        options.skus.push_back(sku);
    }
    if (options.skus.empty()) {
        throw std::runtime_error("no SKUs in " + words[3]);
    }
    if (words.size() > 4) {
        options.clients = std::stoul(words[4]);
    }
    if (words.size() > 5) {
        options.seconds = std::stod(words[5]);
    }
    if (words.size() > 6) {
        options.seed = std::stoull(words[6]);
    }
    if (words.size() > 7) {
        options.lines = std::stoul(words[7]);
    }
    if (words.size() > 8) {
        options.rate = std::stod(words[8]);
    }
    return options;
}

}  // namespace

}  // namespace kontor::bench

int main(int count, char** words) try {
    using namespace kontor;
    const auto options = bench::options_from({words, words + count});
    AsioLoop loop;
    const auto client = http::make_client(
        {&loop}, {.connections_per_origin = options.clients, .idle_per_origin = options.clients});
    bench::Shoppers shoppers(options, *client);
    fmt::print("{}\n", loop.run_until_done(shoppers.run()));
    fmt::print(stderr, "\n");
    return 0;
} catch (const std::exception& error) {
    fmt::print(stderr, "checkout_load: {}\n", error.what());
    return 1;
}
