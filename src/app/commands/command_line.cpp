#include "app/commands/command_line.hpp"

#include <stdexcept>

#include <CLI/CLI.hpp>

#include "app/commands/verbs.hpp"
#include "app/reference/reference.hpp"
#include "app/settings.hpp"
#include "app/version.hpp"

// The only file that reads CLI11: it is all in its headers, and takes seconds to compile.

namespace kontor::app {

namespace {

/// A verb, and what every verb takes: where settings come from, and the storage.
class Verb {
public:
    Verb(CLI::App& program, std::string name, std::string meaning)
        : app_(*program.add_subcommand(std::move(name), std::move(meaning))) {
        app_.add_option("--config", config_file_, "TOML file with settings");
        add_setting("--data", "serve.data", "Folder of the embedded databases and projections");
        add_setting("--database", "serve.database", "PostgreSQL URL, instead of embedded files");
    }
    Verb(const Verb&) = delete;
    Verb& operator=(const Verb&) = delete;

    CLI::App* operator->() { return &app_; }

    /// A flag of one setting: `--listen` for `serve.listen`.
    void add_setting(std::string name, std::string path, std::string meaning) {
        app_.add_option_function<std::string>(
            name,
            [this, name, path](const std::string& value) { flags_.push_back({path, value, name}); },
            std::move(meaning));
    }

    bool is_chosen() const { return app_.parsed(); }

    /// The settings of file, environment and flags. Throws std::runtime_error that lists everything
    /// that is wrong with them.
    config::Loaded settings() const {
        config::Sources sources{
            .file = {}, .environment = config::environment_of_process(), .flags = flags_};
        if (config_file_) {
            sources.file = *config_file_;
        }
        auto loaded = config::load(setting_sections(), sources);
        if (!loaded) {
            throw std::runtime_error(fmt::format("{}", fmt::join(loaded.error(), "\n")));
        }
        return *std::move(loaded);
    }

private:
    CLI::App& app_;
    std::optional<std::string> config_file_;
    std::vector<config::Flag> flags_;
};

void add_flags(Verb& verb, ImportFlags& flags) {
    using importing::Format;
    using importing::Kind;
    verb->add_option("kind", flags.kind, "products, prices, stock or orders")
        ->required()
        ->transform(
            CLI::CheckedTransformer(std::map<std::string, Kind>{{"products", Kind::products},
                                                                {"prices", Kind::prices},
                                                                {"stock", Kind::stock},
                                                                {"orders", Kind::orders}}));
    verb->add_option("file", flags.file, "CSV or JSON Lines, UTF-8")
        ->required()
        ->check(CLI::ExistingFile);
    verb->add_option("--format", flags.format, "csv or jsonl; else by the file's name")
        ->transform(CLI::CheckedTransformer(
            std::map<std::string, Format>{{"csv", Format::csv}, {"jsonl", Format::jsonl}}));
    verb->add_option("--mapping", flags.mapping, "TOML file that says what the rows mean")
        ->check(CLI::ExistingFile);
    verb->add_option("--market", flags.market, "For prices and orders that name no market");
    verb->add_option("--rejects", flags.rejects,
                     "Takes down what was rejected: CSV, or JSON Lines where it ends in .jsonl");
}

Timestamp day_of(const std::string& text) {
    const auto midnight = parse_timestamp(text + "T00:00:00Z");
    if (!midnight) {
        throw CLI::ValidationError("--today", text + ": must be a day as in 2026-11-01");
    }
    return *midnight;
}

void add_flags(Verb& verb, seed::Options& options) {
    verb->add_option("--products", options.products, "How many products")->capture_default_str();
    verb->add_option("--stores", options.stores, "How many stores")->capture_default_str();
    verb->add_option("--markets", options.markets, "How many markets")->capture_default_str();
    verb->add_option("--stock-per-product", options.stock_per_product,
                     "Places that have a variant, warehouses included")
        ->capture_default_str();
    verb->add_option("--seed", options.seed, "Another number makes another shop")
        ->capture_default_str();
    verb->add_option_function<std::string>(
            "--today", [&options](const std::string& day) { options.today = day_of(day); },
            "The day that sales and new products lie around")
        ->default_str("2026-11-01");
}

/// Every verb with its flags, and what was given for them.
struct CommandLine {
    CLI::App program{"Kontor: the commerce back end of a retailer with stores", "kontor"};
    Verb serving{program, "serve", "Serves the shop"};
    Verb configuring{program, "config", "Prints the settings in effect, with sources"};
    CLI::App& reference = *program.add_subcommand(
        "reference", "Prints a reference made from the descriptions; needs no storage");
    Verb importing{program, "import",
                   "Takes in products, prices or stock from a file: see docs/imports.md"};
    ImportFlags import_flags;
    Verb seeding{program, "seed",
                 "Fills the shop with a believable range; repeat it after an interruption"};
    seed::Options seed_options;
    Verb verifying{program, "verify",
                   "Compares what shoppers are shown with what is recorded; 1 where it differs"};
    bool rebuild = false;

    CommandLine() {
        program.set_version_flag("--version", std::string(version));
        program.require_subcommand(1);
        serving.add_setting("--listen", "serve.listen", "Address and port");
        serving.add_setting("--services", "serve.services", "What runs here, or all");
        reference.require_subcommand(1);
        for (const auto& page : reference::pages()) {
            reference.add_subcommand(std::string(page.name), std::string(page.meaning));
        }
        add_flags(importing, import_flags);
        add_flags(seeding, seed_options);
        verifying->add_flag(
            "--rebuild", rebuild,
            "Also build the projections anew, beside those served, and compare by hash");
    }

    int run() const {
        if (serving.is_chosen()) {
            return serve(serving.settings());
        }
        if (importing.is_chosen()) {
            return import_file(importing.settings(), import_flags);
        }
        if (seeding.is_chosen()) {
            return seed_shop(seeding.settings(), seed_options);
        }
        if (verifying.is_chosen()) {
            return verify_shop(verifying.settings(), rebuild);
        }
        fmt::print("{}", configuring.is_chosen() ? configuring.settings().effective_text()
                                                 : page_wanted());
        return 0;
    }

private:
    std::string page_wanted() const {
        const auto wanted = std::ranges::find_if(reference::pages(), [&](const auto& page) {
            return reference.got_subcommand(std::string(page.name));
        });
        return wanted->text();
    }
};

}  // namespace

int run_command_line(int count, char** arguments) {
    CommandLine line;
    CLI11_PARSE(line.program, count, arguments);
    return line.run();
}

}  // namespace kontor::app
