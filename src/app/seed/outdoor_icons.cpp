#include <array>

#include "app/seed/icons.hpp"

namespace kontor::seed {

namespace {

constexpr auto icons = std::to_array<Icon>({
    {"drill", R"svg(
<path fill="$k" d="M112 104h30l10 52h-32z"/>
<path fill="$c" d="M60 62h92a16 16 0 0 1 16 16v18a14 14 0 0 1-14 14H60z"/>
<path fill="$d" d="M60 94h108v2a14 14 0 0 1-14 14H60z"/><path fill="$k" d="M46 68h14v36H46z"/>
<path fill="$m" d="M34 74h12v24H34z"/><path fill="$n" d="M10 83h24v6H10z"/>
<rect x="108" y="150" width="56" height="22" rx="6" fill="$c"/>
<path fill="$d" d="M108 163h56v3a6 6 0 0 1-6 6h-44a6 6 0 0 1-6-6z"/>
<path fill="$l" d="M72 70h60v6H72z"/>
<rect x="104" y="108" width="9" height="20" rx="4" fill="$l"/>
)svg"},
    {"saw", R"svg(
<circle cx="92" cy="118" r="52" fill="$n"/>
<circle cx="92" cy="118" r="52" fill="none" stroke="$m" stroke-width="6" stroke-dasharray="8 6"/>
<circle cx="92" cy="118" r="10" fill="$m"/>
<path fill="$c" d="M32 112a60 60 0 0 1 114-26l-10 30H34z"/>
<path fill="$d" d="M32 112h105l-3 8H32z"/>
<path fill="none" stroke="$k" stroke-width="14" stroke-linecap="round" d="M118 66c14-22 44-16 50
 6l6 24"/><rect x="20" y="140" width="150" height="9" rx="4" fill="$k"/>
)svg"},
    {"jigsaw", R"svg(
<path fill="$c" d="M36 74c0-20 16-30 36-30h60c22 0 34 14 34 34v40H36z"/>
<path fill="$s" d="M76 66h50a10 10 0 0 1 0 22H76a11 11 0 0 1 0-22z"/>
<path fill="$d" d="M36 104h130v14H36z"/>
<rect x="24" y="122" width="156" height="10" rx="4" fill="$k"/>
<path fill="$m" d="M58 132h14v44l-7 8-7-8z"/>
<path fill="none" stroke="$k" stroke-width="3" stroke-dasharray="5 4" d="M58 134v40"/>
)svg"},
    {"grinder", R"svg(
<rect x="76" y="74" width="100" height="40" rx="18" fill="$c"/>
<path fill="$d" d="M76 98h100a18 18 0 0 1-18 16H76z"/><path fill="$k" d="M52 66h34v56H52z"/>
<circle cx="58" cy="132" r="40" fill="$n"/>
<circle cx="58" cy="132" r="40" fill="none" stroke="$m" stroke-width="5"/>
<circle cx="58" cy="132" r="9" fill="$k"/><path fill="$d" d="M18 128a40 40 0 0 1 80 0z"/>
<rect x="96" y="82" width="44" height="7" rx="3" fill="$l"/>
)svg"},
    {"sander", R"svg(
<path fill="$c" d="M62 76c0-26 76-26 76 0v44H62z"/><path fill="$d" d="M62 104h76v16H62z"/>
<rect x="46" y="120" width="108" height="16" rx="6" fill="$k"/>
<rect x="40" y="138" width="120" height="10" rx="3" fill="#c08a4a"/>
<rect x="82" y="70" width="36" height="9" rx="4" fill="$l"/>
<path fill="$k" d="M138 96h26a8 8 0 0 1 8 8v6h-34z"/>
)svg"},
    {"battery", R"svg(
<rect x="52" y="70" width="96" height="90" rx="12" fill="$c"/>
<path fill="$d" d="M52 130h96v18a12 12 0 0 1-12 12H64a12 12 0 0 1-12-12z"/>
<path fill="$k" d="M66 46h68v24H66z"/><rect x="74" y="52" width="10" height="12" fill="$n"/>
<rect x="95" y="52" width="10" height="12" fill="$n"/>
<rect x="116" y="52" width="10" height="12" fill="$n"/>
<path fill="$w" d="M104 82 84 112h14l-4 22 22-30h-14z"/>
)svg"},
    {"bit", R"svg(
<g transform="rotate(-35 100 100)"><path fill="$m" d="M24 92h96v16H24z"/>
<path fill="$n" d="M24 92h96v6H24z"/>
<path fill="none" stroke="$k" stroke-opacity=".35" stroke-width="4" d="m34 108 14-16m6 16 14-16m6
 16 14-16m6 16 14-16"/><path fill="$m" d="m24 92-18 8 18 8z"/>
<rect x="118" y="86" width="52" height="28" rx="6" fill="$c"/>
<path fill="$d" d="M118 104h52v4a6 6 0 0 1-6 6h-40a6 6 0 0 1-6-6z"/></g>
)svg"},
    {"disc", R"svg(
<circle cx="100" cy="100" r="66" fill="$k"/>
<circle cx="100" cy="100" r="58" fill="none" stroke="$m" stroke-width="2" stroke-dasharray="3 5"/>
<circle cx="100" cy="100" r="36" fill="$c"/>
<path fill="$d" d="M100 136a36 36 0 0 0 36-36h-20a16 16 0 0 1-16 16z"/>
<circle cx="100" cy="100" r="13" fill="$m"/><circle cx="100" cy="100" r="7" fill="$b"/>
)svg"},
    {"sandpaper", R"svg(
<path fill="#8a5a33" d="M44 56h96l18 18v74H44z"/><path fill="#b97f4a" d="M44 56h96v92H44z"/>
<path fill="$c" d="M140 56l18 18h-18z"/><g fill="#6d4526"><circle cx="62" cy="76" r="2"/>
<circle cx="84" cy="90" r="2"/><circle cx="110" cy="72" r="2"/><circle cx="124" cy="98" r="2"/>
<circle cx="70" cy="112" r="2"/><circle cx="98" cy="122" r="2"/><circle cx="120" cy="132" r="2"/>
<circle cx="60" cy="136" r="2"/></g><rect x="44" y="140" width="114" height="8" fill="$d"/>
)svg"},
    {"hammer", R"svg(
<g transform="rotate(40 100 100)"><rect x="90" y="70" width="20" height="108" rx="8" fill="$c"/>
<rect x="90" y="130" width="20" height="48" rx="8" fill="$d"/>
<path fill="$m" d="M62 40h62l26 14-26 14H62z"/>
<rect x="48" y="36" width="22" height="36" rx="4" fill="$k"/>
<path fill="$n" d="M70 40h54l14 7H70z"/></g>
)svg"},
    {"screwdriver", R"svg(
<g transform="rotate(45 100 100)"><rect x="20" y="84" width="78" height="32" rx="14" fill="$c"/>
<path fill="$d" d="M20 100h78v2a14 14 0 0 1-14 14H34a14 14 0 0 1-14-14z"/>
<path fill="$k" d="M96 90h14v20H96z"/><path fill="$m" d="M110 95h66v10h-66z"/>
<path fill="$k" d="M176 92l12 4v8l-12 4z"/><path fill="$l" d="M34 90h48v4H34z"/></g>
)svg"},
    {"pliers", R"svg(
<path fill="$m" d="M92 26c-18 14-18 46-2 62h20c16-16 16-48-2-62l-4 36h-8z"/>
<circle cx="100" cy="90" r="15" fill="$k"/><circle cx="100" cy="90" r="6" fill="$n"/>
<path fill="none" stroke="$c" stroke-width="17" stroke-linecap="round" d="M92 104c-22 22-24 44-20
 68m36-68c22 22 24 44 20 68"/>
<path fill="none" stroke="$d" stroke-width="5" stroke-linecap="round" d="M78 128c-8 14-10 28-8
 42m52-42c8 14 10 28 8 42"/>
)svg"},
    {"wrench", R"svg(
<g transform="rotate(45 100 100)"><path fill="$m" d="M92 58h16v92H92z"/>
<path fill="$c" d="M92 78h16v48H92z"/>
<path fill="$m" d="M74 26v24l14 14h24l14-14V26l-14 10v14H88V36z"/>
<circle cx="100" cy="160" r="22" fill="$m"/><path fill="$b" d="m100 148 11 6v12l-11 6-11-6v-12z"/>
<path fill="$n" d="M92 64h6v86h-6z" opacity=".6"/></g>
)svg"},
    {"tape", R"svg(
<path fill="#f4c542" d="M112 138h74v20h-74z"/>
<path stroke="$k" stroke-width="3" d="M128 138v9m14-9v12m14-12v9m14-9v12"/>
<path fill="$k" d="M180 138h8v28h-8z"/>
<rect x="30" y="50" width="104" height="108" rx="26" fill="$c"/>
<path fill="$d" d="M30 120h104v12a26 26 0 0 1-26 26H56a26 26 0 0 1-26-26z"/>
<circle cx="82" cy="100" r="32" fill="$l"/><circle cx="82" cy="100" r="20" fill="$k"/>
)svg"},
    {"laser", R"svg(
<path stroke="#e23b3b" stroke-width="3" d="M100 12v176M12 84h176"/>
<rect x="64" y="52" width="72" height="78" rx="14" fill="$c"/>
<path fill="$d" d="M64 112h72v4a14 14 0 0 1-14 14H78a14 14 0 0 1-14-14z"/>
<circle cx="100" cy="84" r="20" fill="$k"/><circle cx="100" cy="84" r="8" fill="#ff6b6b"/>
<path stroke="$k" stroke-width="8" stroke-linecap="round" d="M80 132 62 176m58-44 18
 44m-38-42v40"/>
)svg"},
    {"toolbox", R"svg(
<path fill="none" stroke="$k" stroke-width="12" d="M72 74V58a8 8 0 0 1 8-8h40a8 8 0 0 1 8 8v16"/>
<rect x="26" y="74" width="148" height="84" rx="10" fill="$c"/>
<path fill="$d" d="M26 110h148v38a10 10 0 0 1-10 10H36a10 10 0 0 1-10-10z"/>
<rect x="54" y="98" width="20" height="24" rx="4" fill="$n"/>
<rect x="126" y="98" width="20" height="24" rx="4" fill="$n"/>
<rect x="26" y="106" width="148" height="5" fill="$k" opacity=".5"/>
)svg"},
    {"ladder", R"svg(
<g stroke-linecap="round"><path stroke="$d" stroke-width="8" d="M112 30 164 174"/>
<path stroke="$m" stroke-width="10" d="M70 30 48 174M112 30 134 174"/>
<path stroke="$c" stroke-width="9" d="M68 58h48M64 84h56M60 110h64M56 136h72M53 160h78"/></g>
<rect x="60" y="22" width="62" height="14" rx="5" fill="$k"/>
)svg"},
    {"glove", R"svg(
<path fill="$c" d="M60 96V62a10 10 0 0 1 20 0V46a10 10 0 0 1 20 0v-4a10 10 0 0 1 20 0v10a10 10 0
 0 1 20 0v52l10-16c8-10 20-2 14 10l-24 40v10H68z"/>
<path fill="$d" d="M80 62v34h4V50zm20-16v50h4V44zm20 6v44h4V52z" opacity=".7"/>
<rect x="62" y="146" width="84" height="26" rx="6" fill="$k"/>
<path fill="$n" d="M62 154h84v4H62z"/>
)svg"},
    {"trousers", R"svg(
<path fill="$c" d="M58 30h84l16 142h-40l-18-88-18 88H42z"/>
<path fill="$k" d="M57 30h86l2 16H55z"/>
<path fill="$d" d="M52 112h34l-4 24H49zm62 0h34l3 24h-33z"/>
<path fill="$l" d="M64 50h22v5H64zm50 0h22v5h-22z"/>
<rect x="93" y="30" width="14" height="16" fill="$n"/>
)svg"},
    {"mower", R"svg(
<path fill="none" stroke="$k" stroke-width="8" stroke-linecap="round" d="m114 102 50-74h18"/>
<path fill="$c" d="M26 132c0-30 20-44 46-44h30c22 0 34 12 38 44z"/>
<path fill="$d" d="M26 118h110l4 18H26z"/>
<rect x="60" y="70" width="44" height="22" rx="8" fill="$k"/>
<circle cx="48" cy="146" r="20" fill="$k"/><circle cx="48" cy="146" r="8" fill="$n"/>
<circle cx="122" cy="146" r="20" fill="$k"/><circle cx="122" cy="146" r="8" fill="$n"/>
<path fill="#5b9a4a" d="M8 166h184v10H8z"/>
)svg"},
    {"robot", R"svg(
<path fill="#5b9a4a" d="M8 150h184v14H8z"/>
<path fill="$c" d="M28 132c0-40 36-58 76-58 44 0 68 22 68 58z"/>
<path fill="$d" d="M28 120h144v16H28z"/><circle cx="142" cy="136" r="22" fill="$k"/>
<circle cx="142" cy="136" r="9" fill="$n"/><circle cx="50" cy="146" r="12" fill="$k"/>
<rect x="84" y="82" width="32" height="12" rx="6" fill="#d43a3a"/>
<circle cx="52" cy="108" r="6" fill="$l"/>
)svg"},
    {"trimmer", R"svg(
<g transform="rotate(-18 100 100)"><path fill="$n" d="M8 92h106v14H8z"/>
<path fill="$m" d="M12 92l6-10 6 10 6-10 6 10 6-10 6 10 6-10 6 10 6-10 6 10 6-10 6 10 6-10 6
 10v14l-6 10-6-10-6 10-6-10-6 10-6-10-6 10-6-10-6 10-6-10-6 10-6-10-6 10-6-10z" opacity=".8"/>
<path fill="$c" d="M104 78h56a26 26 0 0 1 26 26v18H104z"/>
<path fill="$d" d="M104 106h82v16h-82z"/>
<path fill="none" stroke="$k" stroke-width="11" stroke-linecap="round" d="M116 80V60h30v20"/></g>
)svg"},
    {"chainsaw", R"svg(
<path fill="$n" d="M8 96h94v24H8a12 12 0 0 1 0-24z"/>
<path fill="none" stroke="$k" stroke-width="5" stroke-dasharray="7 4" d="M104 94H10a14 14 0 0 0 0
 28h94"/><path fill="$c" d="M92 80h74l14 20v38H92z"/><path fill="$d" d="M92 120h88v18H92z"/>
<path fill="none" stroke="$k" stroke-width="10" stroke-linecap="round" d="M104 80c2-26 34-26 38
 0m24 14c20-2 20 34 4 44"/><circle cx="124" cy="108" r="12" fill="$k"/>
)svg"},
    {"hose", R"svg(
<g fill="none" stroke-width="15"><circle cx="94" cy="106" r="58" stroke="$c"/>
<circle cx="94" cy="106" r="40" stroke="$d"/><circle cx="94" cy="106" r="23" stroke="$c"/></g>
<path fill="none" stroke="$c" stroke-width="15" d="M152 106V60c0-14 8-18 20-18"/>
<rect x="164" y="32" width="22" height="20" rx="3" fill="#f4a63a"/>
<path stroke="$l" stroke-width="3" fill="none" d="M42 92a54 54 0 0 1 40-38"/>
)svg"},
    {"reel", R"svg(
<path stroke="$k" stroke-width="9" stroke-linecap="round" fill="none" d="M40 172 70 100m90
 72-30-72M60 60V36h80v24"/><circle cx="100" cy="104" r="54" fill="$d"/>
<circle cx="100" cy="104" r="46" fill="$c"/>
<g fill="none" stroke="$k" stroke-width="6" opacity=".8"><circle cx="100" cy="104" r="36"/>
<circle cx="100" cy="104" r="27"/></g><circle cx="100" cy="104" r="18" fill="$n"/>
<circle cx="100" cy="104" r="7" fill="$k"/>
)svg"},
    {"barrel", R"svg(
<path fill="$c" d="M54 54h92c14 34 14 72 0 114H54c-14-42-14-80 0-114z"/>
<path fill="$d" d="M122 54h24c14 34 14 72 0 114h-24c12-40 12-78 0-114z"/>
<path fill="$k" d="M46 84h108v7H46zm0 44h108v7H46z" opacity=".55"/>
<rect x="48" y="42" width="104" height="14" rx="6" fill="$k"/>
<path fill="#4aa3df" d="M100 10c10 13 14 18 14 24a14 14 0 0 1-28 0c0-6 4-11 14-24z"/>
<rect x="92" y="146" width="16" height="14" rx="3" fill="$n"/>
)svg"},
    {"shovel", R"svg(
<g transform="rotate(38 100 100)">
<rect x="93" y="16" width="14" height="104" rx="5" fill="#b97f4a"/>
<rect x="76" y="10" width="48" height="13" rx="6" fill="$k"/>
<path fill="$c" d="M68 112h64v32c0 22-16 40-32 48-16-8-32-26-32-48z"/>
<path fill="$d" d="M100 112h32v32c0 22-16 40-32 48z"/><path fill="$k" d="M68 108h64v8H68z"/></g>
)svg"},
    {"rake", R"svg(
<rect x="94" y="20" width="12" height="96" rx="5" fill="#b97f4a"/>
<path fill="$c" d="M88 100h24l6 22H82z"/>
<g fill="none" stroke="$c" stroke-width="6" stroke-linecap="round">
<path d="M86 122 44 160v14M90 122 66 162v14M96 122l-8 42v12m16-54 8 42v12m-2-54 24 40v14m-20-54
 42 38v14"/></g><path stroke="$d" stroke-width="6" d="M60 148h80"/>
)svg"},
    {"secateurs", R"svg(
<path fill="$m" d="M96 92c-16-18-18-44-6-66 20 14 26 40 20 64z"/>
<path fill="$n" d="M106 92c8-20 26-36 40-36 0 20-14 38-32 46z"/>
<path fill="none" stroke="$c" stroke-width="17" stroke-linecap="round" d="M98 104c-26 18-32 40-32
 68m42-66c20 14 28 38 26 66"/><circle cx="104" cy="98" r="12" fill="$k"/>
<circle cx="104" cy="98" r="5" fill="$n"/>
)svg"},
    {"bag", R"svg(
<path fill="$c" d="M52 42h96l6 20-4 102a8 8 0 0 1-8 8H58a8 8 0 0 1-8-8L46 62z"/>
<path fill="$d" d="M52 42h96l6 20H46z"/>
<path stroke="$w" stroke-width="3" stroke-dasharray="6 4" d="M50 58h100" opacity=".8"/>
<rect x="64" y="82" width="72" height="58" rx="6" fill="$w"/>
<path fill="$c" d="M100 88c14 10 18 24 0 42-18-18-14-32 0-42z"/>
<path stroke="$w" stroke-width="3" d="M100 98v30"/>
)svg"},
    {"packet", R"svg(
<rect x="56" y="30" width="88" height="142" rx="5" fill="$w"/>
<rect x="56" y="30" width="88" height="34" rx="5" fill="$c"/>
<path stroke="$d" stroke-width="3" stroke-dasharray="5 4" d="M56 60h88"/>
<path fill="#5b9a4a" d="M100 84c-22-8-30 6-26 16 12 2 22-2 26-16zm0 0c22-8 30 6 26 16-12
 2-22-2-26-16z"/><path fill="#e8743b" d="M84 104h32l-12 48a4 4 0 0 1-8 0z"/>
<path stroke="#c25523" stroke-width="3" d="M90 116h10m0 14h8"/>
)svg"},
    {"pot", R"svg(
<path fill="#5b9a4a" d="M100 88C60 84 52 52 60 34c24 4 38 22 40 54zm0 0c40-4 48-36 40-54-24 4-38
 22-40 54z"/><path fill="#417a37" d="M100 92c-14-26-12-52 0-72 12 20 14 46 0 72z"/>
<path fill="$c" d="M52 104h96l-12 68H64z"/>
<path fill="$d" d="M110 104h38l-12 68h-22z" opacity=".7"/>
<rect x="46" y="88" width="108" height="20" rx="5" fill="$c"/>
<rect x="46" y="101" width="108" height="7" rx="3" fill="$d"/>
)svg"},
    {"chair", R"svg(
<path fill="none" stroke="$k" stroke-width="9" stroke-linecap="round" d="M58 116 44 176m92-60 16
 60M56 108 50 30"/><path fill="$c" d="M40 28h20l12 80H52z"/>
<path fill="$c" d="M50 104h90a8 8 0 0 1 0 20H54z"/>
<path fill="$d" d="M52 116h94a8 8 0 0 1-6 8H54z"/>
<rect x="60" y="76" width="86" height="11" rx="5" fill="$k"/>
<path stroke="$k" stroke-width="8" d="M138 86v22"/>
)svg"},
    {"table", R"svg(
<rect x="20" y="74" width="160" height="18" rx="6" fill="$c"/>
<rect x="20" y="85" width="160" height="7" rx="3" fill="$d"/>
<path stroke="$k" stroke-width="10" stroke-linecap="round" d="M44 94 34 168m122-74 10 74"/>
<path stroke="$k" stroke-width="6" d="M40 132h120"/>
<path fill="#5b9a4a" d="M100 54c-14-4-18-18-14-28 14 4 18 16 14 28zm0 0c14-4 18-18 14-28-14 4-18
 16-14 28z"/><path fill="$n" d="M88 54h24l-4 20H92z"/>
)svg"},
    {"grill", R"svg(
<path fill="$c" d="M36 92a64 54 0 0 1 128 0z"/><path fill="$d" d="M36 98h128a64 46 0 0 1-128 0z"/>
<rect x="30" y="90" width="140" height="9" rx="4" fill="$k"/>
<rect x="84" y="30" width="32" height="10" rx="5" fill="$k"/>
<path stroke="$k" stroke-width="8" stroke-linecap="round" d="m70 138-18 40m78-40 18 40"/>
<path stroke="$m" stroke-width="6" d="M60 162h80"/><circle cx="148" cy="176" r="9" fill="$k"/>
)svg"},
    {"fence", R"svg(
<g fill="$c">
<path d="M26 52l12-14 12 14v120H26zM62 52l12-14 12 14v120H62zM98 52l12-14 12 14v120H98zM134
 52l12-14 12 14v120h-24z"/></g><g fill="$d">
<path d="M44 46l6 6v120h-6zM80 46l6 6v120h-6zM116 46l6 6v120h-6zM152 46l6 6v120h-6z"/></g>
<path fill="$d" d="M16 76h156v13H16zm0 56h156v13H16z"/>
)svg"},
});

}  // namespace

std::span<const Icon> outdoor_icons() {
    return icons;
}

}  // namespace kontor::seed
