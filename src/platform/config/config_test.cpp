#include "platform/config/config.hpp"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/describe/enum.hpp>

#include "support/temporary_folder.hpp"

namespace kontor::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

enum class Detail { off, errors, all };
BOOST_DESCRIBE_ENUM(Detail, off, errors, all)

struct DoorSettings {
    std::string listen = "127.0.0.1:8080";
    int seats = 64;
    std::chrono::milliseconds patience{5'000};
    Bytes luggage = Bytes::mib(1);
    Detail log = Detail::errors;
    bool revolving = false;
    std::vector<std::string> hosts;
    std::map<std::string, Secret> keys;
    Secret password;
    std::optional<int> floor;

    static constexpr auto describe() {
        return described<DoorSettings>(
            "How guests come in.", field<&DoorSettings::listen>("Address and port."),
            field<&DoorSettings::seats>("How many may wait.", {.min = 1, .max = 1000}),
            field<&DoorSettings::patience>("How long.", {.min = 100, .max = 60'000}),
            field<&DoorSettings::luggage>("What they may carry.", {.max = 1 << 30}),
            field<&DoorSettings::log>("Who is written down."),
            field<&DoorSettings::revolving>("Whether it turns."),
            field<&DoorSettings::hosts>("Who greets."), field<&DoorSettings::keys>("One a room."),
            field<&DoorSettings::password>("Hush."), field<&DoorSettings::floor>("Where it is."));
    }
};

class Loading : public ::testing::Test {
protected:
    std::expected<Loaded, std::vector<std::string>> load_all() {
        return load({section<DoorSettings>("door")}, sources);
    }
    DoorSettings door() { return load_all().value().section<DoorSettings>("door"); }
    std::string problem() {
        const auto loaded = load_all();
        EXPECT_FALSE(loaded);
        return loaded ? "" : loaded.error().at(0);
    }
    void write_file(std::string_view text) {
        sources.file = folder.path() / "kontor.toml";
        std::ofstream(*sources.file) << text;
    }

    kontor::testing::TemporaryFolder folder;
    Sources sources;
};

TEST_F(Loading, without_any_source_gives_the_defaults) {
    EXPECT_EQ(door().listen, "127.0.0.1:8080");
    EXPECT_EQ(door().patience, std::chrono::seconds(5));
    EXPECT_EQ(door().log, Detail::errors);
}

TEST_F(Loading, takes_every_kind_of_setting_from_the_file) {
    write_file(R"([door]
listen = "0.0.0.0:80"
seats = 7
patience = "250ms"
luggage = "64KiB"
log = "all"
revolving = true
hosts = ["ann", "bob"]
floor = -1
password = "sesame"
[door.keys]
blue = "b1"
)");
    const auto settings = door();
    EXPECT_EQ(settings.listen, "0.0.0.0:80");
    EXPECT_EQ(settings.seats, 7);
    EXPECT_EQ(settings.patience, std::chrono::milliseconds(250));
    EXPECT_EQ(settings.luggage, Bytes::kib(64));
    EXPECT_EQ(settings.log, Detail::all);
    EXPECT_TRUE(settings.revolving);
    EXPECT_THAT(settings.hosts, ElementsAre("ann", "bob"));
    EXPECT_EQ(settings.floor, -1);
    EXPECT_EQ(settings.password.reveal(), "sesame");
    EXPECT_EQ(settings.keys.at("blue").reveal(), "b1");
}

TEST_F(Loading, lets_the_environment_win_over_the_file_and_flags_over_both) {
    write_file("[door]\nseats = 7\nlisten = \"a:1\"\nhosts = [\"ann\"]\n");
    sources.environment = {
        {"KONTOR_DOOR_SEATS", "8"}, {"KONTOR_DOOR_LISTEN", "b:2"}, {"KONTOR_DOOR_KEYS_BLUE", "b2"}};
    sources.flags = {{"door.listen", "c:3", "--listen"}};
    EXPECT_EQ(door().seats, 8);
    EXPECT_EQ(door().listen, "c:3");
    EXPECT_THAT(door().hosts, ElementsAre("ann"));
    EXPECT_EQ(door().keys.at("blue").reveal(), "b2");
}

TEST_F(Loading, an_unknown_name_is_refused_with_its_place_and_the_nearest_known_one) {
    write_file("[door]\n\nseets = 7\n");
    EXPECT_THAT(problem(), HasSubstr("kontor.toml:3: there is no setting door.seets; did you mean "
                                     "door.seats?"));
    sources.file.reset();
    sources.flags = {{"dor.seats", "1", "--set"}};
    EXPECT_EQ(problem(), "--set: there is no setting dor.seats; did you mean door.seats?");
    sources.flags = {{"window.curtain", "1", "--set"}};
    EXPECT_EQ(problem(), "--set: there is no setting window.curtain");
}

TEST_F(Loading, an_unknown_variable_only_warns_since_kubernetes_makes_some) {
    sources.environment = {{"KONTOR_DOOR_SEAT", "7"}, {"KONTOR_PORT", "tcp://10.0.0.1:80"}};
    EXPECT_THAT(load_all()->warnings(),
                ElementsAre("KONTOR_DOOR_SEAT: there is no such setting; did you mean door.seats?",
                            "KONTOR_PORT: there is no such setting"));
}

TEST_F(Loading, a_value_out_of_range_is_refused_and_says_what_is_allowed) {
    sources.flags = {{"door.seats", "0", "--set"}};
    EXPECT_THAT(problem(), HasSubstr("--set: door.seats is 0: must be at least 1"));
    sources.flags = {{"door.patience", "2h", "--set"}};
    EXPECT_EQ(problem(), "--set: door.patience must be at most 1min");
    sources.flags = {{"door.patience", "5", "--set"}};
    EXPECT_THAT(problem(), HasSubstr("must be a duration like 250ms"));
    sources.flags = {{"door.luggage", "2GiB", "--set"}};
    EXPECT_EQ(problem(), "--set: door.luggage must be at most 1GiB");
    sources.flags = {{"door.log", "some", "--set"}};
    EXPECT_THAT(problem(), HasSubstr("must be one of off, errors, all"));
}

TEST_F(Loading, reports_all_problems_at_once) {
    write_file("[door]\nseats = 0\nfloor = \"top\"\nbell = 1\n");
    EXPECT_EQ(load_all().error().size(), 3U);
}

TEST_F(Loading, a_broken_or_missing_file_is_refused_with_its_line) {
    write_file("[door]\nseats = \n");
    EXPECT_THAT(problem(), HasSubstr("kontor.toml:2: "));
    sources.file = folder.path() / "none.toml";
    EXPECT_THAT(problem(), HasSubstr("none.toml: cannot be read"));
    write_file("[door]\nseats = 2026-11-23\n");
    EXPECT_THAT(problem(), HasSubstr("kontor.toml:2: door.seats must be a text, a number"));
}

TEST_F(Loading, asks_for_sections_that_were_loaded_as_that_struct_only) {
    EXPECT_THROW((void)load_all()->section<DoorSettings>("window"), std::logic_error);
}

TEST_F(Loading, prints_every_setting_with_its_source_and_no_secret) {
    write_file("[door]\nseats = 7\n");
    sources.environment = {{"KONTOR_DOOR_LISTEN", "b:2"}, {"KONTOR_DOOR_PASSWORD", "sesame"}};
    sources.flags = {{"door.keys.blue", "indigo", "--set"}};
    const auto text = load_all()->effective_text();
    EXPECT_THAT(text, HasSubstr("# How guests come in.\n[door]\n"));
    EXPECT_THAT(text, HasSubstr("listen = \"b:2\"  # KONTOR_DOOR_LISTEN\n"));
    EXPECT_THAT(text, HasSubstr("kontor.toml:2\n"));
    EXPECT_THAT(text, HasSubstr("patience = \"5s\"  # default\n"));
    EXPECT_THAT(text, HasSubstr("# password = \"***\"  # KONTOR_DOOR_PASSWORD\n"));
    EXPECT_THAT(text, HasSubstr("# keys.blue = \"***\"  # --set\n"));
    EXPECT_THAT(text, Not(HasSubstr("sesame")));
    EXPECT_THAT(text, Not(HasSubstr("indigo")));
}

TEST_F(Loading, loads_what_it_printed) {
    sources.flags = {{"door.seats", "9", "--set"}, {"door.hosts", "ann,bob", "--set"}};
    write_file(load_all()->effective_text());
    sources.flags.clear();
    EXPECT_EQ(door().seats, 9);
    EXPECT_THAT(door().hosts, ElementsAre("ann", "bob"));
}

TEST(The_settings_reference, names_type_range_default_and_variable) {
    const auto text = reference_markdown({section<DoorSettings>("door")});
    EXPECT_THAT(text, HasSubstr("| `door.seats` | number, 1 to 1000 | `64` | `KONTOR_DOOR_SEATS` | "
                                "How many may wait. |\n"));
    EXPECT_THAT(text, HasSubstr("| `door.patience` | duration, 100ms to 1min | `5s` |"));
    EXPECT_THAT(text, HasSubstr("| `door.keys.NAME` | secret by name | - | "
                                "`KONTOR_DOOR_KEYS_NAME` | One a room. |\n"));
}

TEST(A_duration, is_written_in_its_largest_exact_unit_and_reads_back) {
    for (const auto* text : {"0s", "250ms", "5s", "90s", "15min", "1h", "7d"}) {
        EXPECT_EQ(duration_text(parse_duration(text).value()), text);
    }
    for (const auto* text : {"", "5", "s", "-5s", "5 s", "1.5s", "5m", "99999999999999d"}) {
        EXPECT_FALSE(parse_duration(text)) << text;
    }
}

TEST(A_size, is_written_in_its_largest_exact_unit_and_reads_back) {
    for (const auto* text : {"0", "1500", "64KiB", "1MiB", "2GiB", "3TiB"}) {
        EXPECT_EQ(size_text(parse_size(text).value()), text);
    }
    EXPECT_EQ(parse_size("512B"), Bytes{512});
    for (const auto* text : {"", "MiB", "-1", "1MB", "1 MiB", "99999999999TiB"}) {
        EXPECT_FALSE(parse_size(text)) << text;
    }
}

}  // namespace
}  // namespace kontor::config
