#include "app/commands/local.hpp"
#include "app/commands/verbs.hpp"
#include "app/progress.hpp"

namespace kontor::app {

namespace {

/// The flag's format, the mapping's, or what the file is called.
importing::Format format_of(const ImportFlags& flags, const importing::Wanted& wanted) {
    if (flags.format) {
        return *flags.format;
    }
    if (wanted.mapping && wanted.mapping->format) {
        return *wanted.mapping->format;
    }
    const auto extension = std::filesystem::path(flags.file).extension();
    return extension == ".jsonl" || extension == ".ndjson" ? importing::Format::jsonl
                                                           : importing::Format::csv;
}

importing::Wanted wanted_by(const ImportFlags& flags) {
    importing::Wanted wanted{.kind = flags.kind};
    if (flags.mapping) {
        auto mapping = importing::read_mapping(*flags.mapping);
        if (!mapping) {
            throw std::runtime_error(mapping.error());
        }
        wanted.mapping = *std::move(mapping);
    }
    if (flags.market) {
        wanted.market = *flags.market;
    }
    wanted.format = format_of(flags, wanted);
    return wanted;
}

std::string_view plural(importing::Kind kind) {
    switch (kind) {
        case importing::Kind::products:
            return "products";
        case importing::Kind::prices:
            return "prices";
        case importing::Kind::orders:
            return "orders";
        default:
            return "stock";
    }
}

void tell(std::string_view what, const importing::Tally& tally) {
    fmt::print("{:>10} {} read = {} accepted + {} unchanged + {} rejected\n", what, tally.read,
               tally.accepted, tally.unchanged, tally.rejected);
}

void tell(const ImportFlags& flags, const importing::Summary& summary,
          const importing::Rejects& rejects) {
    tell(plural(flags.kind), summary.records);
    if (summary.prices.read > 0) {
        tell("prices", summary.prices);
    }
    if (!summary.ended_with_line_break) {
        fmt::print(stderr, "{}: has no line break at its end; is its last row whole?\n",
                   flags.file);
    }
    if (rejects.count() == 0) {
        return;
    }
    if (flags.rejects) {
        fmt::print(stderr, "what was rejected, and why: {}\n", *flags.rejects);
        return;
    }
    for (const auto& [line, fault] : rejects.first()) {
        fmt::print(stderr, "line {}: {} \"{}\": {}\n", line, fault.field, fault.value,
                   fault.reason);
    }
    if (rejects.count() > static_cast<std::int64_t>(rejects.first().size())) {
        fmt::print(stderr, "and more: pass --rejects FILE to get all of them\n");
    }
}

Task<int> import_and_tell(const ImportFlags& flags, importing::Wanted wanted,
                          Deployment& deployment) {
    importing::FileBytes file(flags.file);
    importing::Rejects rejects(flags.rejects);
    const auto& directory = deployment.directory();
    auto progress = std::make_unique<Progress>("bytes", file.size());
    const auto summary = co_await importing::import_file(
        file, std::move(wanted),
        {directory.get<stores::Stores>(), directory.get<catalog::Catalog>(),
         directory.get<pricing::Pricing>(), directory.get<inventory::Inventory>(),
         flags.kind == importing::Kind::orders ? &directory.get<orders::Orders>() : nullptr},
        operators_context(), rejects,
        [&](importing::Pass pass, std::int64_t bytes, const importing::Summary&) {
            progress->at(bytes, pass == importing::Pass::checking ? "checking" : "writing");
        });
    progress.reset();
    rejects.close();
    if (!summary) {
        throw std::runtime_error(flags.file + ": " + summary.error().message);
    }
    if (flags.kind == importing::Kind::orders) {
        co_await until_settled(deployment);  // their payments are booked
    }
    tell(flags, *summary, rejects);
    co_return 0;
}

}  // namespace

int import_file(const config::Loaded& settings, const ImportFlags& flags) {
    auto wanted = wanted_by(flags);
    const auto work = [&](Deployment& deployment) {
        return import_and_tell(flags, std::move(wanted), deployment);
    };
    std::vector<std::string> services{"stores", "catalog", "pricing", "inventory"};
    if (flags.kind != importing::Kind::orders) {
        return with_services(settings, std::move(services), work);
    }
    // What orders asks. A server may be using its projections, so these are others.
    services.insert(services.end(), {"payments", "discovery", "carts", "orders"});
    const auto serve = settings.section<ServeSettings>("serve");
    const Workplace workplace(std::filesystem::path(serve.data) / "importing");
    return with_services(settings, std::move(services), work, workplace.folder());
}

}  // namespace kontor::app
