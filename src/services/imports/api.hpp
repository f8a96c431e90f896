#pragma once

#include <boost/describe/enum.hpp>

#include "base/short_text.hpp"
#include "platform/describe/blob.hpp"
#include "platform/describe/values.hpp"
#include "platform/rpc/contract.hpp"

/// Files of products, prices, stock and past orders, taken in while the shop serves.
namespace kontor::imports {

struct ImportTag {
    static constexpr std::string_view prefix = "imp";
};
using ImportId = Id<ImportTag>;

/// orders: of another system, shipped and paid for.
enum class ImportKind { products, prices, stock, orders };
BOOST_DESCRIBE_ENUM(ImportKind, products, prices, stock, orders)

enum class ImportFormat { csv, jsonl };
BOOST_DESCRIBE_ENUM(ImportFormat, csv, jsonl)

/// waiting: for those before it. checking, writing: the two passes over the file. interrupted: the
/// process that ran it is gone; repeat it, what is there already counts as unchanged.
enum class ImportStatus { waiting, checking, writing, finished, failed, interrupted };
BOOST_DESCRIBE_ENUM(ImportStatus, waiting, checking, writing, finished, failed, interrupted)

/// The largest piece of a file in one call.
inline constexpr std::size_t piece_bytes_max = std::size_t{512} * 1024;

struct OpenImport {
    ImportKind kind = ImportKind::products;
    std::optional<ImportFormat> format;
    std::optional<std::string> mapping;
    std::optional<MarketCode> market;

    static constexpr auto describe() {
        return described<OpenImport>(
            "Says what a file holds that is about to come.",
            field<&OpenImport::kind>("What its rows are."),
            field<&OpenImport::format>("Else what the mapping says, else CSV."),
            field<&OpenImport::mapping>("Name of the mapping that says what the rows mean; without "
                                        "one they are Kontor's own columns or shapes.",
                                        {.min_length = 1, .max_length = 64}),
            field<&OpenImport::market>("For prices and orders that name none."));
    }
};

/// read = accepted + unchanged + rejected.
struct ImportCounts {
    std::int64_t read = 0;
    std::int64_t accepted = 0;
    std::int64_t unchanged = 0;
    std::int64_t rejected = 0;

    static constexpr auto describe() {
        using C = ImportCounts;
        return described<C>("read = accepted + unchanged + rejected.",
                            field<&C::read>("Records that the file has."),
                            field<&C::accepted>("Made or changed."),
                            field<&C::unchanged>("Were so already."),
                            field<&C::rejected>("Not taken; the others were."));
    }
};

struct RejectedLine {
    std::int64_t line = 0;
    std::string field;
    std::string value;
    std::string reason;

    static constexpr auto describe() {
        using R = RejectedLine;
        return described<R>("What was not taken, and why.",
                            kontor::field<&R::line>("Of the file, from 1."),
                            kontor::field<&R::field>("The field at fault; empty for the row."),
                            kontor::field<&R::value>("What it holds."),
                            kontor::field<&R::reason>("What was expected."));
    }
};

struct Import {
    ImportId id;
    OpenImport of;
    ImportStatus status = ImportStatus::waiting;
    std::int64_t bytes = 0;
    std::int64_t bytes_done = 0;
    ImportCounts records;
    ImportCounts prices;
    std::optional<std::string> problem;
    std::vector<RejectedLine> first_rejects;
    Timestamp started_at;
    Timestamp updated_at;

    static constexpr auto describe() {
        using I = Import;
        return described<I>("A file being taken in, or that was.", field<&I::id>("Opaque, stable."),
                            field<&I::of>("What the file holds."),
                            field<&I::status>("How far it is."),
                            field<&I::bytes>("Size of the file."),
                            field<&I::bytes_done>("How much of it the pass under way has read."),
                            field<&I::records>("Of the kind that the file holds."),
                            field<&I::prices>("What a file of products brought beside them."),
                            field<&I::problem>("Why it failed, and what to do."),
                            field<&I::first_rejects>("The first of those rejected."),
                            field<&I::started_at>("When the file was there."),
                            field<&I::updated_at>("When this was last brought up to date."));
    }
};

struct AppendPiece {
    ImportId import;
    std::int64_t offset = 0;
    Blob content;

