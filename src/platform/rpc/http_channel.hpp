#pragma once

#include "platform/http/client.hpp"
#include "platform/http/message.hpp"
#include "platform/rpc/dispatcher.hpp"
#include "platform/rpc/remote.hpp"

namespace kontor::rpc {

/// Where the serving end of every remote call is: `/internal/{service}/{operation}`.
inline constexpr std::string_view internal_path = "/internal/";

/// Calls a service in another process: POST to `/internal/{service}/{operation}` at `base_url`.
class HttpChannel final : public Channel {
public:
    /// `base_url`: as in `http://orders:8080`. `token` proves to the other side who calls.
    /// `client` must outlive this.
    HttpChannel(http::Client& client, std::string base_url, std::string token);

    Task<Result<std::string>> call(Context context, std::string_view service,
                                   std::string_view operation, Effect effect,
                                   std::string request) override;

private:
    http::Client& client_;
    std::string base_url_;
    std::string token_;
};

/// The other end: answers a request whose path begins with internal_path. Refuses: `unauthorized`
/// without `token`.
Task<http::Response> serve_internal(const Dispatcher& dispatcher, std::string_view token,
                                    http::Request& request);

}  // namespace kontor::rpc
