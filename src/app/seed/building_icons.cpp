#include <array>

#include "app/seed/icons.hpp"

namespace kontor::seed {

namespace {

constexpr auto icons = std::to_array<Icon>({
    {"pipe", R"svg(
<g transform="rotate(-28 100 100)"><rect x="12" y="52" width="170" height="30" fill="$c"/>
<ellipse cx="182" cy="67" rx="8" ry="15" fill="$d"/>
<ellipse cx="182" cy="67" rx="5" ry="10" fill="$k"/>
<rect x="12" y="54" width="170" height="6" fill="$l"/>
<rect x="20" y="104" width="150" height="42" fill="$c"/>
<ellipse cx="170" cy="125" rx="11" ry="21" fill="$d"/>
<ellipse cx="170" cy="125" rx="7" ry="14" fill="$k"/>
<rect x="20" y="108" width="150" height="8" fill="$l"/>
<path fill="$d" d="M20 136h150v10H20zM12 75h170v7H12z"/></g>
)svg"},
    {"fitting", R"svg(
<path fill="$c" d="M40 76h60a24 24 0 0 1 24 24v60H84v-44H40z"/>
<path fill="$d" d="M84 116h-44v-8h52v52h-8z"/>
<rect x="22" y="68" width="24" height="56" rx="5" fill="$d"/>
<rect x="76" y="152" width="56" height="24" rx="5" fill="$d"/>
<path fill="$l" d="M46 82h52a20 20 0 0 1 14 6l-4 5a16 16 0 0 0-10-4H46z"/>
)svg"},
    {"pump", R"svg(
<rect x="66" y="66" width="68" height="96" rx="14" fill="$c"/>
<path fill="$d" d="M112 66h8a14 14 0 0 1 14 14v68a14 14 0 0 1-14 14h-8z"/>
<path fill="none" stroke="$k" stroke-width="9" d="M80 66V48h40v18"/>
<rect x="56" y="156" width="88" height="16" rx="5" fill="$k"/>
<path fill="none" stroke="$k" stroke-width="7" d="M134 84h20c10 0 10 10 10 16v22"/>
<rect x="152" y="118" width="26" height="38" rx="12" fill="#e2574c"/>
<path fill="#4aa3df" d="M8 180c16-10 30-10 46 0s30 10 46 0 30-10 46 0 30 10 46 0v12H8z"/>
)svg"},
    {"radiator", R"svg(
<rect x="22" y="48" width="156" height="98" rx="8" fill="$w"/><g fill="$n">
<rect x="36" y="60" width="10" height="74" rx="5"/>
<rect x="58" y="60" width="10" height="74" rx="5"/>
<rect x="80" y="60" width="10" height="74" rx="5"/>
<rect x="102" y="60" width="10" height="74" rx="5"/>
<rect x="124" y="60" width="10" height="74" rx="5"/>
<rect x="146" y="60" width="10" height="74" rx="5"/></g>
<rect x="22" y="48" width="156" height="8" rx="4" fill="$c"/>
<path fill="$m" d="M40 146h10v24H40zm110 0h10v24h-10z"/>
<rect x="172" y="116" width="16" height="22" rx="4" fill="$c"/>
<path stroke="#e8743b" stroke-width="6" stroke-linecap="round" fill="none" d="M64 38c-6-8 6-12
 0-20m36 20c-6-8 6-12 0-20m36 20c-6-8 6-12 0-20"/>
)svg"},
    {"heater", R"svg(
<rect x="52" y="32" width="96" height="126" rx="16" fill="$c"/>
<path fill="$d" d="M52 132h96v10a16 16 0 0 1-16 16H68a16 16 0 0 1-16-16z"/>
<rect x="66" y="48" width="68" height="68" rx="8" fill="$k"/>
<g stroke="#ff8a4a" stroke-width="6" stroke-linecap="round">
<path d="M76 62h48M76 76h48M76 90h48M76 104h48"/></g><circle cx="100" cy="134" r="10" fill="$w"/>
<path fill="$k" d="M62 158h14v14H62zm62 0h14v14h-14z"/>
)svg"},
    {"tap", R"svg(
<path fill="$n" d="M56 168h52v10H56z"/><path fill="$c" d="M66 86h32v84H66z"/>
<path fill="$c" d="M66 92c0-40 26-54 54-54 32 0 48 20 48 48v12h-28V88c0-14-6-22-20-22-16 0-22
 10-22 26z"/><path fill="$d" d="M86 92h12v78H86zm66-14h16v20h-16z"/>
<path fill="$c" d="M30 64h50v16H40a10 10 0 0 1-10-10z"/><path fill="$l" d="M36 66h40v4H36z"/>
<path fill="#4aa3df" d="M154 112c9 12 13 17 13 23a13 13 0 0 1-26 0c0-6 4-11 13-23z"/>
)svg"},
    {"shower", R"svg(
<path fill="none" stroke="$c" stroke-width="11" stroke-linecap="round" d="M46 176V54c0-22 16-30
 32-30s32 10 32 28"/><path fill="$c" d="M66 68c0-14 20-20 44-20s44 6 44 20z"/>
<rect x="62" y="66" width="96" height="10" rx="5" fill="$d"/>
<g stroke="#4aa3df" stroke-width="5" stroke-linecap="round">
<path d="m76 88-6 18m20-18-3 18m23-18v18m20-18 3 18m11-18 6 18M66 120l-6 18m27-18-3
 18m26-18v18m23-18 3 18m18-18 6 18"/></g>
<rect x="36" y="118" width="20" height="26" rx="4" fill="$d"/>
)svg"},
    {"basin", R"svg(
<path fill="none" stroke="$m" stroke-width="9" d="M100 84V50c0-16 30-16 30 0v6"/>
<path fill="$c" d="M22 88h156c0 40-26 56-50 56H72c-24 0-50-16-50-56z"/>
<path fill="$d" d="M30 112h140c-8 22-26 32-42 32H72c-16 0-34-10-42-32z" opacity=".55"/>
<rect x="16" y="80" width="168" height="14" rx="6" fill="$c"/>
<rect x="16" y="89" width="168" height="5" rx="2" fill="$d"/>
<path fill="$m" d="M92 144h16v32H92z"/>
)svg"},
    {"toilet", R"svg(
<rect x="34" y="22" width="132" height="50" rx="8" fill="$n"/>
<rect x="80" y="34" width="40" height="20" rx="8" fill="$c"/>
<path fill="$w" d="M52 92h96c0 40-18 62-30 76H82c-12-14-30-36-30-76z"/>
<ellipse cx="100" cy="92" rx="50" ry="17" fill="$w"/>
<ellipse cx="100" cy="92" rx="50" ry="17" fill="none" stroke="$m" stroke-width="3"/>
<ellipse cx="100" cy="92" rx="34" ry="9" fill="$n"/>
<path fill="$n" d="M122 108h22c-4 30-16 48-26 60h-12c10-16 16-36 16-60z" opacity=".7"/>
)svg"},
    {"cabinet", R"svg(
<path fill="$n" d="M24 52h152v14H24z"/>
<path fill="none" stroke="$m" stroke-width="7" d="M100 52V34c0-12 20-12 20 0v4"/>
<rect x="32" y="66" width="136" height="92" rx="4" fill="$c"/>
<path fill="$d" d="M32 112h136v4H32z"/>
<rect x="80" y="82" width="40" height="7" rx="3" fill="$k"/>
<rect x="80" y="128" width="40" height="7" rx="3" fill="$k"/>
<path fill="$k" d="M42 158h8v18h-8zm108 0h8v18h-8z"/>
)svg"},
    {"sink", R"svg(
<rect x="18" y="88" width="164" height="16" rx="6" fill="$c"/>
<path fill="$d" d="M34 104h84v26a16 16 0 0 1-16 16H50a16 16 0 0 1-16-16z"/>
<path fill="$k" d="M44 104h64v20a12 12 0 0 1-12 12H56a12 12 0 0 1-12-12z" opacity=".35"/>
<g stroke="$d" stroke-width="4"><path d="M132 94h40M132 99h40"/></g>
<path fill="none" stroke="$m" stroke-width="10" d="M124 88V46c0-22-44-22-44 0v10"/>
<path fill="$m" d="M70 146h12v26H70z"/>
)svg"},
    {"board", R"svg(
<path fill="$c" d="M30 70 126 36l44 22-96 38z"/><path fill="$d" d="M74 96l96-38v14l-96 38z"/>
<path fill="$l" d="M30 70v14l44 26V96z"/>
<path fill="$c" d="M30 106l44 26 96-38v14l-96 38-44-26z"/>
<path fill="$d" d="M74 132l96-38v14l-96 38z"/>
<path stroke="$k" stroke-opacity=".2" stroke-width="3" d="m58 72 80-28M78 82l78-30"/>
)svg"},
    {"beam", R"svg(
<g transform="translate(0 6)"><path fill="$c" d="m14 108 128-66 30 14L44 124z"/>
<path fill="$d" d="m44 124 128-68v36L44 162z"/><path fill="$l" d="m14 108 30 16v38l-30-16z"/>
<g fill="none" stroke="$k" stroke-opacity=".3" stroke-width="3">
<path d="M24 124c4-2 8 2 8 8s-2 8-6 6m-6-20c10-2 18 4 18 16s-4 16-12 12"/>
<path d="m56 134 112-58M60 146l106-56"/></g></g>
)svg"},
    {"insulation", R"svg(
<path fill="$c" d="M92 58h84v104H92z"/><path fill="$l" d="M92 58h84v12H92z"/>
<rect x="28" y="40" width="84" height="126" rx="38" fill="$d"/>
<g fill="none" stroke="$l" stroke-width="6">
<path d="M70 58c22 0 28 18 28 44s-6 46-26 46-26-18-26-42 6-34 22-34 18 12 18 28-4 24-14
 24-12-8-12-18"/></g>
<path fill="none" stroke="$k" stroke-opacity=".2" stroke-width="3" d="M122 84c10-6 20 6 40 0m-40 30c10-6 20 6
 40 0m-40 30c10-6 20 6 40 0"/>
)svg"},
    {"gutter", R"svg(
<path fill="$d" d="M10 64h172l-6 10H16z"/>
<path fill="$c" d="M14 72h164c0 34-22 46-44 46H58c-22 0-44-12-44-46z"/>
<path fill="$l" d="M22 80h148v6H22z"/><path fill="$c" d="M120 114h30v66h-30z"/>
<path fill="$d" d="M138 114h12v66h-12z"/>
<path fill="#4aa3df" d="M60 16c8 11 12 16 12 21a12 12 0 0 1-24 0c0-5 4-10 12-21zm44 10c6 8 9 12 9
 16a9 9 0 0 1-18 0c0-4 3-8 9-16z"/>
)svg"},
    {"rooftile", R"svg(
<g fill="$c">
<path d="M22 104c0-20 52-20 52 0v60H22zM74 104c0-20 52-20 52 0v60H74zM126 104c0-20 52-20 52
 0v60h-52z"/></g><g fill="$d">
<path d="M48 46c0-18 52-18 52 0v58H48zM100 46c0-18 52-18 52 0v58h-52z"/>
<path d="M62 96h12v68H62zM114 96h12v68h-12zM166 96h12v68h-12z"/></g>
<path stroke="$l" stroke-width="5" stroke-linecap="round" d="M34 112v40m52-40v40m52-40v40M60
 52v34m52-34v34"/>
)svg"},
    {"paving", R"svg(
<g stroke="$b" stroke-width="5"><path fill="$c" d="m100 44 40 18-40 18-40-18z"/>
<path fill="$l" d="m146 66 40 18-40 18-40-18z"/><path fill="$d" d="m54 66 40 18-40 18-40-18z"/>
<path fill="$c" d="m100 88 40 18-40 18-40-18z"/></g>
<path fill="$d" d="m14 86 40 18v30l-40-18zm46 22 40 18v32l-40-20z"/>
<path fill="$k" fill-opacity=".45" d="M186 86v30l-40 18v-30zm-46 22v32l-40 18v-32z"/>
)svg"},
    {"screw", R"svg(
<g transform="rotate(35 100 100)"><path fill="$m" d="M70 26h60l-8 18H78z"/>
<rect x="70" y="18" width="60" height="11" rx="4" fill="$k"/>
<path fill="$m" d="M88 44h24v104l-12 34-12-34z"/><path fill="$n" d="M88 44h8v110l-4 4-4-10z"/>
<g stroke="$k" stroke-width="6" stroke-linecap="round">
<path d="m82 72 36-10m-36 26 36-10m-36 26 36-10m-36 26 36-10m-36 26 36-10m-34 24 30-8"/></g>
<path fill="$c" d="M78 44h44l-4 8H82z"/></g>
)svg"},
    {"bolt", R"svg(
<g transform="rotate(35 100 100)"><path fill="$m" d="M66 34 84 22h32l18 12v24H66z"/>
<path fill="$n" d="M84 22h32v36H84z"/>
<path fill="$m" d="M86 58h28v112a6 6 0 0 1-6 6H92a6 6 0 0 1-6-6z"/>
<g stroke="$k" stroke-opacity=".55" stroke-width="5">
<path d="M86 92h28M86 104h28M86 116h28M86 128h28M86 140h28M86 152h28M86 164h28"/></g>
<rect x="60" y="58" width="80" height="9" rx="4" fill="$c"/></g>
)svg"},
    {"wallplug", R"svg(
<g transform="rotate(-30 100 100)"><path fill="$c" d="M40 78h110l12 12v20l-12 12H40z"/>
<path fill="$d" d="M40 106h122v4l-12 12H40z"/><path fill="$b" d="M84 96h78v8H84z"/>
<rect x="28" y="70" width="16" height="60" rx="5" fill="$d"/>
<path stroke="$d" stroke-width="5" d="m64 78-6 18m22-18-6 18m48-18 6 16m10-16 6 16"/></g>
)svg"},
    {"nail", R"svg(
<g transform="rotate(38 100 100)"><rect x="72" y="18" width="56" height="14" rx="6" fill="$k"/>
<path fill="$m" d="M92 32h16v118l-8 32-8-32z"/><path fill="$n" d="M92 32h6v126l-2-2-4-8z"/>
<path stroke="$k" stroke-opacity=".5" stroke-width="3" d="M92 42h16m-16 8h16"/></g>
<g transform="rotate(-24 60 130)"><rect x="36" y="70" width="40" height="11" rx="5" fill="$d"/>
<path fill="$m" d="M50 81h12v70l-6 22-6-22z"/></g>
)svg"},
    {"cartridge", R"svg(
<g transform="rotate(32 100 100)"><path fill="$m" d="M94 6h12l4 40H90z"/>
<rect x="74" y="44" width="52" height="14" rx="4" fill="$k"/>
<rect x="68" y="56" width="64" height="122" rx="6" fill="$w"/>
<rect x="68" y="78" width="64" height="72" fill="$c"/><path fill="$d" d="M114 78h18v72h-18z"/>
<rect x="76" y="96" width="30" height="7" rx="3" fill="$w"/>
<rect x="76" y="110" width="22" height="6" rx="3" fill="$w" opacity=".7"/></g>
)svg"},
    {"lock", R"svg(
<path fill="none" stroke="$m" stroke-width="17" d="M66 96V70a34 34 0 0 1 68 0v26"/>
<path fill="none" stroke="$n" stroke-width="5" d="M62 96V70a38 38 0 0 1 38-38"/>
<rect x="44" y="90" width="112" height="84" rx="14" fill="$c"/>
<path fill="$d" d="M44 144h112v16a14 14 0 0 1-14 14H58a14 14 0 0 1-14-14z"/>
<circle cx="100" cy="124" r="12" fill="$k"/><path fill="$k" d="M95 128h10l4 24H91z"/>
)svg"},
    {"hinge", R"svg(
<rect x="24" y="60" width="68" height="84" rx="8" fill="$m"/>
<rect x="108" y="60" width="68" height="84" rx="8" fill="$n"/>
<rect x="90" y="50" width="20" height="104" rx="8" fill="$c"/>
<path stroke="$k" stroke-opacity=".4" stroke-width="4" d="M90 76h20M90 102h20M90 128h20"/>
<g fill="$k"><circle cx="46" cy="80" r="7"/><circle cx="46" cy="124" r="7"/>
<circle cx="68" cy="102" r="7"/><circle cx="154" cy="80" r="7"/><circle cx="154" cy="124" r="7"/>
<circle cx="132" cy="102" r="7"/></g>
)svg"},
    {"handle", R"svg(
<rect x="48" y="26" width="46" height="148" rx="20" fill="$m"/>
<rect x="54" y="32" width="16" height="136" rx="8" fill="$n"/>
<path fill="$c" d="M60 66h96a14 14 0 0 1 0 28H60z"/>
<path fill="$d" d="M60 84h108a14 14 0 0 1-12 10H60z"/><circle cx="71" cy="80" r="20" fill="$c"/>
<circle cx="71" cy="132" r="8" fill="$k"/><path fill="$k" d="M68 134h6l3 16H65z"/>
)svg"},
    {"shelf", R"svg(
<path fill="$m" d="M26 24h12v154H26zm136 0h12v154h-12z"/>
<path fill="$c" d="M22 60h156v10H22zm0 50h156v10H22zm0 50h156v10H22z"/>
<path fill="#c9a36b" d="M50 34h36v26H50zm50 50h48v26h-48z"/>
<path fill="#a97f4a" d="M64 34h8v10h-8zm54 50h10v10h-10z"/>
<rect x="104" y="40" width="34" height="20" rx="3" fill="$d"/>
<rect x="50" y="86" width="30" height="24" rx="4" fill="$n"/>
<circle cx="70" cy="146" r="14" fill="$k"/>
<rect x="104" y="130" width="44" height="30" rx="4" fill="$d"/>
)svg"},
    {"chain", R"svg(
<g fill="none" stroke-width="13">
<rect x="18" y="34" width="62" height="38" rx="19" stroke="$m" transform="rotate(38 49 53)"/>
<rect x="58" y="72" width="62" height="38" rx="19" stroke="$c" transform="rotate(38 89 91)"/>
<rect x="98" y="108" width="62" height="38" rx="19" stroke="$m" transform="rotate(38 129 127)"/>
</g><path stroke="$d" stroke-width="13" stroke-linecap="round" d="m150 142 22 20"/>
)svg"},
    {"rope", R"svg(
<g fill="none" stroke-width="20"><ellipse cx="100" cy="66" rx="62" ry="24" stroke="$c"/>
<ellipse cx="100" cy="96" rx="62" ry="24" stroke="$d"/>
<ellipse cx="100" cy="126" rx="62" ry="24" stroke="$c"/></g>
<path fill="none" stroke="$k" stroke-opacity=".25" stroke-width="3" d="M44 130c10 12 30 20 56
 20s48-8 58-20M44 100c10 12 30 20 56 20s48-8 58-20" stroke-dasharray="9 7"/>
<path stroke="$c" stroke-width="18" stroke-linecap="round" d="M158 128c10 14 10 26 4 44"/>
<path fill="$k" d="M152 164h20v12h-20z"/>
)svg"},
});

}  // namespace

std::span<const Icon> building_icons() {
    return icons;
}

}  // namespace kontor::seed
