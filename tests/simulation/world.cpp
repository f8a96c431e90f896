#include "simulation/world.hpp"

#include "platform/crypto/hash.hpp"
#include "services/carts/factory.hpp"
#include "services/discovery/factory.hpp"
#include "services/inventory/factory.hpp"
#include "services/orders/factory.hpp"
#include "services/payments/factory.hpp"
#include "services/pricing/factory.hpp"
#include "services/stores/factory.hpp"
#include "simulation/invariants.hpp"
#include "simulation/witness.hpp"

namespace kontor::simulation {

namespace {

using namespace std::chrono_literals;

constexpr auto hour = 60min;
constexpr auto shopping = 50min;
// Longer than a reservation lasts.
constexpr auto settling = 17min;
constexpr int purchases = 105;
constexpr auto looks_every = 10min;
constexpr std::string_view webhook_secret = "whsec_simulated";

/// In the order of their dependencies.
constexpr const ServiceEntry* product[] = {&stores::entry,   &pricing::entry, &inventory::entry,
                                           &payments::entry, &carts::entry,   &orders::entry};

config::Loaded settings_of_product() {
    std::vector<config::Section> sections;
    for (const auto* entry : product) {
        if (entry->settings != nullptr) {
            sections.push_back(entry->settings());
        }
    }
    return config::load(std::move(sections),
                        {.flags = {{"payments.stripe_secret_key", "sk_test", "simulation"},
                                   {"payments.stripe_webhook_secret", std::string(webhook_secret),
                                    "simulation"},
                                   {"payments.stripe_method", "card", "simulation"}}})
        .value();
}

}  // namespace

World::World(const Plan& plan)
    : environment_(plan.seed),
      card_provider_(environment_,
                     [this](std::string payload) { spawn(deliver_notice(std::move(payload))); }),
      deployment_{environment_,          network_, log_, card_provider_, nullptr,
                  settings_of_product(), {},       false} {
    history_.seed = plan.seed;
    if (plan.defect != nullptr) {
        deployment_.mutant = &mutant_.emplace(*plan.defect);
    }
    deployment_.reachable.assign(std::begin(product), std::end(product));
    deployment_.reachable.push_back(&discovery::entry);
    for (const auto* entry : product) {
        storages_.emplace(entry->name, std::make_unique<Storage>(std::string(entry->name)));
    }
    prepare_witness(
        *storages_.emplace("witness", std::make_unique<Storage>("witness")).first->second);
    discovery_.expose<discovery::Discovery>(assortment_);
    network_.listen("discovery",
                    std::make_shared<Server>(Server{std::make_shared<Life>(), &discovery_}));
    draw_processes();
    connect();
    hire();
}

World::~World() = default;

Storage& World::storage_of(std::string_view service) {
    return *storages_.find(service)->second;
}

/// From all services in one process to each in one of its own; a defect is looked for where every
/// call crosses the network.
void World::draw_processes() {
    auto& random = environment_.random;
    constexpr std::size_t services = std::size(product);
    const auto count = mutant_ ? services : random.below(services) + 1;
    deployment_.one_process = count == 1;
    std::vector<std::vector<Tenant>> tenants(count);
    for (std::size_t i = 0; i < services; ++i) {
        const auto place = i < count ? i : random.below(count);
        tenants[place].push_back({product[i], &storage_of(product[i]->name)});
    }
    tenants[random.below(count)].push_back({&witness, &storage_of("witness")});
    for (auto& together : tenants) {
        for (const auto& tenant : together) {
            history_.shape += std::string(tenant.entry->name) + " ";
        }
        history_.shape.back() = '|';
        processes_.push_back(std::make_unique<Process>(
            deployment_, std::move(together), static_cast<std::uint16_t>(processes_.size() + 1)));
    }
    history_.shape.pop_back();
}

void World::connect() {
    contracts_.stores = rpc::remote<stores::Stores>(internet_);
    contracts_.pricing = rpc::remote<pricing::Pricing>(internet_);
    contracts_.inventory = rpc::remote<inventory::Inventory>(internet_);
    contracts_.carts = rpc::remote<carts::Carts>(internet_);
    contracts_.payments = rpc::remote<payments::Payments>(internet_);
    contracts_.orders = rpc::remote<orders::Orders>(internet_);
}

void World::hire() {
    staff_ = std::make_unique<Staff>(environment_, contracts_, assortment_, ledger_);
    fulfilment_ = std::make_unique<Fulfilment>(environment_, contracts_, ledger_);
    const auto count = environment_.random.between(20, 50);
    for (std::int64_t i = 0; i < count; ++i) {
        shoppers_.push_back(std::make_unique<Shopper>(environment_, contracts_, assortment_,
                                                      card_provider_, ledger_,
                                                      static_cast<std::uint64_t>(i) + 1));
    }
}

/// The provider tells until somebody has taken it.
Task<void> World::deliver_notice(std::string payload) {
    const auto told = co_await insist(environment_, [&] {
        const auto at = environment_.clock.now().microseconds / 1'000'000;
        const auto signature =
            crypto::to_hex(crypto::hmac_sha256(webhook_secret, fmt::format("{}.{}", at, payload)));
        return contracts_.payments->notify(
            {.deadline = environment_.loop.now() + 5s},
            {.payload = payload, .signature = fmt::format("t={},v1={}", at, signature)});
    });
    if (!told) {
        find({fmt::format("a notice is refused: {}: {}", told.error().message, payload)});
    }
}

void World::open() {
    for (const auto& process : processes_) {
        spawn(process->start());
    }
    environment_.loop.run([](World& world) -> Task<bool> {
        co_await world.staff_->open_shop();
        while (!co_await world.all_settled()) {
            co_await sleep_for(10ms);
        }
        co_return true;
    }(*this));
}

void World::live() {
    environment_.faults.start();
    if (mutant_) {
        mutant_->appear();
    }
    const auto work = [this](Task<void> task) {
        ++people_at_work_;
        spawn([](Task<void> owned, int& at_work) -> Task<void> {
            co_await std::move(owned);
            --at_work;
        }(std::move(task), people_at_work_));
    };
    const auto count = static_cast<int>(shoppers_.size());
    for (int i = 0; i < count; ++i) {
        work(shoppers_[i]->shop(purchases / count + (i < purchases % count ? 1 : 0), shopping));
    }
    work(staff_->work(hour_is_over_));
    work(fulfilment_->work(hour_is_over_));
    for (Duration passed{0}; passed < hour; passed += looks_every) {
        environment_.loop.run_for(looks_every);
        look_at_stock();
    }
    hour_is_over_ = true;
}

void World::settle() {
    environment_.faults.stop();
    auto& loop = environment_.loop;
    if (!loop.run_until([this] { return people_at_work_ == 0; }, hour)) {
        find({"somebody waits for an answer that never comes"});
    }
    loop.run_for(settling);
    const bool settled = loop.run([](World& world) -> Task<bool> {
        for (int tries = 0; tries < 100; ++tries) {
            if (co_await world.all_settled()) {
                co_return true;
            }
            co_await sleep_for(1s);
        }
        co_return false;
    }(*this));
    if (!settled) {
        find({"events are still under way"});
    }
    loop.run([](World& world) -> Task<bool> {
        for (std::size_t i = 0; i < world.ledger_.orders.size(); i += 5) {
            const auto& told = world.ledger_.orders[i];
            co_await world.shoppers_[told.shopper - 1]->ask_again(told);
        }
        co_return true;
    }(*this));
}

Task<bool> World::all_settled() {
    for (const auto& process : processes_) {
        if (process->running() == nullptr || !co_await process->running()->settled()) {
            co_return false;
        }
    }
    co_return true;
}

History World::close() {
    environment_.loop.run([](World& world) -> Task<bool> {
        for (const auto& process : world.processes_) {
            co_await process->stop();
        }
        co_return true;
    }(*this));
    while (environment_.loop.step()) {
    }
    look_at_stock();
    const Books books{storage_of("inventory"), storage_of("payments"), storage_of("carts"),
                      storage_of("orders")};
    find(faults_of_books(books, ledger_, environment_.clock.now()));
    find(faults_of_money(books, card_provider_));
    std::vector<Storage*> producers;
    for (const auto& [name, storage] : storages_) {
        find(dead_letters(*storage));
        if (name != "witness") {
            producers.push_back(storage.get());
        }
    }
    find(objections_of_witness(storage_of("witness"), producers));
    find(ledger_.complaints);
    find(network_.accidents());
    history_.trace = environment_.trace.hash();
    history_.purchases = ledger_.purchases;
    history_.orders = static_cast<int>(ledger_.orders.size());
    history_.refused = ledger_.refused;
    history_.done = ledger_.done;
    history_.faults = environment_.faults.counts();
    if (mutant_) {
        history_.not_met = mutant_->not_met();
    }
    return std::move(history_);
}

void World::look_at_stock() {
    find(faults_of_stock(storage_of("inventory")));
}

void World::find(std::vector<std::string> faults) {
    history_.violations.insert(history_.violations.end(), std::make_move_iterator(faults.begin()),
                               std::make_move_iterator(faults.end()));
}

}  // namespace kontor::simulation
