#include "services/imports/service.hpp"

#include <charconv>
#include <limits>

#include "services/imports/rules.hpp"
#include "services/imports/store.hpp"

namespace kontor::imports {

namespace {

constexpr std::int64_t imports_kept = 1'000;
constexpr std::int64_t stale_us = 3'600'000'000;

importing::Takers takers_of(const Directory& directory) {
    return {directory.get<stores::Stores>(), directory.get<catalog::Catalog>(),
            directory.get<pricing::Pricing>(), directory.get<inventory::Inventory>(),
            &directory.get<orders::Orders>()};
}

Refusal no_import(ImportId id) {
    return refusal(refusals::not_found, "no import {}", to_text(id));
}

Refusal no_cursor(std::string_view cursor) {
    return refusal(refusals::malformed, "cursor \"{}\": pass on `next` as it was given", cursor);
}

Result<std::int64_t> place_of(const std::optional<std::string>& cursor) {
    std::int64_t place = 0;
    if (cursor) {
        const auto* end = cursor->data() + cursor->size();
        const auto [last, error] = std::from_chars(cursor->data(), end, place);
        if (error != std::errc() || last != end || place < 0) {
            return std::unexpected(no_cursor(*cursor));
        }
    }
    return place;
}

}  // namespace

LocalImports::LocalImports(const Host& host)
    : host_(host),
      spool_(host.folder / "spool"),
      runner_(host_, takers_of(host.directory), spool_) {}

Task<Result<OpenedImport>> LocalImports::open(Context context, OpenImport wanted) {
    if (wanted.mapping) {
        const auto known = TRY(co_await host_.database.read(
            std::move(context),
            [&](sql::Transaction& transaction) -> Task<Result<std::optional<std::string>>> {
                co_return co_await store::mapping(transaction, *wanted.mapping);
            }));
        if (!known) {
            co_return refuse(refusals::not_found, "there is no mapping {}: make it first",
                             *wanted.mapping);
        }
    }
    const auto id = host_.ids.make<ImportId>();
    const auto now = host_.clock.now();
    TRY(spool_.open(id, std::move(wanted), now, Timestamp{now.microseconds - stale_us}));
    co_return OpenedImport{id};
}

Task<Result<ReceivedBytes>> LocalImports::append(Context, AppendPiece piece) {
    co_return ReceivedBytes{TRY(spool_.append(piece, host_.clock.now()))};
}

Task<Result<Import>> LocalImports::start(Context context, ImportKey key) {
    auto received = TRY(spool_.close(key.import));
    const auto now = host_.clock.now();
    Import import{.id = key.import,
                  .of = std::move(received.wanted),
                  .bytes = received.bytes,
                  .started_at = now,
                  .updated_at = now};
    TRY(co_await host_.database.write(std::move(context),
                                      [&](sql::Transaction& transaction) -> Task<Result<bool>> {
                                          co_await store::put(transaction, import);
                                          co_await store::forget_old(transaction, imports_kept);
                                          co_return true;
                                      }));
    runner_.add(import.id);
    co_return import;
}

Task<Result<Import>> LocalImports::import(Context context, ImportKey key) {
    auto known = TRY(co_await host_.database.read(
        std::move(context),
        [&](sql::Transaction& transaction) -> Task<Result<std::optional<Import>>> {
            co_return co_await store::import(transaction, key.import);
        }));
    if (!known) {
        co_return std::unexpected(no_import(key.import));
    }
    co_return as_seen(*std::move(known), host_.clock.now());
}

Task<Result<ImportList>> LocalImports::imports(Context context, ListImports wanted) {
    ImportId before{static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())};
    if (wanted.cursor) {
        const auto id = parse_id(ImportTag::prefix, *wanted.cursor);
        if (!id) {
            co_return std::unexpected(no_cursor(*wanted.cursor));
        }
        before = ImportId{*id};
    }
    ImportList list;
    list.items = TRY(co_await host_.database.read(
        std::move(context),
        [&](sql::Transaction& transaction) -> Task<Result<std::vector<Import>>> {
            co_return co_await store::imports(transaction, before, wanted.limit + 1);
        }));
    if (std::ssize(list.items) > wanted.limit) {
        list.items.pop_back();
        list.next = to_text(list.items.back().id);
    }
    for (auto& import : list.items) {
        import = as_seen(std::move(import), host_.clock.now());
    }
    co_return list;
}

Task<Result<RejectList>> LocalImports::rejects(Context context, ListRejects wanted) {
    const auto from = TRY(place_of(wanted.cursor));
    co_return co_await host_.database.read(
        std::move(context), [&](sql::Transaction& transaction) -> Task<Result<RejectList>> {
            if (!co_await store::import(transaction, wanted.import)) {
                co_return std::unexpected(no_import(wanted.import));
            }
            RejectList list{
                co_await store::rejects(transaction, wanted.import, from, wanted.limit + 1), {}};
            if (std::ssize(list.items) > wanted.limit) {
                list.items.pop_back();
                list.next = fmt::format("{}", from + wanted.limit);
            }
            co_return list;
        });
}

Task<Result<ImportMapping>> LocalImports::put_mapping(Context context, ImportMapping mapping) {
    if (const auto parsed = importing::parse_mapping(mapping.toml, mapping.mapping); !parsed) {
        auto refused = refusal(refusals::invalid, "{}", parsed.error());
        refused.errors = {{"/toml", parsed.error()}};
        co_return std::unexpected(std::move(refused));
    }
    co_return co_await host_.database.write(
        std::move(context), [&](sql::Transaction& transaction) -> Task<Result<ImportMapping>> {
            co_await store::put(transaction, mapping);
            co_return mapping;
        });
}

Task<Result<MappingList>> LocalImports::mappings(Context context, AllMappings) {
    co_return co_await host_.database.read(
        std::move(context), [](sql::Transaction& transaction) -> Task<Result<MappingList>> {
            co_return MappingList{co_await store::mappings(transaction)};
        });
}

}  // namespace kontor::imports
