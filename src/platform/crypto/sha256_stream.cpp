#include "platform/crypto/sha256_stream.hpp"

#include <stdexcept>

#include <openssl/evp.h>

namespace kontor::crypto {

namespace {

void check(int good) {
    if (good != 1) {
        throw std::runtime_error("OpenSSL refuses SHA-256");
    }
}

struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

}  // namespace

struct Sha256Stream::State {
    std::unique_ptr<EVP_MD_CTX, FreeContext> context{EVP_MD_CTX_new()};
};

Sha256Stream::Sha256Stream() : state_(std::make_unique<State>()) {
    check(EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr));
}

Sha256Stream::~Sha256Stream() = default;

void Sha256Stream::add(std::string_view bytes) {
    check(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()));
}

Sha256 Sha256Stream::finish() {
    Sha256 hash;
    check(EVP_DigestFinal_ex(state_->context.get(), hash.data(), nullptr));
    return hash;
}

}  // namespace kontor::crypto
