#include "platform/telemetry/metrics.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>
#include <stdexcept>

#include <fmt/format.h>

#include "base/decimal.hpp"

namespace kontor::telemetry {

namespace {

enum class Kind { counter, gauge, histogram };

struct Series {
    std::string labels;  ///< `route="/x",method="GET"`, without braces.
    std::uint32_t index = 0;
    std::unique_ptr<std::atomic<std::int64_t>> level;
    std::function<double()> read;
};

struct Family {
    Kind kind;
    std::string help;
    Scale scale;
    std::deque<Series> series;
};

bool is_name(std::string_view name) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || c == '_' || (c >= '0' && c <= '9');
    };
    return !name.empty() && std::ranges::all_of(name, allowed) &&
           !(name[0] >= '0' && name[0] <= '9');
}

enum class Quotes : bool { plain, escaped };

void append_escaped(std::string& out, std::string_view text, Quotes quotes) {
    for (const char c : text) {
        if (c == '\n') {
            out += "\\n";
            continue;
        }
        if (c == '\\' || (c == '"' && quotes == Quotes::escaped)) {
            out.push_back('\\');
        }
        out.push_back(c);
    }
}

std::string labels_text(const Labels& labels) {
    std::string text;
    for (const auto& [name, value] : labels) {
        if (!is_name(name)) {
            throw std::logic_error(fmt::format("\"{}\" is no label name", name));
        }
        text += (text.empty() ? "" : ",") + name + "=\"";
        append_escaped(text, value, Quotes::escaped);
        text.push_back('"');
    }
    return text;
}

std::string_view kind_text(Kind kind) {
    switch (kind) {
        case Kind::counter:
            return "counter";
        case Kind::gauge:
            return "gauge";
        case Kind::histogram:
            return "histogram";
    }
    return "";
}

std::string bound_text(const Scale& scale, std::uint32_t bucket) {
    std::string text;
    decimal::append(text, static_cast<std::int64_t>(scale.bound(bucket)), scale.decimals,
                    decimal::Zeros::trim);
    return text;
}

/// `name{labels,extra} value`.
template <class T>
void append_sample(std::string& out, std::string_view name, std::string_view labels,
                   std::string_view extra, T value) {
    out += name;
    if (!labels.empty() || !extra.empty()) {
        const std::string_view comma = labels.empty() || extra.empty() ? "" : ",";
        fmt::format_to(std::back_inserter(out), "{{{}{}{}}}", labels, comma, extra);
    }
    fmt::format_to(std::back_inserter(out), " {}\n", value);
}

void append_histogram(std::string& out, const std::string& name, const Family& family,
                      const Series& series, const detail::Cells& cells) {
    const auto& scale = family.scale;
    std::uint64_t count = 0;
    for (std::uint32_t bucket = 0; bucket <= scale.bounds(); ++bucket) {
        count += cells.sum(series.index + bucket);
        const auto bound = bucket < scale.bounds() ? bound_text(scale, bucket) : "+Inf";
        append_sample(out, name + "_bucket", series.labels, fmt::format("le=\"{}\"", bound), count);
    }
    double unit = 1.0 / static_cast<double>(scale.divide);
    for (int i = 0; i < scale.decimals; ++i) {
        unit /= 10;
    }
    const auto sum = cells.sum(series.index + scale.bounds() + 1);
    append_sample(out, name + "_sum", series.labels, "", static_cast<double>(sum) * unit);
    append_sample(out, name + "_count", series.labels, "", count);
}

void append_series(std::string& out, const std::string& name, const Family& family,
                   const Series& series, const detail::Cells& cells) {
    if (series.read) {
        append_sample(out, name, series.labels, "", series.read());
    } else if (series.level) {
        append_sample(out, name, series.labels, "", series.level->load(std::memory_order_relaxed));
    } else if (family.kind == Kind::counter) {
        append_sample(out, name, series.labels, "", cells.sum(series.index));
    } else {
        append_histogram(out, name, family, series, cells);
    }
}

}  // namespace

struct Registry::Impl {
    std::shared_ptr<detail::Cells> cells = detail::Cells::make();
    mutable std::mutex mutex;
    std::map<std::string, Family, std::less<>> families;

