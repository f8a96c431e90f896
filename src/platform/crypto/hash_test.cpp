#include "platform/crypto/hash.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "platform/crypto/sha256_stream.hpp"

namespace kontor::crypto {
namespace {

TEST(Sha256_of_a_text, is_that_of_FIPS_180_4) {
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_hex("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Hmac_sha256, is_that_of_RFC_4231) {
    EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(A_SHA_256_stream, gives_the_hash_of_all_its_pieces) {
    Sha256Stream stream;
    stream.add("a");
    stream.add("");
    stream.add("bc");
    EXPECT_EQ(to_hex(stream.finish()), sha256_hex("abc"));
}

TEST(A_fast_hash, is_that_of_XXH3_and_changes_with_its_seed) {
    EXPECT_EQ(fast_hash(""), 0x2d06800538d394c2U);
    EXPECT_NE(fast_hash("", 1), fast_hash(""));
    EXPECT_NE(fast_hash("a"), fast_hash("b"));
}

TEST(Two_secrets, are_equal_only_when_every_byte_is) {
    EXPECT_TRUE(constant_time_equal("secret", "secret"));
    EXPECT_FALSE(constant_time_equal("secret", "secreT"));
    EXPECT_FALSE(constant_time_equal("secret", "secrets"));
    EXPECT_TRUE(constant_time_equal("", ""));
}

TEST(Base64url, reads_back_and_refuses_padding_and_other_alphabets) {
    EXPECT_EQ(to_base64url("\xfb\xff"), "-_8");
    EXPECT_EQ(to_base64url(""), "");
    SeededRandom random(64);
    for (std::size_t size = 0; size < 100; ++size) {
        std::string bytes;
        for (std::size_t i = 0; i < size; ++i) {
            bytes.push_back(static_cast<char>(random.below(256)));
        }
        ASSERT_EQ(from_base64url(to_base64url(bytes)), bytes);
    }
    EXPECT_FALSE(from_base64url("-_8="));
    EXPECT_FALSE(from_base64url("+/8"));
    EXPECT_FALSE(from_base64url("a"));
}

}  // namespace
}  // namespace kontor::crypto
