/// Stock as a merchandise system counts it, sent to the shop at a steady pace, for bench/run.
///
///     stock_feed ORIGIN CELLS-FILE RATE SECONDS
///
/// CELLS-FILE has a SKU and a location on each line, with a blank between them; KONTOR_ADMIN_TOKEN
/// opens the shop. RATE counts go out each second, in batches of 1,000 (of one request), the cells
/// of the file in turn and then anew, each count with a higher sequence and another number on hand
/// than the one before. Where the shop takes more than 8 batches to answer one, the feed falls
/// back.
///
/// Prints one JSON object: counts that were accepted, that came late, that were rejected; the times
/// of batches, and what was refused of them.
#include <cstdlib>
#include <fstream>

#include "platform/async/asio_loop.hpp"
#include "platform/http/client.hpp"
#include "tally.hpp"

namespace kontor::bench {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t batch_counts = 1'000;
constexpr std::size_t batches_at_once = 8;
constexpr auto request_time = std::chrono::seconds(10);
constexpr std::string_view batch = "batch";

struct Options {
    std::string origin;
    std::string token;
    /// The beginning of a count's JSON, as far as it stays.
    std::vector<std::string> cells;
    double rate = 0;
    double seconds = 0;
};

/// The whole feed, on the current loop.
class Feed {
public:
    Feed(const Options& options, http::Client& client) : options_(options), client_(client) {}

    Task<std::string> run() {
        const auto began = SteadyClock::now();
        const auto until = began + nanoseconds(options_.seconds);
        const auto apart = nanoseconds(batch_counts / options_.rate);
        for (auto at = began; std::max(at, SteadyClock::now()) < until; at += apart) {
            if (const auto now = SteadyClock::now(); at > now) {
                co_await sleep_for(at - now);
            }
            while (under_way_ == batches_at_once) {
                co_await sleep_for(std::chrono::milliseconds(1));
            }
            ++under_way_;
            spawn(send(next_batch()));
        }
        while (under_way_ > 0) {
            co_await sleep_for(std::chrono::milliseconds(1));
        }
        co_return fmt::format(R"({{"accepted":{},"late":{},"rejected":{},"batches":{}}})",
                              accepted_, late_, rejected_, tally_.json(SteadyClock::now() - began));
    }

private:
    static std::chrono::nanoseconds nanoseconds(double seconds) {
        return std::chrono::duration_cast<std::chrono::nanoseconds>(Seconds(seconds));
    }

    std::string next_batch() {
        std::string counts;
        for (std::size_t i = 0; i < batch_counts; ++i) {
            counts += fmt::format(R"({}{}"on_hand":"{}","sequence":{}}})", i == 0 ? "" : ",",
                                  options_.cells[sent_ % options_.cells.size()],
                                  90'000 + sequence_ % 1'000, sequence_);
            ++sent_;
            ++sequence_;
        }
        return fmt::format(R"({{"counts":[{}]}})", counts);
    }

    Task<void> send(std::string body) {
        http::Call call{.method = "POST",
                        .url = options_.origin + "/admin/stock",
                        .headers = {{"Authorization", "Bearer " + options_.token},
                                    {"Content-Type", "application/json"}},
                        .body = std::move(body)};
        const auto began = SteadyClock::now();
        const auto answer =
            co_await client_.send({.deadline = began + request_time}, std::move(call));
        if (!answer) {
            tally_.refused(batch, answer.error().code);
        } else if (answer->status >= 300) {
            tally_.refused(batch, value_after(answer->body, R"("code":")"));
        } else {
            tally_.done(batch, SteadyClock::now() - began);
            const auto accepted = std::stoul(value_after(answer->body, R"("accepted":)"));
            const auto late = std::stoul(value_after(answer->body, R"("unchanged":)"));
            accepted_ += accepted;
            late_ += late;
            rejected_ += batch_counts - accepted - late;
        }
        --under_way_;
    }

    const Options& options_;
    http::Client& client_;
    Tally tally_;
    /// Above that of every feed before.
    std::int64_t sequence_ = std::chrono::duration_cast<std::chrono::microseconds>(
                                 std::chrono::system_clock::now().time_since_epoch())
                                 .count();
    std::size_t sent_ = 0;
    std::size_t under_way_ = 0;
    std::size_t accepted_ = 0;
    std::size_t late_ = 0;
    std::size_t rejected_ = 0;
};

Options options_from(const std::vector<std::string>& words) {
    const char* token = std::getenv("KONTOR_ADMIN_TOKEN");
    if (words.size() != 5 || token == nullptr) {
        throw std::runtime_error(
            "usage: KONTOR_ADMIN_TOKEN=.. stock_feed ORIGIN CELLS-FILE RATE SECONDS");
    }
    Options options{.origin = words[1],
                    .token = token,
                    .cells = {},
                    .rate = std::stod(words[3]),
                    .seconds = std::stod(words[4])};
    std::ifstream file(words[2]);
    for (std::string sku, location; file >> sku >> location;) {
        options.cells.push_back(fmt::format(R"({{"sku":"{}","location":"{}",)", sku, location));
    }
    if (options.cells.empty()) {
        throw std::runtime_error("no cells in " + words[2]);
    }
    return options;
}

}  // namespace

}  // namespace kontor::bench

int main(int count, char** words) try {
    using namespace kontor;
    const auto options = bench::options_from({words, words + count});
    AsioLoop loop;
    const auto client = http::make_client({&loop});
    bench::Feed feed(options, *client);
    fmt::print("{}\n", loop.run_until_done(feed.run()));
    return 0;
} catch (const std::exception& error) {
    fmt::print(stderr, "stock_feed: {}\n", error.what());
    return 1;
}
