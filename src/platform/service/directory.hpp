#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <typeindex>
#include <unordered_map>
#include <vector>

namespace kontor::telemetry {
class Registry;
}

namespace kontor {

/// A contract that a service asks for and nobody has added: it runs neither here nor in a known
/// place, or services start in the wrong order.
struct NotInDirectory : std::runtime_error {
    explicit NotInDirectory(std::string_view name)
        : std::runtime_error("no " + std::string(name) + " in the directory"), contract(name) {}

    std::string contract;
};

/// The contracts a process can call, here or across the network; nobody can tell which. Filled
/// while services start, in the order of their dependencies, then only read.
class Directory {
public:
    /// Where the operations of what runs here are counted; outlives this. Null: nowhere.
    explicit Directory(telemetry::Registry* metrics = nullptr) : metrics_(metrics) {}

    template <class Contract>
    void add(Contract& contract) {
        entries_[typeid(Contract)] = &contract;
    }

    /// The same for a contract that shall live as long as this.
    template <class Contract>
    void add(std::shared_ptr<Contract> contract) {
        add(*contract);
        owned_.push_back(std::move(contract));
    }

    template <class Contract>
    bool knows() const {
        return entries_.contains(typeid(Contract));
    }

    /// Throws NotInDirectory.
    template <class Contract>
    Contract& get() const {
        const auto found = entries_.find(typeid(Contract));
        if (found == entries_.end()) {
            throw NotInDirectory(Contract::contract().name);
        }
        return *static_cast<Contract*>(found->second);
    }

    telemetry::Registry* metrics() const { return metrics_; }

private:
    telemetry::Registry* metrics_;
    std::unordered_map<std::type_index, void*> entries_;
    std::vector<std::shared_ptr<void>> owned_;
};

}  // namespace kontor
