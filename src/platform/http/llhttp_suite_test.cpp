// The requests of llhttp's own tests, where they are at hand, each decided by RFC 9112. What we
// decide differently than llhttp stands in framing.md, in a table that this test checks.
#include <gmock/gmock.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "platform/async/asio_loop.hpp"
#include "platform/async/loop_pool.hpp"
#include "platform/http/server.hpp"
#include "support/raw_connection.hpp"
#include "support/repository.hpp"

namespace kontor::http {
namespace {

using ::kontor::testing::RawConnection;

std::filesystem::path suite_file() {
    return kontor::testing::test_data() / "suites/http1-requests.json";
}

std::string read(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

std::string from_hex(std::string_view hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
    }
    return bytes;
}

struct Case {
    std::string name;
    std::string bytes;
    std::size_t messages;  ///< That llhttp completed.
    bool refused;          ///< By llhttp, for more than what follows a closing message.
};

/// The suite lost the line ends after its last line. llhttp's offsets tell how many there were;
/// where it has refused before, so many as end any head.
std::string completed(std::string bytes, std::string_view log, bool refused) {
    if (refused) {
        return bytes + "\r\n\r\n";
    }
    std::size_t furthest = 0;
    for (auto at = log.find("off="); at != std::string_view::npos; at = log.find("off=", at + 4)) {
        std::size_t offset = 0;
        std::from_chars(log.data() + at + 4, log.data() + log.size(), offset);
        furthest = std::max(furthest, offset);
    }
    while (bytes.size() < furthest) {
        bytes += "\r\n";
    }
    return bytes;
}

std::vector<Case> read_suite() {
    std::vector<Case> cases;
    std::map<std::string, int> seen;
    const auto suite = boost::json::parse(read(suite_file()));
    for (const auto& one : suite.as_array()) {
        const auto& object = one.as_object();
        const std::string log(object.at("log").as_string());
        const auto* error = object.at("error").if_string();
        const auto what = error == nullptr ? std::string() : std::string(*error);
        std::string name(object.at("name").as_string());
        const auto earlier = seen[name]++;
        std::size_t messages = 0;
        for (auto at = log.find("message complete"); at != std::string::npos;
             at = log.find("message complete", at + 1)) {
            ++messages;
        }
        const bool refused = !what.empty() && what != "Pause on CONNECT/Upgrade" &&
                             what != "Data after `Connection: close`";
        cases.push_back(
            {earlier == 0 ? name : fmt::format("{} ({})", name, earlier + 1),
             completed(from_hex(std::string(object.at("raw_hex").as_string())), log, refused),
             messages, refused});
    }
    return cases;
}

/// Adds a Host where a request line of HTTP/1.1 has none behind it: nearly all of the suite lacks
/// it, which alone is a reason to refuse (RFC 9112, 3.2), and would hide every other.
std::string with_hosts(std::string bytes) {
    const bool has = bytes.find("Host:") != std::string::npos;
    for (auto at = bytes.find(" HTTP/1.1\r\n"); !has && at != std::string::npos;
         at = bytes.find(" HTTP/1.1\r\n", at + 1)) {
        bytes.insert(at + 11, "Host: a\r\n");
    }
    return bytes;
}

Task<Response> discard(Request& request) {
    for (;;) {
        const auto piece = co_await request.read_some();
        if (!piece) {
            co_return problem(piece.error());
        }
        if (!*piece) {
            co_return Response::empty(200);
        }
    }
}

/// `taken` whole requests, and the status of the refusal behind them or 0.
struct Decision {
    std::size_t taken = 0;
    int refusal = 0;
    bool operator==(const Decision&) const = default;
};

Decision decide(std::uint16_t port, const std::string& bytes) {
    RawConnection client(port);
    client.send(bytes);
    client.finish_writing();
    const auto all = client.receive_all();
    Decision decision;
    const std::string start = "HTTP/1.1 ";
    for (auto at = all.find(start); at != std::string::npos; at = all.find(start, at + 1)) {
        if (at > 0 && all[at - 1] != '\n' && all[at - 1] != '}') {
            continue;  // in a message
        }
        if (const int status = std::stoi(all.substr(at + start.size(), 3)); status < 400) {
            ++decision.taken;
        } else if (all.find("the connection ended before", at) == std::string::npos) {
            decision.refusal = status;  // not for what is only cut short
        }
    }
    return decision;
}

std::string described(const Case& one, const Decision& ours) {
    const auto llhttp = fmt::format("{}{}", one.messages, one.refused ? ", then refused" : "");
    const auto we = ours.refusal == 0 ? fmt::format("{}", ours.taken)
                                      : fmt::format("{}, then {}", ours.taken, ours.refusal);
    return fmt::format("| {} | {} | {} |", one.name, llhttp, we);
}

/// Rows of the table, without its heading and rule.
std::size_t rows_of(const std::string& page) {
    std::size_t rows = 0;
    for (auto at = page.find("\n| "); at != std::string::npos; at = page.find("\n| ", at + 1)) {
        ++rows;
    }
    return rows - 1;
}

TEST(The_llhttp_suite, is_decided_as_framing_md_says_where_we_differ) {
    if (!std::filesystem::exists(suite_file())) {
        GTEST_SKIP() << suite_file() << " is not there; KONTOR_TEST_DATA names its folder";
    }
    LoopPool pool(1);
    Server server(pool.all(), discard);
    const auto framing = read(kontor::testing::repository() / "src/platform/http/framing.md");
    const auto suite = read_suite();
    EXPECT_GE(suite.size(), 119);
    std::size_t differing = 0;
    for (const auto& one : suite) {
        const auto ours = decide(server.port(), with_hosts(one.bytes));
        const bool same = ours.taken == one.messages && (ours.refusal != 0) == one.refused;
        if (!same) {
            ++differing;
            EXPECT_NE(framing.find(described(one, ours)), std::string::npos)
                << described(one, ours) << "\n"
                << one.bytes;
        }
        const auto first_line = one.bytes.substr(0, one.bytes.find('\n', 2));
        if (one.bytes.find("Host:") == std::string::npos && first_line.contains(" HTTP/1.1")) {
            EXPECT_EQ(decide(server.port(), one.bytes).taken, 0) << "without Host: " << one.bytes;
        }
    }
    EXPECT_EQ(rows_of(framing), differing) << "a row of framing.md is of no use any more";
}

}  // namespace
}  // namespace kontor::http
