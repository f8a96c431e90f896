#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/deployment.hpp"
#include "platform/config/config.hpp"

namespace kontor::app {

/// Runs `work` on `services`, and answers what it answers: on those that `settings` say are
/// elsewhere by calls, on the others in this process, started before and stopped after, on the
/// storage that `settings` name. `projections`: where these keep theirs, if not where the settings
/// say.
int with_services(const config::Loaded& settings, std::vector<std::string> services,
                  const std::function<Task<int>(Deployment&)>& work,
                  const std::filesystem::path& projections = {});

/// Waits until all that is recorded by now has taken effect in the projections of `deployment`.
Task<void> until_settled(Deployment& deployment);

/// A folder that is empty at first and gone at the end.
class Workplace {
public:
    explicit Workplace(std::filesystem::path folder) : folder_(std::move(folder)) {
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
    }
    ~Workplace() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Workplace(const Workplace&) = delete;
    Workplace& operator=(const Workplace&) = delete;

    const std::filesystem::path& folder() const { return folder_; }

private:
    std::filesystem::path folder_;
};

/// What every call of a verb carries: it may take its time, and the operator is staff.
Context operators_context();

}  // namespace kontor::app
