#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "services/discovery/engine/segment_writer.hpp"
#include "services/discovery/engine/snapshot.hpp"

namespace kontor::discovery::engine {

/// Those in `all`, which outlives the source.
ProductSource products(const std::vector<IndexedProduct>& all);
/// All that live in a snapshot, which outlives the source.
ProductSource live_products(const Snapshot& snapshot);

/// A small one, to lie on top of `larger` (or of nothing: null).
std::shared_ptr<const Segment> small_segment(const ProductSource& source, const Segment* larger);
/// A merged one without a file.
std::shared_ptr<const Segment> base_in_memory(const ProductSource& source,
                                              const std::string& position);

/// Writes beside `file`, makes it durable, swaps it in by rename, and opens it. Throws
/// std::system_error.
std::shared_ptr<const Segment> segment_written_to(const std::filesystem::path& file,
                                                  const ProductSource& source,
                                                  const std::string& position);

/// Refuses `damaged_index`.
Result<std::shared_ptr<const Segment>> segment_from(const std::filesystem::path& file);

}  // namespace kontor::discovery::engine
