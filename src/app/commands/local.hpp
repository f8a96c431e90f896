#pragma once

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

/// What every call of a verb carries: it may take its time, and the operator is staff.
Context operators_context();

}  // namespace kontor::app
