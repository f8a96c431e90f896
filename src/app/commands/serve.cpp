#include <signal.h>

#include <iostream>

#include "app/commands/verbs.hpp"
#include "app/front.hpp"
#include "app/staff_token.hpp"
#include "app/version.hpp"
#include "platform/async/asio_loop.hpp"
#include "platform/async/loop_pool.hpp"
#include "platform/async/run_on.hpp"
#include "platform/http/server.hpp"
#include "platform/telemetry/process_metrics.hpp"

namespace kontor::app {

namespace {

struct Listen {
    std::string address;
    std::uint16_t port = 0;
};

Listen parse_listen(const std::string& text) {
    const auto colon = text.rfind(':');
    int port = -1;
    if (colon != std::string::npos) {
        const auto digits = std::string_view(text).substr(colon + 1);
        std::from_chars(digits.data(), digits.data() + digits.size(), port);
    }
    if (port < 0 || port > 65'535) {
        throw std::runtime_error(
            fmt::format("listen {}: must be an address and a port, as in 127.0.0.1:8080", text));
    }
    return {text.substr(0, colon), static_cast<std::uint16_t>(port)};
}

DeploymentOptions deployment_options(const config::Loaded& settings, telemetry::Registry& metrics) {
    const auto serve = settings.section<ServeSettings>("serve");
    return {.services = serve.services,
            .data = serve.data,
            .database_url = serve.database,
            .remote = settings.section<RemoteSettings>("remote").urls,
            .resilience = settings.section<resilience::Policy>("resilience"),
            .events = settings.section<EventsSettings>("events"),
            .internal_token = std::string(serve.internal_token.reveal()),
            .node = static_cast<std::uint16_t>(serve.node),
            .metrics = &metrics,
            .settings = settings};
}

/// SIGTERM and SIGINT, taken by this thread alone; blocked before any other thread starts.
sigset_t stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

/// What runs besides the server. Stopped on every way out, so that an accident is told in its own
/// words.
class Background {
public:
    /// All must outlive it; `loop` runs it.
    Background(Loop& loop, StaffToken& staff_token, Deployment& deployment)
        : loop_(loop), staff_token_(staff_token), deployment_(deployment) {}
    ~Background() { stop(); }
    Background(const Background&) = delete;
    Background& operator=(const Background&) = delete;

    void start() {
        run_on(loop_, staff_token_.start());
        run_on(loop_, deployment_.start());
    }
    void stop() {
        run_on(loop_, staff_token_.stop());
        run_on(loop_, deployment_.stop());
    }

private:
    Loop& loop_;
    StaffToken& staff_token_;
    Deployment& deployment_;
};

}  // namespace

int serve(const config::Loaded& settings) {
    const auto signals = stop_signals();
    const auto wanted = settings.section<ServeSettings>("serve");
    const auto log_settings = settings.section<telemetry::LogSettings>("log");
    const auto listen = parse_listen(wanted.listen);
    const SystemClock clock;
    SystemRandom random;
    telemetry::StreamLog log(clock, {.level = log_settings.level, .format = log_settings.format});
    telemetry::Registry metrics;
    telemetry::add_process_metrics(metrics);
    for (const auto& warning : settings.warnings()) {
        log.warning(warning);
    }
    LoopPool loops(wanted.loops == 0 ? cores_available() : static_cast<std::size_t>(wanted.loops));
    const auto client = http::make_client(loops.all());
    Deployment deployment(deployment_options(settings, metrics), client.get(), clock, random, log);
    Tokens tokens(wanted.internal_token.reveal());
    StaffToken staff_token(deployment, settings.section<AdminSettings>("admin").token, tokens, log);
    Background background(loops.at(0), staff_token, deployment);
    background.start();
    Front front(
        deployment, tokens, metrics, log,
        {.internal_token = std::string(wanted.internal_token.reveal()), .log = log_settings});
    http::Server server(
        loops.all(), [&front](http::Request& request) { return front.handle(request); },
        {.address = listen.address,
         .port = listen.port,
         .certificate_file = wanted.certificate,
         .key_file = wanted.key,
         .on_accident = [&log](const http::Request& request, std::exception_ptr accident) {
             try {
                 std::rethrow_exception(accident);
             } catch (const std::exception& error) {
                 log.error("request failed", {{"path", request.path}, {"error", error.what()}});
             }
         }});
    const auto url = fmt::format("{}://{}:{}", wanted.certificate.empty() ? "http" : "https",
                                 listen.address, server.port());
    std::cout << fmt::format(
                     "Kontor {} serves {}\n  API reference {}/reference\n  shop          "
                     "{}/shop/de/products\n",
                     version, url, url, url)
              << std::flush;
    log.info("serving", {{"url", url}, {"loops", loops.size()}});

    int signal = 0;
    sigwait(&signals, &signal);
    log.info("draining", {{"signal", signal}});
    run_on(loops.at(0), server.drain(wanted.drain));
    background.stop();
    log.info("stopped");
    return 0;
}

}  // namespace kontor::app
