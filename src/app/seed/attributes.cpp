#include "app/seed/attributes.hpp"

#include <map>

#include "app/seed/table.hpp"

namespace kontor::seed {

namespace {

// Name, kind, unit as people read it, unit in UN/CEFACT Recommendation 20, label in de, en, fr.
constexpr std::string_view definitions = R"(
base|o|||Fassung|Base|Culot
battery_capacity|n|Ah|AMH|Akkukapazität|Battery capacity|Capacité
battery_cell|o|||Zellchemie|Cell chemistry|Chimie
battery_life|n|Monate|MON|Batterielaufzeit|Battery life|Autonomie
blade_diameter|n|mm|MMT|Sägeblatt|Blade diameter|Diamètre de lame
blade_length|n|cm|CMT|Schnittlänge|Blade length|Longueur de lame
bowls|n||C62|Becken|Bowls|Cuves
burners|n||C62|Brenner|Burners|Brûleurs
category_class|o|||Kategorie|Category|Catégorie
chuck|o|||Werkzeugaufnahme|Chuck|Mandrin
coating|o|||Beschichtung|Coating|Enduction
colour|o|||Farbe|Colour|Couleur
cores|n||C62|Adern|Cores|Conducteurs
coverage|n|m²|MTK|Reichweite|Coverage|Rendement
coverage_pieces|n||C62|Bedarf je m²|Pieces per m²|Pièces par m²
cross_section|n|mm²|MMK|Leiterquerschnitt|Cross-section|Section
cutting_capacity|n|mm|MMT|Aststärke|Cutting capacity|Capacité de coupe
cutting_depth|n|mm|MMT|Schnitttiefe|Cutting depth|Profondeur de coupe
cutting_width|n|cm|CMT|Schnittbreite|Cutting width|Largeur de coupe
delivery_rate|n|l/h|E32|Fördermenge|Delivery rate|Débit
detection_angle|n|°|DD|Erfassungswinkel|Detection angle|Angle de détection
diameter|n|mm|MMT|Durchmesser|Diameter|Diamètre
diameter_cm|n|cm|CMT|Durchmesser|Diameter|Diamètre
dimmable|f|||Dimmbar|Dimmable|Variable
disc_diameter|n|mm|MMT|Scheibendurchmesser|Disc diameter|Diamètre du disque
displacement|n|cm³|CMQ|Hubraum|Displacement|Cylindrée
drawers|n||C62|Schubladen|Drawers|Tiroirs
drive|o|||Antrieb|Drive|Empreinte
edge|o|||Kante|Edge|Chant
edge_length|n|cm|CMT|Kantenlänge|Edge length|Côté
emergency|f|||Not- und Gefahrenfunktion|Emergency function|Fonction secours
fire_class|o|||Baustoffklasse|Reaction to fire|Réaction au feu
flexible|f|||Flexibel|Flexible|Flexible
flow_rate|n|l/min|L2|Durchfluss|Flow rate|Débit
flush_volume|n|l|LTR|Spülmenge|Flush volume|Volume de chasse
foldable|f|||Klappbar|Foldable|Pliant
frost_proof|f|||Frostsicher|Frost-proof|Résistant au gel
fuel|o|||Antriebsart|Powered by|Énergie
handle|o|||Stiel|Handle|Manche
head_diameter|n|mm|MMT|Kopfbrause|Shower head|Pomme de douche
height|n|cm|CMT|Höhe|Height|Hauteur
height_mm|n|mm|MMT|Höhe|Height|Hauteur
impact_energy|n|J|JOU|Schlagenergie|Impact energy|Énergie de frappe
insulated|f|||Isoliert|Insulated|Isolé
keyed_alike|f|||Gleichschließend|Keyed alike|Même clé
keys|n||C62|Schlüssel|Keys|Clés
laser_colour|o|||Laserfarbe|Laser colour|Couleur du laser
lawn_area|n|m²|MTK|Rasenfläche|Lawn area|Surface
layers|n||C62|Lagen|Layers|Couches
length|n|m|MTR|Länge|Length|Longueur
length_cm|n|cm|CMT|Länge|Length|Longueur
length_mm|n|mm|MMT|Länge|Length|Longueur
light_colour|o|||Lichtfarbe|Light colour|Teinte
load_capacity|n|kg|KGM|Tragkraft|Load capacity|Charge
loudness|n|dB|2N|Lautstärke|Loudness|Niveau sonore
luminous_flux|n|lm|LUM|Lichtstrom|Luminous flux|Flux lumineux
magnetic|f|||Magnetisch|Magnetic|Magnétique
material|o|||Material|Material|Matériau
motion_detector|f|||Bewegungsmelder|Motion detector|Détecteur
motor|o|||Motor|Motor|Moteur
mounting|o|||Montage|Mounting|Pose
navigation|o|||Navigation|Navigation|Navigation
net_weight|n|kg|KGM|Inhalt|Net weight|Poids net
night_vision|f|||Nachtsicht|Night vision|Vision nocturne
opacity|n|||Deckkraftklasse|Opacity class|Classe d’opacité
opening_angle|n|°|DD|Öffnungswinkel|Opening angle|Angle d’ouverture
organic|f|||Bio|Organic|Biologique
pack_size|n||C62|Packungsgröße|Pack size|Pièces par paquet
pattern|o|||Muster|Pattern|Motif
peat_free|f|||Torffrei|Peat-free|Sans tourbe
pieces|n||C62|Teile|Pieces|Pièces
plant|o|||Art|Plant|Espèce
power|n|W|WTT|Leistung|Power|Puissance
pressure|n|bar|BAR|Berstdruck|Burst pressure|Pression d’éclatement
protection_class|o|||Schutzart|Protection class|Indice de protection
pull_out|f|||Ausziehbrause|Pull-out spray|Douchette
range|n|m|MTR|Reichweite|Range|Portée
ratchet|f|||Ratsche|Ratchet|Cliquet
rated_current|n|A|AMP|Nennstrom|Rated current|Courant nominal
resolution|n|MP|E37|Auflösung|Resolution|Résolution
rimless|f|||Spülrandlos|Rimless|Sans bride
rotation_speed|n|1/min|RPM|Drehzahl|Speed|Vitesse
rungs|n||C62|Sprossen|Rungs|Échelons
scope|o|||Lieferumfang|Scope of delivery|Contenu
screw_length|n|mm|MMT|Länge|Length|Longueur
seats|n||C62|Plätze|Seats|Places
security_class|n|||Sicherheitsklasse|Security class|Classe de sécurité
shape|o|||Form|Shape|Forme
shielded|f|||Geschirmt|Shielded|Blindé
size|o|||Größe|Size|Taille
slip_class|o|||Rutschhemmung|Slip resistance|Antidérapance
sockets|n||C62|Steckplätze|Sockets|Prises
soft_close|f|||Gedämpfter Schluss|Soft close|Fermeture amortie
spout_height|n|mm|MMT|Auslaufhöhe|Spout height|Hauteur du bec
strength|n|N/mm²|C56|Festigkeit|Strength|Résistance
style|o|||Stil|Style|Style
suitable_for|o|||Geeignet für|Suitable for|Convient pour
surface|o|||Oberfläche|Finish|Finition
surge_protection|f|||Überspannungsschutz|Surge protection|Parasurtenseur
switch|f|||Schalter|Switch|Interrupteur
thermal_conductivity|n|W/(m·K)|D53|Wärmeleitfähigkeit|Thermal conductivity|Conductivité
thermostat|f|||Thermostat|Thermostat|Thermostat
thickness|n|mm|MMT|Stärke|Thickness|Épaisseur
torque|n|Nm|NU|Drehmoment|Torque|Couple
type|o|||Typ|Type|Type
usb|f|||USB-Anschluss|USB port|Port USB
voltage|n|V|VLT|Spannung|Voltage|Tension
volume|n|l|LTR|Inhalt|Volume|Volume
wall_thickness|n|mm|MMT|Wandstärke|Wall thickness|Épaisseur de paroi
washable|f|||Abwaschbar|Washable|Lavable
water_resistant|f|||Wasserfest|Water-resistant|Résistant à l’eau
water_saving|f|||Wassersparend|Water-saving|Économe en eau
wear_class|n|||Nutzungsklasse|Wear class|Classe d’usage
weight|n|kg|KGM|Gewicht|Weight|Poids
width|n|cm|CMT|Breite|Width|Largeur
width_mm|n|mm|MMT|Breite|Width|Largeur
window_detection|f|||Fenster-offen-Erkennung|Open-window detection|Détection de fenêtre
wireless|o|||Funk|Wireless|Sans fil
wood_look|o|||Optik|Look|Aspect
wood_species|o|||Holzart|Wood species|Essence
yield|n|l|LTR|Ergiebigkeit|Yield|Rendement
)";

// Code, label in de, en, fr.
constexpr std::string_view options = R"(
true|ja|yes|oui
false|nein|no|non
e14|E14|E14|E14
e27|E27|E27|E27
gu10|GU10|GU10|GU10
gx53|GX53|GX53|GX53
led|LED fest|Fixed LED|LED intégrée
lithium_ion|Lithium-Ionen|Lithium-ion|Lithium-ion
cat6a|Cat 6A|Cat 6A|Cat 6A
cat7|Cat 7|Cat 7|Cat 7
cat8|Cat 8|Cat 8|Cat 8
sds_max|SDS-max|SDS-max|SDS-max
sds_plus|SDS-plus|SDS-plus|SDS-plus
latex|Latex|Latex|Latex
leather|Leder|Leather|Cuir
nitrile|Nitril|Nitrile|Nitrile
anthracite|Anthrazit|Anthracite|Anthracite
black|Schwarz|Black|Noir
blue|Blau|Blue|Bleu
brass|Messing|Brass|Laiton
brown|Braun|Brown|Brun
chrome|Chrom|Chrome|Chrome
cream|Creme|Cream|Crème
green|Grün|Green|Vert
grey|Grau|Grey|Gris
natural|Natur|Natural|Naturel
navy|Marine|Navy|Marine
nickel|Nickel|Nickel|Nickel
oak|Eiche|Oak|Chêne
olive|Oliv|Olive|Olive
orange|Orange|Orange|Orange
pine|Kiefer|Pine|Pin
red|Rot|Red|Rouge
rose|Rosé|Rose|Rose
sage|Salbei|Sage|Sauge
sand|Sand|Sand|Sable
silver|Silber|Silver|Argent
sky|Himmelblau|Sky blue|Bleu ciel
smoked|Geräuchert|Smoked|Fumé
steel|Stahl|Steel|Acier
teak|Teak|Teak|Teck
terracotta|Terrakotta|Terracotta|Terre cuite
transparent|Transparent|Clear|Transparent
walnut|Nussbaum|Walnut|Noyer
white|Weiß|White|Blanc
white_oiled|Weiß geölt|White oiled|Huilé blanc
yellow|Gelb|Yellow|Jaune
insulated_1000_v|VDE 1000 V|VDE 1000 V|VDE 1000 V
pozidriv|PZ|PZ|PZ
slot_phillips|Schlitz und PH|Slot and PH|Fente et PH
slot_pozidriv|Schlitz und PZ|Slot and PZ|Fente et PZ
torx|Sechsrund|Hexalobular|Six lobes
straight|gerade|straight|droit
tongue_groove|Nut und Feder|tongue and groove|rainure et languette
a1|A1|A1|A1
battery|Akku|Battery|Batterie
electric|Elektro|Electric|Électrique
petrol|Benzin|Petrol|Essence
aluminium|Aluminium|Aluminium|Aluminium
ash|Esche|Ash|Frêne
fibreglass|Fiberglas|Fibreglass|Fibre de verre
hickory|Hickory|Hickory|Hickory
daylight|Tageslicht|Daylight|Lumière du jour
neutral_white|Neutralweiß|Neutral white|Blanc neutre
warm_white|Warmweiß|Warm white|Blanc chaud
acacia|Akazie|Acacia|Acacia
bangkirai|Bangkirai|Bangkirai|Bangkirai
basalt|Basalt|Basalt|Basalte
carbide|Hartmetall|Carbide|Carbure
ceramic|Keramik|Ceramic|Céramique
chrome_vanadium|Chrom-Vanadium|Chrome vanadium|Chrome vanadium
clay|Ton|Clay|Argile
composite|WPC|Composite|Composite
concrete|Beton|Concrete|Béton
copper|Kupfer|Copper|Cuivre
cotton|Baumwolle|Cotton|Coton
douglas_fir|Douglasie|Douglas fir|Douglas
enamelled_steel|Stahl emailliert|Enamelled steel|Acier émaillé
fibre_cement|Faserzement|Fibre cement|Fibrociment
foam|Schaumstoff|Foam|Mousse
galvanised_steel|Stahl verzinkt|Galvanised steel|Acier galvanisé
glass|Glas|Glass|Verre
granite|Granit|Granite|Granit
granite_composite|Granitverbund|Granite composite|Composite granit
hemp|Hanf|Hemp|Chanvre
high_speed_steel|HSS|HSS|HSS
larch|Lärche|Larch|Mélèze
mdf|MDF|MDF|MDF
microfibre|Mikrofaser|Microfibre|Microfibre
mineral_cast|Mineralguss|Mineral cast|Résine minérale
natural_bristle|Naturborste|Natural bristle|Soie naturelle
plastic|Kunststoff|Plastic|Plastique
polyamide|Polyamid|Polyamide|Polyamide
polyester|Polyester|Polyester|Polyester
polypropylene|Polypropylen|Polypropylene|Polypropylène
rattan|Rattan|Rattan|Rotin
s2_steel|S2-Stahl|S2 steel|Acier S2
solid_wood|Massivholz|Solid wood|Bois massif
stainless_steel|Edelstahl|Stainless steel|Inox
synthetic_bristle|Kunstborste|Synthetic bristle|Soie synthétique
zinc|Zink|Zinc|Zinc
zinc_plated|verzinkt|zinc plated|zingué
brushed|Bürstenmotor|Brushed|À charbons
brushless|Bürstenlos|Brushless|Sans charbon
countertop|Aufsatz|Countertop|À poser
flush|Unterputz|Flush|Encastré
wall|Wand|Wall|Mural
surface|Aufputz|Surface|Saillie
boundary_wire|Begrenzungsdraht|Boundary wire|Câble périphérique
camera|Kamera|Camera|Caméra
satellite|Satellit|Satellite|Satellite
brick|Ziegel|Brick|Brique
floral|Blüten|Floral|Floral
geometric|Geometrie|Geometric|Géométrique
herringbone|Fischgrät|Herringbone|Chevron
plain|Uni|Plain|Uni
plank|Landhausdiele|Plank|Lame
stripes|Streifen|Stripes|Rayures
bean|Buschbohne|Dwarf bean|Haricot nain
carrot|Möhre|Carrot|Carotte
cucumber|Gurke|Cucumber|Concombre
lettuce|Kopfsalat|Lettuce|Laitue
pumpkin|Kürbis|Pumpkin|Potiron
radish|Radieschen|Radish|Radis
tomato|Tomate|Tomato|Tomate
ip20|IP20|IP20|IP20
ip21|IP21|IP21|IP21
ip44|IP44|IP44|IP44
ip54|IP54|IP54|IP54
ip65|IP65|IP65|IP65
ip67|IP67|IP67|IP67
bare|ohne Akku|bare tool|sans batterie
one_battery|mit 1 Akku|with 1 battery|avec 1 batterie
two_batteries|mit 2 Akkus|with 2 batteries|avec 2 batteries
coupling|Muffe|Coupling|Manchon
elbow|Bogen 90°|Elbow 90°|Coude 90°
reducer|Reduzierung|Reducer|Réduction
tee|T-Stück|Tee|Té
s|S|S|S
m|M|M|M
l|L|L|L
xl|XL|XL|XL
xxl|XXL|XXL|XXL
r9|R9|R9|R9
r10|R10|R10|R10
r11|R11|R11|R11
classic|Klassisch|Classic|Classique
modern|Modern|Modern|Moderne
rustic|Rustikal|Rustic|Rustique
bath|Bad|Bathroom|Salle de bains
clean_water|Klarwasser|Clean water|Eau claire
damp|Feuchtraum|Damp rooms|Pièces humides
dirty_water|Schmutzwasser|Dirty water|Eau chargée
dry|Trockenraum|Dry rooms|Pièces sèches
drywall|Gipskarton|Drywall|Plaque de plâtre
fire|Brandschutz|Fire protection|Coupe-feu
flowers|Blumen|Flowers|Fleurs
herbs|Kräuter|Herbs|Herbes
indoor|innen|Indoors|Intérieur
kitchen|Küche|Kitchen|Cuisine
metal|Metall|Metal|Métal
mirror|Spiegel|Mirrors|Miroirs
natural_stone|Naturstein|Natural stone|Pierre naturelle
outdoor|außen|Outdoors|Extérieur
paint|Farbe und Lack|Paint|Peinture
plaster|Putz|Plaster|Enduit
roses|Rosen|Roses|Rosiers
stone|Stein|Stone|Pierre
thermal_wood|Thermoholz|Thermal wood|Bois thermo-traité
vegetables|Gemüse|Vegetables|Légumes
wallpaper|Tapete|Wallpaper|Papier peint
window|Fenster|Windows|Fenêtres
wood|Holz|Wood|Bois
dull_matt|stumpfmatt|dead flat|ultra mat
gloss|glänzend|gloss|brillant
matt|matt|matt|mat
matt_varnished|matt lackiert|matt varnished|verni mat
oiled|geölt|oiled|huilé
satin|seidenglänzend|satin|satin
silk_matt|seidenmatt|silk matt|velours
anvil|Amboss|Anvil|Enclume
bypass|Bypass|Bypass|Lames croisées
drought|Trockenheit|Drought|Sécheresse
play|Spiel und Sport|Play|Jeux et sport
repair|Nachsaat|Repair|Regarnissage
shade|Schatten|Shade|Ombre
type_11|Typ 11|Type 11|Type 11
type_22|Typ 22|Type 22|Type 22
type_33|Typ 33|Type 33|Type 33
bluetooth|Bluetooth|Bluetooth|Bluetooth
none|ohne|none|sans
thread|Thread|Thread|Thread
zigbee|Zigbee|Zigbee|Zigbee
beech|Buche|Beech|Hêtre
slate|Schiefer|Slate|Ardoise
birch|Birke|Birch|Bouleau
spruce|Fichte|Spruce|Épicéa
)";

Texts read_texts(std::string_view& line) {
    Texts texts;
    for (const std::string_view language : {"de", "en", "fr"}) {
        texts.push_back({language, std::string(take(line, '|'))});
    }
    return texts;
}

AttributeKind read_kind(std::string_view letter) {
    return letter == "n"   ? AttributeKind::number
           : letter == "o" ? AttributeKind::option
                           : AttributeKind::flag;
}

}  // namespace

std::vector<AttributeDefinition> all_attributes() {
    std::vector<AttributeDefinition> read;
    for_each_line(definitions, [&](std::string_view line) {
        AttributeDefinition definition;
        definition.name = take(line, '|');
        definition.kind = read_kind(take(line, '|'));
        definition.unit = take(line, '|');
        definition.rec20 = take(line, '|');
        definition.labels = read_texts(line);
        read.push_back(std::move(definition));
    });
    return read;
}

std::map<std::string_view, Texts> option_labels() {
    std::map<std::string_view, Texts> read;
    for_each_line(options, [&](std::string_view line) {
        const auto code = take(line, '|');
        read.emplace(code, read_texts(line));
    });
    return read;
}

}  // namespace kontor::seed
