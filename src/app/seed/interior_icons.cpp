#include <array>

#include "app/seed/icons.hpp"

namespace kontor::seed {

namespace {

constexpr auto icons = std::to_array<Icon>({
    {"bucket", R"svg(
<path fill="none" stroke="$m" stroke-width="5" d="M46 66a54 42 0 0 1 108 0"/>
<path fill="$n" d="M44 66h112l-10 104a6 6 0 0 1-6 6H60a6 6 0 0 1-6-6z"/>
<path fill="$w" d="M50 92h100l-5 56H55z"/><path fill="$c" d="M42 56h116v16H42z"/>
<path fill="$c" d="M56 72h28v22a8 8 0 0 1-16 0v-6a6 6 0 0 0-12 0z"/>
<circle cx="104" cy="120" r="20" fill="$c"/>
<path fill="$d" d="M104 140a20 20 0 0 0 20-20h-10a10 10 0 0 1-10 10z"/>
)svg"},
    {"can", R"svg(
<rect x="54" y="58" width="92" height="112" rx="6" fill="$n"/>
<rect x="54" y="82" width="92" height="68" fill="$c"/><path fill="$d" d="M124 82h22v68h-22z"/>
<ellipse cx="100" cy="58" rx="46" ry="13" fill="$m"/>
<ellipse cx="100" cy="57" rx="36" ry="9" fill="$c"/>
<rect x="68" y="100" width="42" height="8" rx="4" fill="$w"/>
<rect x="68" y="116" width="30" height="6" rx="3" fill="$w" opacity=".7"/>
)svg"},
    {"spray", R"svg(
<rect x="66" y="66" width="68" height="112" rx="10" fill="$c"/>
<path fill="$d" d="M112 66h12a10 10 0 0 1 10 10v92a10 10 0 0 1-10 10h-12z"/>
<path fill="$m" d="M72 50h56l6 18H66z"/>
<rect x="86" y="28" width="28" height="24" rx="5" fill="$k"/>
<circle cx="86" cy="38" r="4" fill="$n"/><g fill="$c"><circle cx="66" cy="30" r="4"/>
<circle cx="50" cy="40" r="5"/><circle cx="48" cy="22" r="4"/><circle cx="32" cy="32" r="5"/></g>
<rect x="76" y="94" width="28" height="40" rx="4" fill="$w"/>
)svg"},
    {"brush", R"svg(
<g transform="rotate(30 100 100)"><path fill="#b97f4a" d="M92 14h16l6 66H86z"/>
<circle cx="100" cy="26" r="4" fill="$b"/>
<rect x="68" y="78" width="64" height="30" rx="4" fill="$m"/><path fill="$n" d="M68 84h64v6H68z"/>
<path fill="#e6cf9c" d="M70 108h60v34H70z"/>
<path fill="$c" d="M70 134h60l-4 42-10-8-8 12-10-10-10 10-8-12-8 6z"/></g>
)svg"},
    {"roller", R"svg(
<rect x="30" y="38" width="116" height="46" rx="14" fill="$c"/>
<path fill="$d" d="M30 66h116v4a14 14 0 0 1-14 14H44a14 14 0 0 1-14-14z"/>
<path fill="none" stroke="$m" stroke-width="8" d="M146 60h20v38H100v30"/>
<rect x="88" y="122" width="24" height="58" rx="9" fill="$k"/>
<path fill="$c" d="M44 84h22v26a11 11 0 0 1-22 0z"/>
)svg"},
    {"roll", R"svg(
<path fill="$c" d="M96 54h70v112h-70z"/>
<path fill="$l" d="M104 70l14 12-14 12zm28 0 14 12-14 12zm-28 34 14 12-14 12zm28 0 14 12-14 12z"
 opacity=".55"/><rect x="44" y="36" width="64" height="130" rx="10" fill="$d"/>
<ellipse cx="76" cy="38" rx="32" ry="11" fill="$c"/>
<ellipse cx="76" cy="38" rx="14" ry="5" fill="$k"/>
)svg"},
    {"plank", R"svg(
<g transform="rotate(-24 100 100)"><rect x="8" y="56" width="184" height="34" rx="3" fill="$c"/>
<rect x="-4" y="92" width="184" height="34" rx="3" fill="$d"/>
<rect x="14" y="128" width="184" height="34" rx="3" fill="$c"/>
<g fill="none" stroke="$k" stroke-opacity=".28" stroke-width="3">
<path d="M20 68c40-6 60 8 100 0s50 4 64 2M10 108c30 8 70-8 110 0 20 4 30 0 50 0M24 146c50-8 70 8
 110 0 20-4 40 2 54 0"/></g></g>
)svg"},
    {"parquet", R"svg(
<g fill="$c"><path d="M100 24 132 56 76 112 44 80z"/><path d="M100 88 156 144 124 176 68 120z"/>
</g><g fill="$d"><path d="M132 56l32 32-56 56-8-8-24-24z" />
<path d="M44 80 100 136 68 168 12 112z"/></g><g stroke="$k" stroke-opacity=".25" stroke-width="3">
<path d="m62 76 34-34m12 76 34-34M36 104l40 40m24-40 40 40"/></g>
)svg"},
    {"tile", R"svg(
<g stroke="$b" stroke-width="6"><path fill="$c" d="M28 28h72v72H28z"/>
<path fill="$d" d="M100 28h72v72h-72z"/><path fill="$d" d="M28 100h72v72H28z"/>
<path fill="$c" d="M100 100h72v72h-72z"/></g>
<g stroke="$w" stroke-opacity=".4" stroke-width="4" stroke-linecap="round">
<path d="m42 84 40-40m34 112 40-40"/><path d="m42 62 18-18m56 90 18-18"/></g>
)svg"},
    {"skirting", R"svg(
<path fill="$n" d="M20 30h120v100H20z" opacity=".6"/>
<path fill="#c9a36b" d="M20 150 76 178h116l-52-28z"/><path fill="$c" d="M20 112h120v38H20z"/>
<path fill="$d" d="M20 142h120v8H20z"/><path fill="$l" d="M20 112h120v7H20z"/>
<path fill="$d" d="M140 112v38l40 22v-36z"/>
)svg"},
    {"cable", R"svg(
<g fill="none" stroke-width="17" stroke-linecap="round">
<circle cx="84" cy="112" r="54" stroke="$k"/><circle cx="84" cy="112" r="36" stroke="#596273"/>
</g><path fill="none" stroke="$k" stroke-width="17" d="M138 112V70c0-10 6-14 14-14"/>
<g stroke-width="6" stroke-linecap="round" fill="none"><path stroke="#8b5a2b" d="M156 56h30"/>
<path stroke="#3f7fd0" d="M156 50c8-2 12-12 26-14"/>
<path stroke="#6abf4b" d="M156 62c8 2 12 12 26 14"/></g>
<circle cx="84" cy="112" r="16" fill="$c"/>
)svg"},
    {"strip", R"svg(
<rect x="16" y="76" width="150" height="52" rx="12" fill="$c"/>
<path fill="$d" d="M16 112h150v4a12 12 0 0 1-12 12H28a12 12 0 0 1-12-12z"/><g fill="$w">
<circle cx="44" cy="100" r="17"/><circle cx="86" cy="100" r="17"/>
<circle cx="128" cy="100" r="17"/></g><g fill="$k"><circle cx="38" cy="100" r="3"/>
<circle cx="50" cy="100" r="3"/><circle cx="80" cy="100" r="3"/><circle cx="92" cy="100" r="3"/>
<circle cx="122" cy="100" r="3"/><circle cx="134" cy="100" r="3"/></g>
<path fill="none" stroke="$k" stroke-width="7" d="M166 102c26 0 22 50-10 50H70"/>
)svg"},
    {"switch", R"svg(
<rect x="44" y="44" width="112" height="112" rx="14" fill="$w"/>
<rect x="44" y="44" width="112" height="112" rx="14" fill="$c"/>
<rect x="62" y="62" width="76" height="76" rx="6" fill="$l"/>
<path fill="$d" d="M62 100h76v32a6 6 0 0 1-6 6H68a6 6 0 0 1-6-6z" opacity=".65"/>
<rect x="92" y="72" width="16" height="5" rx="2" fill="#e2574c"/>
)svg"},
    {"socket", R"svg(
<rect x="44" y="44" width="112" height="112" rx="14" fill="$c"/>
<circle cx="100" cy="100" r="42" fill="$d"/><circle cx="100" cy="100" r="37" fill="$l"/>
<circle cx="85" cy="100" r="6" fill="$k"/><circle cx="115" cy="100" r="6" fill="$k"/>
<path fill="$m" d="M94 62h12v10H94zm0 66h12v10H94z"/>
)svg"},
    {"thermostat", R"svg(
<rect x="20" y="80" width="50" height="64" rx="6" fill="$n"/>
<path stroke="$m" stroke-width="5" d="M32 80v64m14-64v64m14-64v64"/>
<path fill="$m" d="M70 98h22v28H70z"/>
<rect x="90" y="74" width="92" height="76" rx="20" fill="$w"/>
<rect x="90" y="74" width="92" height="76" rx="20" fill="$c"/>
<rect x="108" y="92" width="56" height="40" rx="8" fill="$k"/>
<text x="136" y="121" font-family="sans-serif" font-size="25" font-weight="700"
 text-anchor="middle" fill="#8ff0c8">21°</text>
)svg"},
    {"sensor", R"svg(
<rect x="58" y="44" width="84" height="112" rx="18" fill="$w"/>
<rect x="58" y="44" width="84" height="112" rx="18" fill="$c"/>
<path fill="$k" d="M70 98h60a30 30 0 0 1-60 0z"/>
<path fill="none" stroke="$n" stroke-width="3" d="M80 98v18m13-18v28m14-28v28m13-28v18"/>
<circle cx="100" cy="70" r="6" fill="#e2574c"/>
<path fill="none" stroke="$c" stroke-width="6" stroke-linecap="round" d="M40 76a40 40 0 0 0 0
 60m120-60a40 40 0 0 1 0 60" opacity=".7"/>
)svg"},
    {"detector", R"svg(
<ellipse cx="100" cy="112" rx="72" ry="40" fill="$d"/>
<ellipse cx="100" cy="100" rx="72" ry="40" fill="$w"/>
<ellipse cx="100" cy="98" rx="46" ry="23" fill="$n"/>
<ellipse cx="100" cy="95" rx="24" ry="11" fill="$c"/>
<circle cx="148" cy="98" r="5" fill="#e2574c"/>
<path fill="none" stroke="$m" stroke-width="6" stroke-linecap="round" d="M76 46c-8-10 8-14
 0-26m24 24c-8-10 8-14 0-26m24 28c-8-10 8-14 0-26"/>
)svg"},
    {"camera", R"svg(
<path fill="$w" d="M34 62l104-22 14 54-104 28z"/><path fill="$c" d="M34 62l104-22 5 18L39 84z"/>
<circle cx="60" cy="94" r="25" fill="$k"/><circle cx="60" cy="94" r="13" fill="#4a6fa5"/>
<circle cx="56" cy="90" r="4" fill="$w"/>
<path fill="none" stroke="$m" stroke-width="11" d="M120 102v34h44"/>
<rect x="160" y="112" width="14" height="48" rx="4" fill="$k"/>
)svg"},
    {"bulb", R"svg(
<path fill="#ffe9a8" d="M100 24a52 52 0 0 1 30 94c-6 6-8 12-8 20H78c0-8-2-14-8-20a52 52 0 0 1
 30-94z"/><path fill="#ffd45e" d="M130 118c-6 6-8 12-8 20h-22V24a52 52 0 0 1 30 94z"/>
<path fill="none" stroke="#f0a020" stroke-width="5" stroke-linejoin="round" d="M86 138V98l14-12
 14 12v40"/><rect x="78" y="138" width="44" height="26" rx="4" fill="$m"/>
<path stroke="$k" stroke-width="4" d="M78 147h44M78 156h44" opacity=".4"/>
<path fill="$k" d="M88 164h24l-6 12H94z"/>
)svg"},
    {"lamp", R"svg(
<path fill="#fff0bf" d="M48 96h104l28 66H20z" opacity=".7"/><path fill="$k" d="M78 30h44v14H78z"/>
<path fill="$c" d="M40 92a60 50 0 0 1 120 0z"/><path fill="$d" d="M40 84h120v10H40z"/>
<ellipse cx="100" cy="94" rx="52" ry="10" fill="#ffe08a"/>
)svg"},
    {"pendant", R"svg(
<path stroke="$k" stroke-width="4" d="M100 8v52"/>
<path fill="#fff0bf" d="M52 132h96l26 54H26z" opacity=".7"/><path fill="$k" d="M90 52h20v16H90z"/>
<path fill="$c" d="M88 66h24c30 10 46 36 46 66H42c0-30 16-56 46-66z"/>
<path fill="$d" d="M112 66c30 10 46 36 46 66h-30c0-30-6-54-16-66z"/>
<ellipse cx="100" cy="132" rx="58" ry="9" fill="#ffe08a"/>
)svg"},
    {"lantern", R"svg(
<path fill="$m" d="M24 56h14v90H24z"/>
<path fill="none" stroke="$k" stroke-width="9" d="M38 76h62v-22"/>
<path fill="$c" d="M64 70l36-28 36 28z"/><path fill="#ffe9a8" d="M70 72h60l-8 76H78z"/>
<path fill="none" stroke="$c" stroke-width="7" d="M70 72h60l-8 76H78zM100 72v76"/>
<rect x="70" y="146" width="60" height="12" rx="4" fill="$d"/>
<circle cx="100" cy="108" r="14" fill="#ffc83d"/>
)svg"},
    {"floodlight", R"svg(
<path fill="#fff0bf" d="M60 96 4 60v92z" opacity=".8"/>
<rect x="58" y="48" width="92" height="86" rx="10" fill="$c"/>
<path fill="$d" d="M58 116h92v8a10 10 0 0 1-10 10H68a10 10 0 0 1-10-10z"/>
<rect x="70" y="60" width="68" height="46" rx="5" fill="#ffe9a8"/><g fill="#ffc83d">
<circle cx="86" cy="75" r="6"/><circle cx="104" cy="75" r="6"/><circle cx="122" cy="75" r="6"/>
<circle cx="86" cy="92" r="6"/><circle cx="104" cy="92" r="6"/><circle cx="122" cy="92" r="6"/>
</g>
<path stroke="$k" stroke-width="9" stroke-linecap="round" fill="none" d="M104 136v12m-46 32 46-32
 46 32"/>
)svg"},
});

}  // namespace

std::span<const Icon> interior_icons() {
    return icons;
}

}  // namespace kontor::seed
