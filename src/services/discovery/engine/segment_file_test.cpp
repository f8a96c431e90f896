#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/discovery/engine/engine.hpp"
#include "services/discovery/engine/tests/support/shop.hpp"
#include "support/temporary_folder.hpp"

namespace kontor::discovery::engine {
namespace {

using ::testing::HasSubstr;

class IndexFile : public ::testing::Test {
protected:
    IndexFile() {
        const auto engine = *Engine::open(file_);
        engine->upsert(testing::product(1, "Hammer"));
        engine->upsert(testing::product(2, "Zange"));
        engine->merge("position 7");
        std::ifstream in(file_, std::ios::binary);
        bytes_.assign(std::istreambuf_iterator<char>(in), {});
    }

    void expect_refused(const std::string& bytes, const std::string& what) const {
        std::ofstream(file_, std::ios::binary) << bytes;
        const auto opened = Engine::open(file_);
        ASSERT_FALSE(opened) << what;
        EXPECT_EQ(opened.error().code, "damaged_index") << what;
        EXPECT_THAT(opened.error().message, HasSubstr("delete it and rebuild")) << what;
    }

    kontor::testing::TemporaryFolder folder_;
    std::filesystem::path file_ = folder_.path() / "index";
    std::string bytes_;
};

TEST_F(IndexFile, keeps_products_and_the_callers_position) {
    const auto engine = *Engine::open(file_);
    EXPECT_EQ(engine->position(), "position 7");
    EXPECT_EQ(engine->reader().size(), 2);
    EXPECT_EQ(engine->reader().find(testing::Shop::german("hammer"))->total, 1);
}

TEST_F(IndexFile, that_is_truncated_anywhere_is_refused) {
    for (std::size_t size = 0; size < bytes_.size(); size += 61) {
        expect_refused(bytes_.substr(0, size), fmt::format("cut to {} bytes", size));
    }
}

TEST_F(IndexFile, with_an_altered_table_of_sections_is_refused) {
    for (std::size_t back = 1; back < 400; back += 7) {
        auto altered = bytes_;
        altered[altered.size() - back] ^= 1;
        expect_refused(altered, fmt::format("{} from the end", back));
    }
}

TEST_F(IndexFile, with_altered_contents_is_refused) {
    auto altered = bytes_;
    const auto term = altered.rfind("hammerzang");  // the sorted terms, one behind the other
    ASSERT_NE(term, std::string::npos);
    altered[term] = 'j';
    expect_refused(altered, "a term");
}

TEST_F(IndexFile, that_a_crash_left_half_written_beside_it_does_not_matter) {
    std::ofstream(file_.string() + ".new", std::ios::binary) << bytes_.substr(0, 100);
    const auto engine = *Engine::open(file_);
    EXPECT_EQ(engine->reader().size(), 2);
    engine->merge("later");
    EXPECT_EQ((*Engine::open(file_))->position(), "later");
}

TEST_F(IndexFile, that_cannot_be_written_throws_and_the_index_goes_on) {
    const auto engine = *Engine::open(folder_.path() / "missing" / "index");
    engine->upsert(testing::product(1, "Hammer"));
    EXPECT_THROW(engine->merge("x"), std::system_error);
    EXPECT_EQ(engine->position(), "");
    EXPECT_EQ(engine->reader().size(), 1);
}

}  // namespace
}  // namespace kontor::discovery::engine
