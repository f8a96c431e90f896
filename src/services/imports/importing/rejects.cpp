#include "services/imports/importing/rejects.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include "services/imports/importing/csv.hpp"

namespace kontor::importing {

namespace {

[[noreturn]] void fail(const std::filesystem::path& path) {
    throw std::filesystem::filesystem_error("the rejects cannot be written", path,
                                            std::error_code(errno, std::generic_category()));
}

std::string as_csv(const Rejects::Entry& entry) {
    auto text = fmt::format("{}", entry.line);
    for (const auto* part : {&entry.fault.field, &entry.fault.value, &entry.fault.reason}) {
        text += ',';
        append_csv(text, *part);
    }
    return text + "\r\n";
}

std::string as_json(const Rejects::Entry& entry) {
    auto text = fmt::format("{{\"line\":{},\"field\":", entry.line);
    json::append_string(text, entry.fault.field);
    text += ",\"value\":";
    json::append_string(text, entry.fault.value);
    text += ",\"reason\":";
    json::append_string(text, entry.fault.reason);
    return text + "}\n";
}

}  // namespace

Rejects::Rejects(std::optional<std::filesystem::path> file) : path_(std::move(file)) {
    if (!path_) {
        return;
    }
    file_ = std::fopen(path_->c_str(), "wbe");
    if (file_ == nullptr) {
        fail(*path_);
    }
    json_ = path_->extension() == ".jsonl";
    if (!json_) {
        write("line,field,value,reason\r\n");
    }
}

Rejects::~Rejects() {
    if (file_ != nullptr) {
        std::fclose(file_);
    }
}

void Rejects::add(std::int64_t line, RowFault fault) {
    const Entry entry{line, std::move(fault)};
    ++count_;
    if (file_ != nullptr) {
        write(json_ ? as_json(entry) : as_csv(entry));
    }
    if (first_.size() < kept_max) {
        first_.push_back(entry);
    }
}

void Rejects::close() {
    if (file_ != nullptr && std::fclose(std::exchange(file_, nullptr)) != 0) {
        fail(*path_);
    }
}

void Rejects::write(const std::string& text) {
    if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) {
        fail(*path_);
    }
}

}  // namespace kontor::importing
