#include "platform/service/service.hpp"

namespace kontor {

Report Host::report() const {
    return [&log = operators, service = outbox.service()](std::string_view error) {
        log.warning("failed in the background", {{"service", service}, {"error", error}});
    };
}

}  // namespace kontor
