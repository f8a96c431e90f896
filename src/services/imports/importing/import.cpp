#include "services/imports/importing/import.hpp"

#include <unordered_set>

#include "platform/async/loop.hpp"
#include "services/imports/importing/order_rows.hpp"
#include "services/imports/importing/rows.hpp"
#include "services/imports/importing/source.hpp"

namespace kontor::importing {

namespace {

constexpr std::size_t products_per_call = 1'000;
constexpr std::size_t prices_per_call = 5'000;
constexpr std::size_t counts_per_call = 10'000;
constexpr std::size_t orders_per_call = 500;
constexpr int rows_at_a_time = 100;

/// Lets others on this loop go first, once in a while.
class Turns {
public:
    Task<void> next() {
        if (++rows_ % rows_at_a_time == 0) {
            co_await complete<bool>([](Completion<bool> done) { done(true); });
        }
    }

private:
    int rows_ = 0;
};

std::string key_of(const catalog::ProductDraft& draft) {
    return draft.code;
}
std::string key_of(const pricing::Price& price) {
    return fmt::format("{} {} {}", price.sku, price.market.view(),
                       price.valid_from ? price.valid_from->microseconds : INT64_MIN);
}
std::string key_of(const orders::PastOrder& order) {
    return order.number;
}
std::string key_of(const inventory::StockCount& count) {
    return fmt::format("{} {}", count.sku, count.location);
}

/// Entries of many rows for one call, each with the line that it came from.
template <class Entry>
class Batch {
public:
    using Call = std::function<Task<Result<PutOutcome>>(const std::vector<Entry>&)>;

    Batch(std::size_t size_max, Tally& tally, Rejects& rejects, Call call)
        : size_max_(size_max), tally_(tally), rejects_(rejects), call_(std::move(call)) {}

    /// A key that is waiting already goes first, so that the later one holds.
    bool must_flush_before(const Entry& entry) const {
        return entries_.size() >= size_max_ || keys_.contains(key_of(entry));
    }

    void add(Entry entry, std::int64_t line) {
        ++tally_.read;
        keys_.insert(key_of(entry));
        entries_.push_back(std::move(entry));
        lines_.push_back(line);
    }

    /// Answers the places of those that were not taken.
    Task<Result<std::unordered_set<std::size_t>>> flush() {
        std::unordered_set<std::size_t> not_taken;
        keys_.clear();
        const auto lines = std::exchange(lines_, {});
        auto entries = std::exchange(entries_, {});
        if (entries.empty()) {
            co_return not_taken;
        }
        const auto outcome = TRY(co_await call_(entries));
        tally_.accepted += outcome.accepted;
        tally_.unchanged += outcome.unchanged;
        tally_.rejected += static_cast<std::int64_t>(outcome.rejected.size());
        for (const auto& entry : outcome.rejected) {
            const auto place = static_cast<std::size_t>(entry.index);
            not_taken.insert(place);
            rejects_.add(lines.at(place), {entry.pointer, key_of(entries.at(place)), entry.reason});
        }
        co_return not_taken;
    }

private:
    std::size_t size_max_;
    Tally& tally_;
    Rejects& rejects_;
    Call call_;
    std::vector<Entry> entries_;
    std::vector<std::int64_t> lines_;
    std::unordered_set<std::string> keys_;
};

/// The second pass.
class Writing {
public:
    Writing(Takers takers, Context context, Known known, Rejects& rejects)
        : takers_(takers),
          context_(std::move(context)),
          known_(std::move(known)),
          rejects_(rejects) {}

    Task<Result<bool>> take(Kind kind, const std::optional<Mapping>& mapping, SourceRow row) {
        if (row.fault) {
            reject(row.line, *std::move(row.fault));
            co_return true;
        }
        const bool native = row.fields == nullptr;
        if (kind == Kind::products) {
            co_return co_await take_product(native ? native_product(known_, row.text)
                                                   : product_of(*mapping, known_, *row.fields),
                                            row.line);
        }
        if (kind == Kind::prices) {
            co_return co_await take_prices(
                native ? native_prices(known_, row.text) : prices_of(*mapping, known_, *row.fields),
                row.line);
        }
        if (kind == Kind::orders) {
            co_return co_await (native
                                    ? take_entry(orders_, native_order(known_, row.text), row.line)
                                    : take_order_row(*mapping, *row.fields, row.line));
        }
        co_return co_await take_entry(
            counts_, native ? native_stock(row.text) : stock_of(*mapping, *row.fields), row.line);
    }

