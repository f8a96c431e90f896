#include "platform/http/wire.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>

namespace kontor::http {

Wire::Wire(Socket socket, asio::ssl::context* tls)
    : socket_(std::move(socket)),
      tls_(tls == nullptr ? nullptr : std::make_unique<asio::ssl::stream<Socket&>>(socket_, *tls)) {
    if (socket_.is_open()) {
        prepare();
    }
}

void Wire::prepare() {
    boost::system::error_code ignored;
    socket_.non_blocking(true, ignored);
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

std::string Wire::peer() const {
    boost::system::error_code error;
    const auto end = socket_.remote_endpoint(error);
    return error ? std::string() : end.address().to_string();
}

Task<Ended> Wire::accept_tls() {
    co_return co_await Pending{[this](auto handler) {
        tls_->async_handshake(asio::ssl::stream_base::server, std::move(handler));
    }};
}

Task<Ended> Wire::connect_tls(const std::string& host) {
    boost::system::error_code is_name;
    asio::ip::make_address(host, is_name);
    if (is_name) {  // RFC 6066, 3: no literal addresses
        SSL_set_tlsext_host_name(tls_->native_handle(), host.c_str());
    }
    tls_->set_verify_mode(asio::ssl::verify_peer);
    tls_->set_verify_callback(asio::ssl::host_name_verification(host));
    co_return co_await Pending{[this](auto handler) {
        tls_->async_handshake(asio::ssl::stream_base::client, std::move(handler));
    }};
}

Ended Wire::write_now(std::string_view first, std::string_view second) {
    Ended ended;
    // One buffer where one is enough: send is cheaper than sendmsg.
    ended.bytes = second.empty() ? socket_.write_some(both(first, second)[0], ended.error)
                                 : socket_.write_some(both(first, second), ended.error);
    if (ended.error == asio::error::would_block || ended.error == asio::error::try_again) {
        ended.error.clear();
    }
    return ended;
}

Task<void> Wire::finish_writing() {
    if (tls_) {
        co_await Pending{[this](auto handler) { tls_->async_shutdown(std::move(handler)); }};
    }
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
}

void Wire::cancel() noexcept {
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

void Wire::close() noexcept {
    boost::system::error_code ignored;
    socket_.close(ignored);
}

}  // namespace kontor::http
