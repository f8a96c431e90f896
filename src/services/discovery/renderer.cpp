#include "services/discovery/renderer.hpp"

#include "base/unit_price.hpp"
#include "platform/describe/json.hpp"
#include "services/discovery/documents.hpp"

namespace kontor::discovery {

namespace {

/// Whether a unit price would only repeat the price.
bool is_one_piece(Measure content) {
    const auto base = base_unit(content.unit);
    return base.unit == units::piece &&
           content.amount.thousandths * base.millionths == Quantity::scale * 1'000'000;
}

void append_unit_price(std::string& out, Money price, Measure content) {
    const auto per_unit = kontor::unit_price(price, content, Rounding::half_up);
    out += R"(,"unit_price":{"price":)";
    append_money(out, per_unit.price);
    out += R"(,"per":"1","unit":)";
    json::append_string(out, per_unit.unit.view());
    out += '}';
}

class Rendering {
public:
    Rendering(std::string& out, View& view) : out_(out), view_(view) {}

    std::size_t priced() const { return priced_; }

    void languages(std::string_view table) { view_.languages().use(table); }
    void literal(std::string_view json) { out_ += json; }

    void text(const PackedText& text) {
        const auto chosen = view_.languages().choose(text);
        out_ += chosen.empty() ? std::string_view(R"("")") : chosen;
    }

    void category_path(std::string_view code) {
        const auto* category = view_.world().category(code);
        if (category == nullptr) {
            return;
        }
        std::string_view separator;
        for (const auto number : category->path) {
            const auto& entry = view_.world().categories()[number];
            out_ += separator;
            out_ += entry.json_head;
            json::append_string(out_, view_.languages().choose(entry.category.name));
            out_ += '}';
            separator = ",";
        }
    }

    void live(const LiveVariant& variant) {
        if (const auto quote = view_.quote(variant.sku)) {
            ++priced_;
            append_price(*quote, variant.content);
        }
        const auto stock = view_.stock(variant.sku);
        out_ += R"(,"availability":{"online":)";
        out_ += stock.online ? "true" : "false";
        out_ += R"(,"stores":)";
        decimal::append(out_, stock.stores, 0, decimal::Zeros::keep);
        out_ += '}';
    }

private:
    void append_price(const pricing::Quote& quote, Measure content) {
        out_ += R"(,"price":)";
        append_money(out_, quote.price);
        if (quote.list_price) {
            out_ += R"(,"list_price":)";
            append_money(out_, *quote.list_price);
        }
        if (quote.lowest_30_days) {
            out_ += R"(,"lowest_30_days":)";
            append_money(out_, *quote.lowest_30_days);
        }
        if (content.amount.thousandths > 0 && !is_one_piece(content)) {
            append_unit_price(out_, quote.price, content);
        }
    }

    std::string& out_;
    View& view_;
    std::size_t priced_ = 0;
};

}  // namespace

View::View(const Projection& projection, std::shared_ptr<const World> world,
           const MarketEntry& market, LocaleCode locale, Timestamp now, std::uint64_t changes)
    : environment_(projection.environment()),
      tables_(projection.tables()),
      world_(std::move(world)),
      market_(market),
      locale_(locale.empty() ? market.languages.front() : locale.view()),
      now_(now),
      changes_(changes),
      languages_(locale_, market.languages) {}

std::optional<pricing::Quote> View::quote(std::string_view sku) {
    windows_.clear();
    append_windows(get(&Tables::prices, sku).value_or(""), market_.rules.code, windows_);
    auto quote = pricing::quote_at(windows_, now_);
    if (quote) {
        valid_until_ = std::min(valid_until_, quote->valid_until.value_or(for_good));
    }
    for (const auto& window : windows_) {
        if (!quote && window.valid_from && *window.valid_from > now_) {
            valid_until_ = std::min(valid_until_, *window.valid_from);
        }
    }
    return quote;
}

StockSummary View::stock(std::string_view sku) const {
    return world_->stock(get(&Tables::stock, sku).value_or(""), market_);
}

std::size_t render(std::string& out, std::string_view program, View& view) {
    Rendering rendering(out, view);
    run_program(program, rendering);
    return rendering.priced();
}

void append_money(std::string& out, Money money) {
    out += R"({"amount":")";
    decimal::append(out, money.minor_units, money.currency.digits(), decimal::Zeros::keep);
    out += R"(","currency":")";
    out += money.currency.view();
    out += R"("})";
}

}  // namespace kontor::discovery
