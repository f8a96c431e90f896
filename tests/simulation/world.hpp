#pragma once

#include "simulation/card_provider.hpp"
#include "simulation/fulfilment.hpp"
#include "simulation/process.hpp"
#include "simulation/shopper.hpp"
#include "simulation/simulation.hpp"
#include "simulation/staff.hpp"

namespace kontor::simulation {

/// Everything of one simulated history.
class World {
public:
    explicit World(const Plan& plan);
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    /// Starts the services and fills the shop, without faults.
    void open();
    /// The hour, with faults.
    void live();
    /// Until nothing is under way any more, without faults.
    void settle();
    /// Stops the services and looks what is true.
    History close();

private:
    void draw_processes();
    void connect();
    void hire();
    Task<bool> all_settled();
    Task<void> deliver_notice(std::string payload);
    void look_at_stock();
    void find(std::vector<std::string> faults);
    Storage& storage_of(std::string_view service);

    Environment environment_;
    std::optional<Mutant> mutant_;
    Network network_{environment_};
    Streams log_;
    CardProvider card_provider_;
    Deployment deployment_;
    Assortment assortment_;
    rpc::Dispatcher discovery_;
    std::map<std::string, std::unique_ptr<Storage>, std::less<>> storages_;
    std::vector<std::unique_ptr<Process>> processes_;
    std::shared_ptr<Life> outside_ = std::make_shared<Life>();
    SimulatedChannel internet_{environment_, network_, outside_, nullptr};
    Contracts contracts_;
    Ledger ledger_;
    std::vector<std::unique_ptr<Shopper>> shoppers_;
    std::unique_ptr<Staff> staff_;
    std::unique_ptr<Fulfilment> fulfilment_;
    int people_at_work_ = 0;
    bool hour_is_over_ = false;
    History history_;
};

}  // namespace kontor::simulation
