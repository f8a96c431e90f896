#pragma once

#include "services/stores/api.hpp"

namespace kontor::stores {

/// The section `stores` of the settings.
struct StoresSettings {
    std::vector<std::string> markets;

    static constexpr auto describe() {
        return described<StoresSettings>(
            "Where the retailer sells.",
            field<&StoresSettings::markets>("The markets of this installation, where others are "
                                            "served by cells of their own; others are rejected, "
                                            "those that are recorded stay. None: all."));
    }
};

}  // namespace kontor::stores