    Task<Result<Summary>> finish(Kind kind) {
        TRY(co_await flush_products());
        TRY(co_await prices_.flush());
        TRY(co_await counts_.flush());
        TRY(co_await put_orders_in());
        TRY(co_await orders_.flush());
        co_return so_far(kind);
    }

    Summary so_far(Kind kind) const {
        auto summary = summary_;
        if (kind == Kind::products) {
            summary.prices = price_tally_;
        } else if (kind == Kind::prices) {
            summary.records.read += price_tally_.read;
            summary.records.accepted += price_tally_.accepted;
            summary.records.unchanged += price_tally_.unchanged;
            summary.records.rejected += price_tally_.rejected;
        }
        return summary;
    }

private:
    void reject(std::int64_t line, RowFault fault) {
        ++summary_.records.read;
        ++summary_.records.rejected;
        rejects_.add(line, std::move(fault));
    }

    Task<Result<bool>> take_product(RowResult<ProductRow> row, std::int64_t line) {
        if (!row) {
            reject(line, std::move(row).error());
            co_return true;
        }
        if (products_.must_flush_before(row->draft)) {
            TRY(co_await flush_products());
        }
        products_.add(std::move(row->draft), line);
        prices_of_products_.push_back({line, std::move(row->prices)});
        co_return true;
    }

    /// Products, then the prices of those that were taken.
    Task<Result<bool>> flush_products() {
        const auto not_taken = TRY(co_await products_.flush());
        const auto rows = std::exchange(prices_of_products_, {});
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (!not_taken.contains(i)) {
                TRY(co_await add_prices(rows[i].second, rows[i].first));
            }
        }
        co_return true;
    }

    Task<Result<bool>> take_prices(RowResult<std::vector<pricing::Price>> prices,
                                   std::int64_t line) {
        if (!prices) {
            reject(line, std::move(prices).error());
            co_return true;
        }
        co_return co_await add_prices(*std::move(prices), line);
    }

    Task<Result<bool>> add_prices(std::vector<pricing::Price> prices, std::int64_t line) {
        for (auto& price : prices) {
            TRY(co_await put_in(prices_, std::move(price), line));
        }
        co_return true;
    }

    template <class Entry>
    Task<Result<bool>> put_in(Batch<Entry>& batch, Entry entry, std::int64_t line) {
        if (batch.must_flush_before(entry)) {
            TRY(co_await batch.flush());
        }
        batch.add(std::move(entry), line);
        co_return true;
    }

    /// A row that is one entry.
    template <class Entry>
    Task<Result<bool>> take_entry(Batch<Entry>& batch, RowResult<Entry> entry, std::int64_t line) {
        if (!entry) {
            reject(line, std::move(entry).error());
            co_return true;
        }
        co_return co_await put_in(batch, *std::move(entry), line);
    }

    /// A row at fault is taken down at once, and counts with its order.
    Task<Result<bool>> take_order_row(const Mapping& mapping, const Fields& fields,
                                      std::int64_t line) {
        auto row = order_row_of(mapping, known_, fields);
        if (row) {
            order_book_.add(*std::move(row), line);
        } else if (const auto number = order_number_of(mapping, fields)) {
            rejects_.add(line, std::move(row).error());
            order_book_.spoil(*number, line);
        } else {
            reject(line, std::move(row).error());
        }
        co_return true;
    }

    Task<Result<bool>> put_orders_in() {
        for (auto& entry : order_book_.take()) {
            if (entry.at_fault) {
                reject(entry.line, {"number", entry.order.number,
                                    "rows of this order are at fault, or differ in market or "
                                    "placed_at: it is taken as a whole or not at all"});
            } else {
                TRY(co_await put_in(orders_, std::move(entry.order), entry.line));
            }
        }
        co_return true;
    }

