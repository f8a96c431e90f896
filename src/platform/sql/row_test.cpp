#include <gmock/gmock.h>

#include <limits>
#include <tuple>

#include "platform/async/asio_loop.hpp"
#include "platform/sql/sql.hpp"
#include "support/databases.hpp"

namespace kontor::sql {
namespace {

using ::testing::HasSubstr;

struct ThingTag;
enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct Thing {
    Id<ThingTag> id;
    std::string name;
    std::optional<std::string> note;
    bool listed = false;
    double longitude = 0;
    Timestamp since;
    Colour colour{};
    std::int32_t parts = 0;
    bool operator==(const Thing&) const = default;

    static constexpr auto describe() {
        return described<Thing>("A thing with a column of every type.", field<&Thing::id>("Key."),
                                field<&Thing::name>("Name."), field<&Thing::note>("Note."),
                                field<&Thing::listed>("Flag."),
                                field<&Thing::longitude>("Coordinate."),
                                field<&Thing::since>("Time."), field<&Thing::colour>("Colour."),
                                field<&Thing::parts>("Number."));
    }
};

constexpr Migration tables[] = {{"test", 1, "things", R"sql(
    CREATE TABLE things (
        id        BIGINT PRIMARY KEY,
        name      TEXT NOT NULL,
        note      TEXT,
        listed    SMALLINT NOT NULL,
        longitude DOUBLE PRECISION NOT NULL,
        since     BIGINT NOT NULL,
        colour    TEXT NOT NULL,
        parts     BIGINT NOT NULL
    ) {{strict}};
)sql"}};

constexpr Statement add{"test.add", R"sql(
    INSERT INTO things (id, name, note, listed, longitude, since, colour, parts)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
)sql"};
constexpr Statement all{"test.all", R"sql(
    SELECT parts, colour, since, longitude, listed, note, name, id
      FROM things
     ORDER BY id
)sql"};

class A_row : public ::testing::TestWithParam<Engine> {
protected:
    A_row() { database_->migrate(tables); }

    Thing stored(const Thing& thing) {
        (void)loop_.run_until_done(
            database_->write(context_, [thing](Transaction& transaction) -> Task<Result<bool>> {
                co_await transaction.execute(add, thing.id, thing.name, thing.note, thing.listed,
                                             thing.longitude, thing.since, thing.colour,
                                             thing.parts);
                co_return true;
            }));
        return *loop_.run_until_done(database_->row<Thing>(context_, all));
    }
    template <class Row>
    std::string complaint(const Statement& statement) {
        try {
            (void)loop_.run_until_done(database_->row<Row>(context_, statement));
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), Error::Kind::statement);
            return error.what();
        }
        return "no error";
    }

    AsioLoop loop_;
    Context context_;
    testing::TestDatabase place_{GetParam()};
    std::unique_ptr<Database> database_ = place_.open();
    Thing thing_{
        {42}, "Bohrer 8 mm \u2013 \"HSS\"", "it's $1\n\\", true, 8.4725, {-1}, Colour::green, -7};
};

TEST_P(A_row, comes_back_as_it_was_written) {
    EXPECT_EQ(stored(thing_), thing_);
}

TEST_P(A_row, keeps_null_apart_from_the_empty_text) {
    thing_.note = "";
    thing_.name = "";
    EXPECT_EQ(stored(thing_), thing_);
    thing_.note = std::nullopt;
    thing_.id = {1};
    EXPECT_EQ(stored(thing_), thing_);
}

TEST_P(A_row, keeps_the_extremes_of_its_types) {
    thing_.id = {std::numeric_limits<std::uint64_t>::max()};
    thing_.since = {std::numeric_limits<std::int64_t>::min()};
    thing_.parts = std::numeric_limits<std::int32_t>::max();
    thing_.longitude = -179.99999999999997;
    thing_.name = std::string(100'000, 'x');
    EXPECT_EQ(stored(thing_), thing_);
}

TEST_P(A_row, can_be_a_tuple_or_a_single_value) {
    stored(thing_);
    static constexpr Statement two{"test.two", "SELECT name, parts FROM things"};
    using Two = std::tuple<std::string, int>;
    EXPECT_EQ(loop_.run_until_done(database_->row<Two>(context_, two)), Two(thing_.name, -7));
    static constexpr Statement sum{"test.sum",
                                   "SELECT CAST(SUM(parts) AS BIGINT) FROM things WHERE id = $1"};
    using Sum = std::optional<std::int64_t>;
    EXPECT_EQ(loop_.run_until_done(database_->row<Sum>(context_, sum, 42)), Sum(-7));
    EXPECT_EQ(loop_.run_until_done(database_->row<Sum>(context_, sum, 43)),
              std::optional<Sum>(std::in_place));
}

TEST_P(A_row, that_does_not_fit_its_columns_says_which) {
    stored(thing_);
    static constexpr Statement few{"test.few", "SELECT id, name FROM things"};
    EXPECT_THAT(complaint<Thing>(few), HasSubstr("none is called note"));
    static constexpr Statement null{"test.null", "SELECT CAST(NULL AS BIGINT) AS empty"};
    EXPECT_THAT(complaint<std::int64_t>(null), HasSubstr("column empty is NULL"));
    static constexpr Statement text{"test.text", "SELECT name FROM things"};
    EXPECT_THAT(complaint<std::int64_t>(text), HasSubstr("not an integer"));
    static constexpr Statement large{"test.large", "SELECT CAST(70000 AS BIGINT) AS large"};
    EXPECT_THAT(complaint<std::int16_t>(large), HasSubstr("column large holds 70000"));
    static constexpr Statement blue{"test.blue", "SELECT CAST('blue' AS TEXT) AS colour"};
    EXPECT_THAT(complaint<Colour>(blue), HasSubstr("\"blue\""));
}

TEST_P(A_row, cannot_hold_what_its_column_refuses) {
    static constexpr Statement wrong{"test.wrong", R"sql(
        INSERT INTO things (id, name, listed, longitude, since, colour, parts)
        VALUES ($1, 'x', 0, 0, 0, 'red', 0)
    )sql"};
    EXPECT_THROW((void)loop_.run_until_done(
                     database_->write(context_,
                                      [](Transaction& transaction) -> Task<Result<bool>> {
                                          co_await transaction.execute(wrong, "no number");
                                          co_return true;
                                      })),
                 Error);
}

INSTANTIATE_TEST_SUITE_P(On, A_row, testing::both_engines(), testing::engine_name);

}  // namespace
}  // namespace kontor::sql