    /// The series of that name and labels; `fresh` completes one that is new.
    template <class Fresh>
    Series& series(Kind kind, std::string_view name, std::string_view help, const Labels& labels,
                   const Scale& scale, Fresh&& fresh) {
        if (!is_name(name) || help.empty() || (kind == Kind::counter) != name.ends_with("_total")) {
            throw std::logic_error(
                fmt::format("metric \"{}\" needs a help text, small letters, and _total if and "
                            "only if it is a counter",
                            name));
        }
        const std::scoped_lock lock(mutex);
        const auto family =
            families.try_emplace(std::string(name), Family{kind, std::string(help), scale, {}})
                .first;
        if (family->second.kind != kind) {
            throw std::logic_error(fmt::format("metric {} is registered as two kinds", name));
        }
        auto text = labels_text(labels);
        auto& all = family->second.series;
        const auto known = std::ranges::find(all, text, &Series::labels);
        if (known != all.end()) {
            return *known;
        }
        Series made{.labels = std::move(text)};
        fresh(made);
        return all.emplace_back(std::move(made));
    }
};

Registry::Registry() : impl_(std::make_unique<Impl>()) {}
Registry::~Registry() = default;

Counter Registry::counter(std::string_view name, std::string_view help, const Labels& labels) {
    auto& cells = *impl_->cells;
    const auto& series = impl_->series(Kind::counter, name, help, labels, counts,
                                       [&](Series& made) { made.index = cells.allocate(1); });
    return {cells, series.index};
}

Gauge Registry::gauge(std::string_view name, std::string_view help, const Labels& labels) {
    const auto& series = impl_->series(Kind::gauge, name, help, labels, counts, [](Series& made) {
        made.level = std::make_unique<std::atomic<std::int64_t>>(0);
    });
    return Gauge(*series.level);
}

Histogram Registry::histogram(std::string_view name, std::string_view help, const Labels& labels,
                              const Scale& scale) {
    auto& cells = *impl_->cells;
    const auto& series =
        impl_->series(Kind::histogram, name, help, labels, scale,
                      [&](Series& made) { made.index = cells.allocate(scale.bounds() + 2); });
    return {cells, series.index, scale};
}

void Registry::gauge_from(std::string_view name, std::string_view help, const Labels& labels,
                          std::function<double()> read) {
    impl_->series(Kind::gauge, name, help, labels, counts,
                  [&](Series& made) { made.read = std::move(read); });
}

void Registry::counter_from(std::string_view name, std::string_view help, const Labels& labels,
                            std::function<double()> read) {
    impl_->series(Kind::counter, name, help, labels, counts,
                  [&](Series& made) { made.read = std::move(read); });
}

std::string Registry::text(Exposition format) const {
    const std::scoped_lock lock(impl_->mutex);
    std::string out;
    for (const auto& [name, family] : impl_->families) {
        // OpenMetrics names a counter's family without the suffix of its samples.
        std::string_view family_name = name;
        if (format == Exposition::open_metrics && family.kind == Kind::counter) {
            family_name.remove_suffix(std::string_view("_total").size());
        }
        fmt::format_to(std::back_inserter(out), "# HELP {} ", family_name);
        // The older format knows no escaped quote here, and promtool refuses one.
        append_escaped(out, family.help,
                       format == Exposition::open_metrics ? Quotes::escaped : Quotes::plain);
        fmt::format_to(std::back_inserter(out), "\n# TYPE {} {}\n", family_name,
                       kind_text(family.kind));
        for (const auto& series : family.series) {
            append_series(out, name, family, series, *impl_->cells);
        }
    }
    if (format == Exposition::open_metrics) {
        out += "# EOF\n";
    }
    return out;
}

std::string_view content_type(Exposition format) {
    return format == Exposition::open_metrics
               ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
               : "text/plain; version=0.0.4; charset=utf-8";
}

Exposition exposition_for(std::string_view accept) {
    return accept.find("application/openmetrics-text") == accept.npos ? Exposition::prometheus
                                                                      : Exposition::open_metrics;
}

}  // namespace kontor::telemetry
