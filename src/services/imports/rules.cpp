#include "services/imports/rules.hpp"

namespace kontor::imports {

bool is_over(ImportStatus status) {
    return status == ImportStatus::finished || status == ImportStatus::failed ||
           status == ImportStatus::interrupted;
}

Import as_seen(Import import, Timestamp now) {
    constexpr auto silence_max_us =
        std::chrono::duration_cast<std::chrono::microseconds>(silence_max).count();
    if (!is_over(import.status) &&
        now.microseconds - import.updated_at.microseconds > silence_max_us) {
        import.status = ImportStatus::interrupted;
        import.problem =
            "the process that took it in is gone: repeat the import; what is there "
            "already counts as unchanged";
    }
    return import;
}

importing::Wanted reading_of(const OpenImport& wanted, std::optional<importing::Mapping> mapping) {
    const auto of_mapping = mapping ? mapping->format : std::nullopt;
    return {.kind = wanted.kind,
            .format = wanted.format.value_or(of_mapping.value_or(ImportFormat::csv)),
            .mapping = std::move(mapping),
            .market = wanted.market};
}

}  // namespace kontor::imports
