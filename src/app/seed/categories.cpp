#include "app/seed/categories.hpp"

#include <array>
#include <map>

#include "app/seed/table.hpp"

namespace kontor::seed {

namespace {

constexpr std::array<std::string_view, 7> languages{"de", "en", "fr", "it", "es", "nl", "sv"};

// Code and parent of a category; below them its name in each of `languages`.
constexpr std::string_view table = R"(
tools|
    Werkzeug|Tools|Outillage
    Utensili|Herramientas|Gereedschap|Verktyg
power-tools|tools
    Elektrowerkzeug|Power tools|Outillage électroportatif
    Elettroutensili|Herramientas eléctricas|Elektrisch gereedschap|Elverktyg
cordless-drills|power-tools
    Akkuschrauber|Cordless drills|Perceuses-visseuses
    Trapani avvitatori|Taladros atornilladores|Accuboormachines|Skruvdragare
hammer-drills|power-tools
    Bohr- & Schlaghämmer|Hammer drills|Perforateurs
    Tassellatori|Martillos perforadores|Boorhamers|Borrhammare
saws|power-tools
    Sägen|Saws|Scies
    Seghe|Sierras|Zagen|Sågar
grinders|power-tools
    Winkelschleifer|Angle grinders|Meuleuses
    Smerigliatrici|Amoladoras|Haakse slijpers|Vinkelslipar
sanders|power-tools
    Schleifmaschinen|Sanders|Ponceuses
    Levigatrici|Lijadoras|Schuurmachines|Slipmaskiner
batteries|power-tools
    Akkus & Ladegeräte|Batteries & chargers|Batteries et chargeurs
    Batterie e caricatori|Baterías y cargadores|Accu's & laders|Batterier & laddare
accessories|tools
    Zubehör|Accessories|Accessoires
    Accessori|Accesorios|Accessoires|Tillbehör
drill-bits|accessories
    Bohrer|Drill bits|Forets
    Punte|Brocas|Boren|Borr
bits|accessories
    Bits|Screwdriver bits|Embouts
    Inserti|Puntas|Bits|Bits
cutting-discs|accessories
    Trennscheiben|Cutting discs|Disques à tronçonner
    Dischi da taglio|Discos de corte|Doorslijpschijven|Kapskivor
abrasives|accessories
    Schleifpapier|Abrasives|Abrasifs
    Abrasivi|Abrasivos|Schuurpapier|Slippapper
hand-tools|tools
    Handwerkzeug|Hand tools|Outillage à main
    Utensili manuali|Herramientas manuales|Handgereedschap|Handverktyg
hammers|hand-tools
    Hämmer|Hammers|Marteaux
    Martelli|Martillos|Hamers|Hammare
screwdrivers|hand-tools
    Schraubendreher|Screwdrivers|Tournevis
    Cacciaviti|Destornilladores|Schroevendraaiers|Skruvmejslar
pliers|hand-tools
    Zangen|Pliers|Pinces
    Pinze|Alicates|Tangen|Tänger
spanners|hand-tools
    Schraubenschlüssel|Spanners|Clés
    Chiavi|Llaves|Sleutels|Skruvnycklar
measuring|hand-tools
    Messwerkzeug|Measuring|Mesure
    Misurazione|Medición|Meetgereedschap|Mätverktyg
workshop|tools
    Werkstatt|Workshop|Atelier
    Officina|Taller|Werkplaats|Verkstad
toolboxes|workshop
    Werkzeugkoffer|Toolboxes|Boîtes à outils
    Cassette attrezzi|Cajas de herramientas|Gereedschapskisten|Verktygslådor
ladders|workshop
    Leitern|Ladders|Échelles
    Scale|Escaleras|Ladders|Stegar
workwear|workshop
    Arbeitsschutz|Workwear & safety|Vêtements et protection
    Abbigliamento da lavoro|Ropa y protección|Werkkleding|Arbetskläder
garden|
    Garten|Garden|Jardin
    Giardino|Jardín|Tuin|Trädgård
garden-machines|garden
    Gartenmaschinen|Garden machinery|Machines de jardin
    Macchine da giardino|Maquinaria de jardín|Tuinmachines|Trädgårdsmaskiner
lawn-mowers|garden-machines
    Rasenmäher|Lawn mowers|Tondeuses
    Tosaerba|Cortacéspedes|Grasmaaiers|Gräsklippare
hedge-trimmers|garden-machines
    Heckenscheren|Hedge trimmers|Taille-haies
    Tagliasiepi|Cortasetos|Heggenscharen|Häcksaxar
chainsaws|garden-machines
    Kettensägen|Chainsaws|Tronçonneuses
    Motoseghe|Motosierras|Kettingzagen|Motorsågar
watering|garden
    Bewässerung|Watering|Arrosage
    Irrigazione|Riego|Bewatering|Bevattning
hoses|watering
    Gartenschläuche|Garden hoses|Tuyaux d’arrosage
    Tubi da giardino|Mangueras|Tuinslangen|Trädgårdsslangar
rain-barrels|watering
    Regentonnen|Water butts|Récupérateurs d’eau
    Cisterne|Depósitos de lluvia|Regentonnen|Regntunnor
garden-tools|garden
    Gartengeräte|Garden tools|Outils de jardin
    Attrezzi da giardino|Herramientas de jardín|Tuingereedschap|Trädgårdsredskap
plants-soil|garden
    Pflanzen & Erde|Plants & soil|Plantes et terreau
    Piante e terriccio|Plantas y sustratos|Planten & aarde|Växter & jord
soil|plants-soil
    Erde & Dünger|Soil & fertiliser|Terreau et engrais
    Terriccio e concimi|Sustratos y abonos|Potgrond & mest|Jord & gödsel
seeds|plants-soil
    Saatgut|Seeds|Semences
    Sementi|Semillas|Zaden|Fröer
planters|plants-soil
    Pflanzgefäße|Planters|Pots et jardinières
    Vasi|Macetas|Plantenbakken|Krukor
outdoor-living|garden
    Gartenmöbel & Grill|Outdoor living|Mobilier et barbecue
    Arredo e barbecue|Muebles y barbacoa|Tuinmeubelen & barbecue|Utemöbler & grill
furniture|outdoor-living
    Gartenmöbel|Garden furniture|Mobilier de jardin
    Mobili da giardino|Muebles de jardín|Tuinmeubelen|Utemöbler
barbecues|outdoor-living
    Grills|Barbecues|Barbecues
    Barbecue|Barbacoas|Barbecues|Grillar
fences|garden
    Zäune & Sichtschutz|Fences & screens|Clôtures
    Recinzioni|Vallas|Schuttingen|Staket & insynsskydd
paint|
    Farbe|Paint|Peinture
    Vernici|Pintura|Verf|Färg
wall-paints|paint
    Wandfarben|Wall paints|Peintures murales
    Pitture murali|Pinturas de pared|Muurverf|Väggfärg
lacquers|paint
    Lacke|Lacquers|Laques
    Smalti|Esmaltes|Lakken|Lackfärg
wood-care|paint
    Holzschutz|Wood care|Protection du bois
    Protezione legno|Protección de madera|Houtbescherming|Träskydd
facade-paints|paint
    Fassadenfarben|Facade paints|Peintures façade
    Pitture per facciate|Pinturas de fachada|Gevelverf|Fasadfärg
painting-tools|paint
    Malerwerkzeug|Painting tools|Outils de peintre
    Attrezzi per pittura|Herramientas de pintor|Schildersgereedschap|Målarverktyg
brushes|painting-tools
    Pinsel & Rollen|Brushes & rollers|Pinceaux et rouleaux
    Pennelli e rulli|Brochas y rodillos|Kwasten & rollers|Penslar & rollers
masking|painting-tools
    Abdecken & Kleben|Masking|Masquage
    Mascheratura|Enmascarado|Afplakken|Maskering
wallpapers|paint
    Tapeten|Wallpapers|Papiers peints
    Carte da parati|Papeles pintados|Behang|Tapeter
flooring|
    Böden|Flooring|Sols
    Pavimenti|Suelos|Vloeren|Golv
laminate|flooring
    Laminat|Laminate|Stratifié
    Laminato|Laminado|Laminaat|Laminat
vinyl|flooring
    Vinylboden|Vinyl flooring|Sol vinyle
    Vinile|Vinilo|Vinyl|Vinylgolv
parquet|flooring
    Parkett|Parquet|Parquet
    Parquet|Parqué|Parket|Parkett
floor-tiles|flooring
    Bodenfliesen|Floor tiles|Carrelage
    Piastrelle|Baldosas|Vloertegels|Golvplattor
skirting|flooring
    Sockelleisten|Skirting|Plinthes
    Battiscopa|Zócalos|Plinten|Golvlister
electrical|
    Elektro|Electrical|Électricité
    Elettricità|Electricidad|Elektra|El
cables|electrical
    Kabel & Leitungen|Cables|Câbles
    Cavi|Cables|Kabels|Kablar
installation-cables|cables
    Installationsleitungen|Installation cables|Câbles d’installation
    Cavi da installazione|Cables de instalación|Installatiekabels|Installationskablar
extension-leads|cables
    Verlängerungen|Extension leads|Rallonges
    Prolunghe|Alargadores|Verlengsnoeren|Skarvsladdar
switches|electrical
    Schalter & Steckdosen|Switches & sockets|Interrupteurs et prises
    Interruttori e prese|Interruptores y enchufes|Schakelaars & stopcontacten|Strömbrytare & uttag
smart-home|electrical
    Smart Home|Smart home|Maison connectée
    Casa intelligente|Hogar inteligente|Slim huis|Smarta hem
safety|electrical
    Sicherheit|Home safety|Sécurité
    Sicurezza|Seguridad|Veiligheid|Säkerhet
lighting|
    Leuchten|Lighting|Luminaires
    Illuminazione|Iluminación|Verlichting|Belysning
bulbs|lighting
    Leuchtmittel|Bulbs|Ampoules
    Lampadine|Bombillas|Lampen|Ljuskällor
ceiling-lights|lighting
    Deckenleuchten|Ceiling lights|Plafonniers
    Plafoniere|Plafones|Plafondlampen|Taklampor
outdoor-lights|lighting
    Außenleuchten|Outdoor lights|Luminaires extérieurs
    Luci da esterno|Luces de exterior|Buitenverlichting|Utebelysning
work-lights|lighting
    Arbeitsleuchten|Work lights|Projecteurs
    Fari da lavoro|Focos de trabajo|Werklampen|Arbetslampor
plumbing|
    Sanitärinstallation|Plumbing|Plomberie
    Idraulica|Fontanería|Loodgieterij|VVS
pipes|plumbing
    Rohre & Fittings|Pipes & fittings|Tubes et raccords
    Tubi e raccordi|Tubos y accesorios|Buizen & fittingen|Rör & kopplingar
pumps|plumbing
    Pumpen|Pumps|Pompes
    Pompe|Bombas|Pompen|Pumpar
heating|plumbing
    Heizung|Heating|Chauffage
    Riscaldamento|Calefacción|Verwarming|Värme
bathroom|
    Bad|Bathroom|Salle de bains
    Bagno|Baño|Badkamer|Badrum
taps|bathroom
    Waschtischarmaturen|Basin taps|Mitigeurs lavabo
    Rubinetti lavabo|Grifos de lavabo|Wastafelkranen|Tvättställsblandare
showers|bathroom
    Duschen|Showers|Douches
    Docce|Duchas|Douches|Duschar
basins|bathroom
    Waschbecken|Basins|Lavabos
    Lavabi|Lavabos|Wastafels|Tvättställ
toilets|bathroom
    WCs|Toilets|WC
    WC|Inodoros|Toiletten|Toaletter
bath-furniture|bathroom
    Badmöbel|Bathroom furniture|Meubles de salle de bains
    Mobili da bagno|Muebles de baño|Badkamermeubelen|Badrumsmöbler
kitchen|
    Küche|Kitchen|Cuisine
    Cucina|Cocina|Keuken|Kök
kitchen-taps|kitchen
    Küchenarmaturen|Kitchen taps|Robinets de cuisine
    Rubinetti cucina|Grifos de cocina|Keukenkranen|Köksblandare
sinks|kitchen
    Spülen|Sinks|Éviers
    Lavelli|Fregaderos|Spoelbakken|Diskhoar
worktops|kitchen
    Arbeitsplatten|Worktops|Plans de travail
    Piani di lavoro|Encimeras|Werkbladen|Bänkskivor
building|
    Baustoffe|Building materials|Matériaux
    Materiali edili|Materiales de construcción|Bouwmaterialen|Byggmaterial
cement|building
    Zement & Mörtel|Cement & mortar|Ciment et mortier
    Cemento e malta|Cemento y mortero|Cement & mortel|Cement & bruk
insulation|building
    Dämmung|Insulation|Isolation
    Isolamento|Aislamiento|Isolatie|Isolering
drywall|building
    Trockenbau|Drywall|Plaques de plâtre
    Cartongesso|Placas de yeso|Gipsplaten|Gips
timber|building
    Holz|Timber|Bois
    Legno|Madera|Hout|Trä
construction-timber|timber
    Bauholz|Construction timber|Bois de construction
    Legno da costruzione|Madera estructural|Constructiehout|Konstruktionsvirke
boards|timber
    Platten|Boards|Panneaux
    Pannelli|Tableros|Platen|Skivor
decking|timber
    Terrassendielen|Decking|Lames de terrasse
    Decking|Tarima exterior|Vlonderplanken|Trall
roofing|building
    Dach & Regenrinne|Roofing & gutters|Toiture et gouttières
    Tetto e grondaie|Tejado y canalones|Dak & goot|Tak & hängrännor
paving|building
    Pflaster & Platten|Paving|Pavés et dalles
    Pavimentazione esterna|Adoquines|Bestrating|Marksten
hardware|
    Eisenwaren|Hardware|Quincaillerie
    Ferramenta|Ferretería|IJzerwaren|Järnvaror
fasteners|hardware
    Befestigung|Fasteners|Fixations
    Fissaggi|Fijaciones|Bevestiging|Infästning
screws|fasteners
    Schrauben|Screws|Vis
    Viti|Tornillos|Schroeven|Skruvar
plugs|fasteners
    Dübel|Wall plugs|Chevilles
    Tasselli|Tacos|Pluggen|Plugg
nails|fasteners
    Nägel|Nails|Clous
    Chiodi|Clavos|Spijkers|Spik
adhesives|hardware
    Kleben & Dichten|Adhesives & sealants|Colles et mastics
    Adesivi e sigillanti|Adhesivos y selladores|Lijm & kit|Lim & tätning
locks|hardware
    Schlösser|Locks|Serrures
    Serrature|Cerraduras|Sloten|Lås
fittings|hardware
    Beschläge|Fittings|Ferrures
    Accessori mobili|Herrajes|Beslag|Beslag
storage|hardware
    Regale & Ordnung|Storage & shelving|Étagères et rangement
    Scaffali|Estanterías|Rekken & opbergen|Hyllor & förvaring
chains-ropes|hardware
    Ketten & Seile|Chains & ropes|Chaînes et cordes
    Catene e corde|Cadenas y cuerdas|Kettingen & touwen|Kedjor & rep
)";

}  // namespace

std::vector<Category> all_categories() {
    std::vector<Category> categories;
    std::map<std::string_view, int> children;
    for_each_line(table, [&](std::string_view line) {
        if (!line.starts_with(' ')) {
            const auto code = take(line, '|');
            categories.push_back({code, line, children[line]++, {}});
            return;
        }
        line.remove_prefix(line.find_first_not_of(' '));
        auto& names = categories.back().names;
        while (!line.empty()) {
            names.push_back({languages.at(names.size()), std::string(take(line, '|'))});
        }
    });
    return categories;
}

}  // namespace kontor::seed
