#pragma once

#include "platform/describe/json.hpp"
#include "platform/rpc/contract.hpp"

/// Who may do what. So far: the one staff token. Customers' sign-in and fine rights come here.
namespace kontor::access {

struct StaffTokenWanted {
    std::optional<std::string> token;
    static constexpr auto describe() {
        return described<StaffTokenWanted>(
            "Makes sure that there is a staff token.",
            field<&StaffTokenWanted::token>("The one to use from now on; made where missing and "
                                            "none is known.",
                                            {.min_length = 1, .max_length = 200}));
    }
};

struct StaffToken {
    std::string hash;
    std::optional<std::string> made;
    static constexpr auto describe() {
        return described<StaffToken>(
            "What a staff token is checked with.",
            field<&StaffToken::hash>("SHA-256 of the token, in hexadecimal."),
            field<&StaffToken::made>("The token itself, only where it was made just now."));
    }
};

class Access {
public:
    virtual ~Access() = default;
    virtual Task<Result<StaffToken>> staff_token(Context context, StaffTokenWanted wanted) = 0;

    static constexpr auto contract() {
        return rpc::contract<Access>(
            "access", "Who may do what.",
            rpc::change<&Access::staff_token>("Makes sure that there is a staff token."));
    }
};

}  // namespace kontor::access
