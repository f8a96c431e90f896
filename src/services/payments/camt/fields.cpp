#include "services/payments/camt/fields.hpp"

#include <memory>

#include <libxml/xmlreader.h>

#include "services/payments/camt/statement.hpp"

namespace kontor::payments::camt {

namespace {

constexpr std::string_view root_namespace = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.";
constexpr std::string_view statement_path = "/Document/BkToCstmrStmt/Stmt";
// No statement nests deeper than about 15; a file that does is none.
constexpr int depth_max = 64;

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view white = " \t\r\n";
    const auto begin = text.find_first_not_of(white);
    return begin == text.npos ? std::string_view()
                              : text.substr(begin, text.find_last_not_of(white) - begin + 1);
}

/// One pass over a file.
class Reader {
public:
    explicit Reader(std::string_view document)
        : reader_(xmlReaderForMemory(
              document.data(), static_cast<int>(document.size()), nullptr, nullptr,
              XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA)) {}

    Result<std::vector<Parsed>> read() {
        int more = xmlTextReaderRead(reader_.get());
        for (; more == 1; more = xmlTextReaderRead(reader_.get())) {
            if (auto fault = take_node()) {
                return std::unexpected(*std::move(fault));
            }
        }
        if (more != 0) {
            return refuse(refusals::malformed, "line {}: the XML is broken or ends too early",
                          xmlTextReaderGetParserLineNumber(reader_.get()));
        }
        return std::move(statements_);
    }

private:
    struct Free {
        void operator()(xmlTextReader* reader) const { xmlFreeTextReader(reader); }
    };

    std::optional<Refusal> take_node() {
        switch (xmlTextReaderNodeType(reader_.get())) {
            case XML_READER_TYPE_ELEMENT:
                return begin_element();
            case XML_READER_TYPE_TEXT:
            case XML_READER_TYPE_CDATA:
                take_text(path_, trimmed(view(xmlTextReaderConstValue(reader_.get()))));
                return std::nullopt;
            case XML_READER_TYPE_END_ELEMENT:
                end_element();
                return std::nullopt;
            case XML_READER_TYPE_DOCUMENT_TYPE:
            case XML_READER_TYPE_ENTITY_REFERENCE:
                return refusal(refused::not_a_statement,
                               "statements have no document type and no entities");
            default:
                return std::nullopt;
        }
    }

    std::optional<Refusal> begin_element() {
        const auto name = view(xmlTextReaderConstLocalName(reader_.get()));
        if (path_.empty() &&
            (name != "Document" ||
             !view(xmlTextReaderConstNamespaceUri(reader_.get())).starts_with(root_namespace))) {
            return refusal(refused::not_a_statement, "the root is {}: must be Document of {}...",
                           name, root_namespace);
        }
        if (xmlTextReaderDepth(reader_.get()) > depth_max) {
            return refusal(refused::not_a_statement, "elements are nested deeper than {}",
                           depth_max);
        }
        const bool is_empty = xmlTextReaderIsEmptyElement(reader_.get()) == 1;
        path_ += '/';
        path_ += name;
        begin_part();
        if (const std::unique_ptr<xmlChar, decltype(xmlFree)> currency(
                xmlTextReaderGetAttribute(reader_.get(), BAD_CAST "Ccy"), xmlFree);
            currency) {
            take_text(path_ + "@Ccy", view(currency.get()));
        }
        if (is_empty) {
            end_element();
        }
        return std::nullopt;
    }

    void begin_part() {
        const std::string_view path = path_;
        if (path == statement_path) {
            statements_.emplace_back();
            begin(statements_.back().fields);
        } else if (within("Bal")) {
            begin(statements_.back().balances.emplace_back());
        } else if (within("Ntry")) {
            begin(statements_.back().entries.emplace_back().fields);
        } else if (within("Ntry/NtryDtls/TxDtls")) {
            begin(statements_.back().entries.back().transactions.emplace_back());
        }
    }

    /// Whether this is that element of a statement.
    bool within(std::string_view part) const {
        const std::string_view path = path_;
        return path.starts_with(statement_path) && path.size() > statement_path.size() &&
               path.substr(statement_path.size() + 1) == part;
    }

    /// From here on texts belong to `fields`, which stays where it is until the element ends.
    void begin(Fields& fields) { parts_.push_back({&fields, path_.size()}); }

    void take_text(std::string_view path, std::string_view text) {
        if (parts_.empty() || text.empty() || path.size() <= parts_.back().begin) {
            return;
        }
        const auto name = path.substr(parts_.back().begin + 1);
        parts_.back().fields->values[std::string(name)].emplace_back(text);
    }

    void end_element() {
        if (!parts_.empty() && parts_.back().begin == path_.size()) {
            parts_.pop_back();
        }
        path_.resize(path_.rfind('/'));
    }

    struct Part {
        Fields* fields;
        std::size_t begin;  ///< Length of the path of its element.
    };

    std::unique_ptr<xmlTextReader, Free> reader_;
    std::string path_;
    std::vector<Part> parts_;
    std::vector<Parsed> statements_;
};

}  // namespace

std::string Fields::first(std::initializer_list<std::string_view> paths) const {
    for (const auto path : paths) {
        if (const auto found = values.find(path); found != values.end()) {
            return found->second.front();
        }
    }
    return {};
}

void Fields::append_all(std::string_view path, std::string& text) const {
    if (const auto found = values.find(path); found != values.end()) {
        for (const auto& one : found->second) {
            text += text.empty() ? "" : " ";
            text += one;
        }
    }
}

Result<std::vector<Parsed>> parse(std::string_view document) {
    return Reader(document).read();
}

}  // namespace kontor::payments::camt
