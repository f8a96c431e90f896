#pragma once

#include "platform/lmdb/lmdb.hpp"

namespace kontor::discovery {

/// Where in the service's folder the documents lie.
inline std::filesystem::path documents_folder(const std::filesystem::path& folder) {
    return folder / "documents";
}

/// The tables of the projection. Texts as JSON are events' own; the rest is packed by
/// documents.hpp.
struct Tables {
    explicit Tables(lmdb::Environment& environment)
        : meta(environment.table("meta")),
          parked(environment.table("parked")),
          markets(environment.table("markets")),
          stores(environment.table("stores")),
          places(environment.table("places")),
          categories(environment.table("categories")),
          taxes(environment.table("taxes")),
          products(environment.table("products")),
          pages(environment.table("pages")),
          items(environment.table("items")),
          variants(environment.table("variants")),
          prices(environment.table("prices")),
          stock(environment.table("stock")),
          unmerged(environment.table("unmerged")) {}

    lmdb::Table meta;        ///< Positions of the streams, format, generation.
    lmdb::Table parked;      ///< Events that could not take effect: `stream/sequence` to aggregate.
    lmdb::Table markets;     ///< Code to JSON.
    lmdb::Table stores;      ///< Id to JSON.
    lmdb::Table places;      ///< Location id to its number, for good.
    lmdb::Table categories;  ///< Code to JSON.
    lmdb::Table taxes;       ///< Market to the JSON of its rates.
    lmdb::Table products;    ///< Product id to JSON, whole.
    lmdb::Table pages;       ///< Product id to the program of its page.
    lmdb::Table items;       ///< Product id to the program of its place in a list.
    lmdb::Table variants;    ///< SKU to its record.
    lmdb::Table prices;      ///< SKU to its windows in all markets.
    lmdb::Table stock;       ///< SKU to its cells.
    lmdb::Table unmerged;    ///< Product id to what of it the index file may not have yet.
};

}  // namespace kontor::discovery