    static constexpr auto describe() {
        return described<AppendPiece>(
            "The next piece of a file.", field<&AppendPiece::import>("Whose file."),
            field<&AppendPiece::offset>("How much came before; else it is refused."),
            field<&AppendPiece::content>("At most 512 KiB."));
    }
};

struct ImportKey {
    ImportId import;
    static constexpr auto describe() {
        return described<ImportKey>("Names one import.", field<&ImportKey::import>("Its id."));
    }
};

struct OpenedImport {
    ImportId id;
    static constexpr auto describe() {
        return described<OpenedImport>("An import whose file may come now.",
                                       field<&OpenedImport::id>("Its id."));
    }
};

struct ReceivedBytes {
    std::int64_t bytes = 0;
    static constexpr auto describe() {
        return described<ReceivedBytes>("How much of a file there is.",
                                        field<&ReceivedBytes::bytes>("So far."));
    }
};

struct ListImports {
    std::int64_t limit = 24;
    std::optional<std::string> cursor;
    static constexpr auto describe() {
        return described<ListImports>(
            "A page of imports, the latest first.",
            field<&ListImports::limit>("Page size.", {.min = 1, .max = 100, .optional = true}),
            field<&ListImports::cursor>("`next` of the page before.", {.max_length = 100}));
    }
};

struct ImportList {
    std::vector<Import> items;
    std::optional<std::string> next;
    static constexpr auto describe() {
        return described<ImportList>(
            "A page of imports.", field<&ImportList::items>("The imports."),
            field<&ImportList::next>("Cursor of the next page; absent on the last."));
    }
};

struct ListRejects {
    ImportId import;
    std::int64_t limit = 500;
    std::optional<std::string> cursor;
    static constexpr auto describe() {
        return described<ListRejects>(
            "A page of what an import rejected, in the order of the file.",
            field<&ListRejects::import>("Its id."),
            field<&ListRejects::limit>("Page size.", {.min = 1, .max = 1000, .optional = true}),
            field<&ListRejects::cursor>("`next` of the page before.", {.max_length = 20}));
    }
};

struct RejectList {
    std::vector<RejectedLine> items;
    std::optional<std::string> next;
    static constexpr auto describe() {
        return described<RejectList>(
            "A page of what was rejected.", field<&RejectList::items>("What was rejected."),
            field<&RejectList::next>("Cursor of the next page; absent on the last."));
    }
};

struct ImportMapping {
    std::string mapping;
    std::string toml;
    static constexpr auto describe() {
        return described<ImportMapping>(
            "What the rows of somebody's files mean; docs/imports.md is the manual.",
            field<&ImportMapping::mapping>("Its name.", {.min_length = 1, .max_length = 64}),
            field<&ImportMapping::toml>("The mapping file.",
                                        {.min_length = 1, .max_length = 200'000}));
    }
};

struct AllMappings {
    static constexpr auto describe() { return described<AllMappings>("Every mapping."); }
};

struct MappingList {
    std::vector<ImportMapping> items;
    static constexpr auto describe() {
        return described<MappingList>("The mappings, by name.",
                                      field<&MappingList::items>("The mappings."));
    }
};

/// A file comes in three steps: `open`, `append` for each piece, `start`. Then it is taken in, one
/// file after the other, while its record shows how far it is.
class Imports {
public:
    virtual ~Imports() = default;
    virtual Task<Result<OpenedImport>> open(Context context, OpenImport wanted) = 0;
    virtual Task<Result<ReceivedBytes>> append(Context context, AppendPiece piece) = 0;
    virtual Task<Result<Import>> start(Context context, ImportKey key) = 0;
    virtual Task<Result<Import>> import(Context context, ImportKey key) = 0;
    virtual Task<Result<ImportList>> imports(Context context, ListImports wanted) = 0;
    virtual Task<Result<RejectList>> rejects(Context context, ListRejects wanted) = 0;
    virtual Task<Result<ImportMapping>> put_mapping(Context context, ImportMapping mapping) = 0;
    virtual Task<Result<MappingList>> mappings(Context context, AllMappings wanted) = 0;

    static constexpr auto contract() {
        using rpc::change;
        using rpc::read;
        return rpc::contract<Imports>(
            "imports", "Files of products, prices and stock, taken in while the shop serves.",
            change<&Imports::open>("Begins an import whose file comes piece by piece.",
                                   {refusals::not_found, refusals::unavailable}),
            change<&Imports::append>("Takes the next piece of a file.",
                                     {refusals::not_found, refusals::conflict}),
            change<&Imports::start>(
                "Takes a file in, after those before it. A file that is cut short, binary or in "
                "another encoding changes nothing; of any other the good rows are taken. Safe to "
                "repeat: what is there already counts as unchanged.",
                {refusals::not_found}),
            read<&Imports::import>("Shows how far an import is.", {refusals::not_found}),
            read<&Imports::imports>("Lists the imports, the latest first; 1,000 are kept.",
                                    {refusals::malformed}),
            read<&Imports::rejects>(
                "Lists what an import rejected, and why; the first 10,000 are kept.",
                {refusals::not_found, refusals::malformed}),
            change<&Imports::put_mapping>("Makes or replaces a mapping.", {refusals::invalid}),
            read<&Imports::mappings>("Lists the mappings."));
    }
};

}  // namespace kontor::imports
