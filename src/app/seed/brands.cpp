#include <array>
#include <stdexcept>
#include <string>

#include "app/seed/families.hpp"

namespace kontor::seed {

namespace {

// Invented; none is a trade mark known to us.
constexpr std::array<std::string_view, 6> tools{"Torvik",   "Brakensen", "Ostholm",
                                                "Kanthaus", "Fjellwerk", "Rundsen"};
constexpr std::array<std::string_view, 5> garden{"Wiesgrund", "Hagelund", "Moosling", "Verdalia",
                                                 "Kleewerk"};
constexpr std::array<std::string_view, 5> paint{"Malvero", "Tünchel", "Farbrecht", "Lasurella",
                                                "Kolorind"};
constexpr std::array<std::string_view, 4> floor{"Dielenhof", "Parkwald", "Stegholm", "Trittfest"};
constexpr std::array<std::string_view, 5> build{"Mauerwind", "Betonara", "Schraubek", "Ankerhart",
                                                "Zimmerholt"};
constexpr std::array<std::string_view, 5> electric{"Voltmark", "Strombek", "Lumenau", "Amperil",
                                                   "Glimmora"};
constexpr std::array<std::string_view, 5> water{"Aquorin", "Quellhof", "Rohrsen", "Tropfana",
                                                "Brunnadal"};
constexpr std::array<std::string_view, 4> home{"Heimholt", "Wohnika", "Lagomar", "Eckholm"};

}  // namespace

std::span<const std::string_view> brands(std::string_view group) {
    struct Group {
        std::string_view name;
        std::span<const std::string_view> members;
    };
    const std::array<Group, 8> groups{{{"tools", tools},
                                       {"garden", garden},
                                       {"paint", paint},
                                       {"floor", floor},
                                       {"build", build},
                                       {"electric", electric},
                                       {"water", water},
                                       {"home", home}}};
    for (const auto& known : groups) {
        if (known.name == group) {
            return known.members;
        }
    }
    throw std::logic_error("no brands of group " + std::string(group));
}

}  // namespace kontor::seed