    Takers takers_;
    Context context_;
    Known known_;
    Rejects& rejects_;
    Summary summary_;
    Tally price_tally_;
    Batch<catalog::ProductDraft> products_{
        products_per_call, summary_.records, rejects_,
        [this](const auto& drafts) { return takers_.catalog.put_products(context_, {drafts}); }};
    Batch<pricing::Price> prices_{
        prices_per_call, price_tally_, rejects_,
        [this](const auto& prices) { return takers_.pricing.put_prices(context_, {prices}); }};
    Batch<inventory::StockCount> counts_{
        counts_per_call, summary_.records, rejects_,
        [this](const auto& counts) { return takers_.inventory.put_stock(context_, {counts}); }};
    Batch<orders::PastOrder> orders_{
        orders_per_call, summary_.records, rejects_,
        [this](const auto& past) { return takers_.orders->put_past_orders(context_, {past}); }};
    OrderBook order_book_;
    std::vector<std::pair<std::int64_t, std::vector<pricing::Price>>> prices_of_products_;
};

Refusal as_refusal(const FileFault& fault) {
    return refusal(refusals::malformed, "{}; nothing was imported", to_text(fault));
}

/// The first pass: reads it all and keeps nothing.
Task<Result<void>> check(FileBytes& file, const Wanted& wanted, const Report& report) {
    auto mapping = wanted.mapping;
    const auto rows = open_rows(file, wanted.kind, wanted.format, mapping);
    SourceRow row;
    Turns turns;
    for (;;) {
        const auto more = rows->next(row);
        if (!more) {
            co_return std::unexpected(as_refusal(more.error()));
        }
        if (!*more) {
            co_return Result<void>();
        }
        report(Pass::checking, rows->bytes_read(), {});
        co_await turns.next();
    }
}

/// The first entry that was not taken, as a refusal: the mapping file is at fault.
Result<void> all_taken(const Result<PutOutcome>& outcome, std::string_view what) {
    if (!outcome) {
        return std::unexpected(outcome.error());
    }
    if (!outcome->rejected.empty()) {
        const auto& first = outcome->rejected.front();
        return refuse(refusals::invalid, "the mapping's {}: {}: {}", what, first.pointer,
                      first.reason);
    }
    return {};
}

constexpr Date tax_begins{10'957};  // 2000-01-01: a mapping's rates have no history

Task<Result<void>> make_markets(const Mapping& mapping, Takers takers, Context context) {
    const auto present = TRY(co_await takers.stores.markets(context, {}));
    std::set<MarketCode> known;
    for (const auto& market : present.items) {
        known.insert(market.code);
    }
    std::vector<stores::Market> missing;
    for (const auto& market : mapping.markets) {
        if (!known.contains(market.code)) {
            missing.push_back(market);
        }
    }
    std::vector<pricing::TaxRate> rates;
    for (auto rate : mapping.tax_rates) {
        if (!known.contains(rate.market)) {
            rate.valid_from = tax_begins;
            rates.push_back(std::move(rate));
        }
    }
    // Rates first: who is interrupted in between finds the market missing again.
    if (!rates.empty()) {
        TRY(all_taken(co_await takers.pricing.put_tax_rates(context, {std::move(rates)}),
                      "tax rates"));
    }
    if (!missing.empty()) {
        TRY(all_taken(co_await takers.stores.put_markets(context, {std::move(missing)}),
                      "markets"));
    }
    co_return Result<void>();
}

/// Makes what the mapping brings along, and learns what there is.
Task<Result<Known>> prepare(const Wanted& wanted, Takers takers, Context context) {
    if (wanted.mapping) {
        TRY(co_await make_markets(*wanted.mapping, takers, context));
        if (wanted.kind == Kind::products && !wanted.mapping->categories.empty()) {
            TRY(all_taken(
                co_await takers.catalog.put_categories(context, {wanted.mapping->categories}),
                "categories"));
        }
    }
    Known known{.market = wanted.market};
    for (const auto& market : TRY(co_await takers.stores.markets(context, {})).items) {
        known.markets.emplace(market.code, market.currency);
    }
    for (const auto& category : TRY(co_await takers.catalog.categories(context, {})).items) {
        known.categories.insert(category.code);
    }
    if (known.market && !known.markets.contains(*known.market)) {
        co_return refuse(refusals::not_found, "there is no market {}: make it first",
                         known.market->view());
    }
    co_return known;
}

}  // namespace

Task<Result<Summary>> import_file(FileBytes& file, Wanted wanted, Takers takers, Context context,
                                  Rejects& rejects, Report report) {
    file.rewind();
    TRY(co_await check(file, wanted, report));
    Writing writing(takers, context, TRY(co_await prepare(wanted, takers, context)), rejects);
    file.rewind();
    const auto rows = open_rows(file, wanted.kind, wanted.format, wanted.mapping);
    Turns turns;
    for (;;) {
        SourceRow row;
        const auto more = rows->next(row);
        if (!more) {
            co_return refuse(refusals::conflict,
                             "{}: the file was changed meanwhile; repeat the "
                             "import when it is whole",
                             to_text(more.error()));
        }
        if (!*more) {
            break;
        }
        TRY(co_await writing.take(wanted.kind, wanted.mapping, std::move(row)));
        report(Pass::writing, rows->bytes_read(), writing.so_far(wanted.kind));
        co_await turns.next();
    }
    auto summary = TRY(co_await writing.finish(wanted.kind));
    summary.ended_with_line_break = rows->ended_with_line_break();
    co_return summary;
}

}  // namespace kontor::importing
