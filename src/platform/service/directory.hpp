#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <typeindex>
#include <unordered_map>
#include <vector>

namespace kontor {

/// The contracts a process can call, here or across the network; nobody can tell which. Filled
/// while services start, in the order of their dependencies, then only read.
class Directory {
public:
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

    /// Throws std::logic_error for a contract nobody has added: services start in the wrong order.
    template <class Contract>
    Contract& get() const {
        const auto found = entries_.find(typeid(Contract));
        if (found == entries_.end()) {
            throw std::logic_error("no " + std::string(Contract::contract().name) +
                                   " in the directory: start it, or say where it is, first");
        }
        return *static_cast<Contract*>(found->second);
    }

private:
    std::unordered_map<std::type_index, void*> entries_;
    std::vector<std::shared_ptr<void>> owned_;
};

}  // namespace kontor
