#pragma once

#include <string>
#include <utility>
#include <vector>

#include "platform/rpc/contract.hpp"

namespace kontor::rpc {

/// What a request is read from: members by their names as text, the rest as JSON.
struct Inbound {
    std::vector<std::pair<std::string_view, std::string>> path;  ///< Variables, decoded.
    std::vector<std::pair<std::string, std::string>> query;      ///< Decoded, in order.
    std::string_view body;                                       ///< JSON, or empty.
};

/// An operation's reply, ready to be sent.
struct Outbound {
    std::string json;
    std::uint64_t version = 0;  ///< Of the resource; 0: it has none.
    std::string id;             ///< Of the resource; empty: it has none.
};

enum class HasBody : bool { no, yes };

/// An operation whose types are forgotten, for those who serve it: over HTTP to the public, or to
/// other processes.
struct Binding {
    OperationInfo (*info)();
    /// Reads the request, calls `service` (a ServiceOf<Method>) and writes the reply. `inbound`
    /// must live until the answer. Refuses: `malformed`, `invalid`.
    Task<Result<Outbound>> (*run)(void* service, Context context, const Inbound& inbound,
                                  HasBody has_body);
};

/// The binding of one operation. Made by KONTOR_REMOTE, in one file for each contract: what reads
/// and writes its messages is compiled there and nowhere else.
template <auto Method>
const Binding& binding();

}  // namespace kontor::rpc
