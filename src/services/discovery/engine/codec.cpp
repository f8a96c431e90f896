#include "services/discovery/engine/codec.hpp"

#include <cstring>
#include <stdexcept>
#include <type_traits>

namespace kontor::discovery::engine {
namespace {

/// Writes or reads the members in the same order, so that both sides are one list.
class Encoder {
public:
    explicit Encoder(std::string& out) : out_(out) {}
    template <class T>
        requires std::is_arithmetic_v<T>
    void item(T& value) {
        out_.append(reinterpret_cast<const char*>(&value), sizeof(T));
    }
    void item(std::string& text) {
        length(text.size());
        out_ += text;
    }
    std::size_t length(std::size_t size) {
        auto count = static_cast<std::uint32_t>(size);
        item(count);
        return size;
    }

private:
    std::string& out_;
};

class Decoder {
public:
    explicit Decoder(std::span<const char> in) : in_(in) {}
    template <class T>
        requires std::is_arithmetic_v<T>
    void item(T& value) {
        std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
    }
    void item(std::string& text) {
        const auto bytes = take(length(0));
        text.assign(bytes.data(), bytes.size());
    }
    std::size_t length(std::size_t) {
        std::uint32_t count = 0;
        item(count);
        if (count > in_.size()) {
            throw std::runtime_error("a stored product is damaged: delete the index and rebuild");
        }
        return count;
    }

private:
    std::span<const char> take(std::size_t size) {
        if (size > in_.size()) {
            throw std::runtime_error("a stored product is damaged: delete the index and rebuild");
        }
        const auto bytes = in_.first(size);
        in_ = in_.subspan(size);
        return bytes;
    }
    std::span<const char> in_;
};

template <class Codec, class T>
void items(Codec& codec, std::vector<T>& values, auto&& each) {
    values.resize(codec.length(values.size()));
    for (auto& value : values) {
        each(value);
    }
}

template <class Codec, class T>
void items(Codec& codec, std::vector<T>& values) {
    items(codec, values, [&](T& value) { codec.item(value); });
}

template <class Codec>
void attribute(Codec& codec, Attribute& value) {
    codec.item(value.name);
    bool number = std::holds_alternative<double>(value.value);
    codec.item(number);
    if (number) {
        double as_number = number && value.value.index() == 1 ? std::get<double>(value.value) : 0;
        codec.item(as_number);
        value.value = as_number;
    } else {
        codec.item(std::get<std::string>(value.value));
    }
}

template <class Codec>
void product(Codec& codec, IndexedProduct& value) {
    codec.item(value.id);
    codec.item(value.slug);
    items(codec, value.category_path);
    codec.item(value.brand);
    items(codec, value.attributes, [&](Attribute& each) { attribute(codec, each); });
    items(codec, value.texts, [&](LocalizedText& text) {
        codec.item(text.language);
        codec.item(text.name);
        items(codec, text.keywords);
        items(codec, text.category_names);
        codec.item(text.description);
    });
    items(codec, value.codes);
    codec.item(value.created_at);
    codec.item(value.rank);
}

}  // namespace

std::string encoded(const IndexedProduct& value) {
    std::string out;
    Encoder encoder(out);
    // The one list of members serves both directions; this one does not write to them.
    product(encoder, const_cast<IndexedProduct&>(value));
    return out;
}

IndexedProduct decoded(std::span<const char> bytes) {
    IndexedProduct value;
    Decoder decoder(bytes);
    product(decoder, value);
    return value;
}

}  // namespace kontor::discovery::engine
