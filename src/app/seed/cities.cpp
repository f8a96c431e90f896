#include "app/seed/cities.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include "app/seed/table.hpp"

namespace kontor::seed {

namespace {

// Market, city, latitude, longitude, postal code.
constexpr std::string_view table = R"(
de|Berlin|52.520|13.405|1####
de|Hamburg|53.551|9.994|22###
de|München|48.137|11.575|81###
de|Köln|50.938|6.960|50###
de|Frankfurt am Main|50.110|8.682|60###
de|Stuttgart|48.775|9.182|70###
de|Düsseldorf|51.227|6.773|40###
de|Leipzig|51.340|12.374|04###
de|Dortmund|51.514|7.465|44###
de|Essen|51.456|7.012|45###
de|Bremen|53.079|8.801|28###
de|Dresden|51.050|13.737|01###
de|Hannover|52.375|9.732|30###
de|Nürnberg|49.452|11.077|90###
de|Duisburg|51.435|6.763|47###
de|Mannheim|49.488|8.466|68###
de|Karlsruhe|49.007|8.404|76###
de|Augsburg|48.371|10.898|86###
de|Wiesbaden|50.078|8.240|65###
de|Münster|51.961|7.628|48###
de|Bielefeld|52.021|8.533|33###
de|Bonn|50.737|7.098|53###
de|Kiel|54.323|10.123|24###
de|Magdeburg|52.120|11.628|39###
de|Freiburg im Breisgau|47.999|7.842|79###
de|Erfurt|50.978|11.029|99###
de|Rostock|54.089|12.140|18###
de|Kassel|51.313|9.480|34###
de|Saarbrücken|49.240|6.997|66###
de|Ulm|48.401|9.988|89###
de|Regensburg|49.013|12.102|93###
de|Würzburg|49.792|9.953|97###
de|Heidelberg|49.399|8.672|69###
de|Kaiserslautern|49.440|7.749|67###
de|Osnabrück|52.279|8.047|49###
de|Chemnitz|50.828|12.921|09###
de|Landau in der Pfalz|49.199|8.118|76###
at|Wien|48.208|16.373|1##0
at|Graz|47.071|15.439|80##
at|Linz|48.306|14.286|40##
at|Salzburg|47.800|13.045|50##
at|Innsbruck|47.269|11.404|60##
at|Klagenfurt|46.625|14.305|90##
at|St. Pölten|48.204|15.626|31##
at|Bregenz|47.503|9.747|69##
ch|Zürich|47.377|8.541|80##
ch|Genève|46.204|6.143|12##
ch|Basel|47.560|7.588|40##
ch|Bern|46.948|7.447|30##
ch|Lausanne|46.520|6.633|10##
ch|Luzern|47.050|8.309|60##
ch|St. Gallen|47.424|9.377|90##
ch|Lugano|46.004|8.951|69##
it|Roma|41.903|12.496|001##
it|Milano|45.464|9.190|201##
it|Torino|45.070|7.687|101##
it|Bologna|44.494|11.343|401##
it|Verona|45.438|10.992|371##
it|Firenze|43.770|11.256|501##
it|Napoli|40.852|14.268|801##
it|Bolzano|46.498|11.354|391##
it|Bari|41.117|16.872|701##
fr|Paris|48.857|2.352|750##
fr|Lyon|45.764|4.836|690##
fr|Marseille|43.296|5.370|130##
fr|Toulouse|43.605|1.444|31#00
fr|Nantes|47.218|-1.554|44#00
fr|Strasbourg|48.573|7.752|67#00
fr|Bordeaux|44.838|-0.579|33#00
fr|Lille|50.629|3.057|59#00
fr|Rennes|48.117|-1.678|35#00
fr|Nice|43.710|7.262|06#00
fr|Montpellier|43.611|3.877|34#00
fr|Dijon|47.322|5.041|21#00
fr|Metz|49.119|6.176|57#00
es|Madrid|40.417|-3.704|280##
es|Barcelona|41.385|2.173|080##
es|Valencia|39.470|-0.376|460##
es|Sevilla|37.389|-5.984|410##
es|Zaragoza|41.649|-0.889|500##
es|Málaga|36.721|-4.421|290##
es|Bilbao|43.263|-2.935|480##
es|Murcia|37.992|-1.131|300##
pt|Lisboa|38.722|-9.139|1###-###
pt|Porto|41.158|-8.629|4###-###
pt|Braga|41.545|-8.427|47##-###
pt|Coimbra|40.211|-8.429|30##-###
pt|Faro|37.019|-7.930|80##-###
nl|Amsterdam|52.373|4.893|10## @@
nl|Rotterdam|51.924|4.478|30## @@
nl|Den Haag|52.070|4.300|25## @@
nl|Utrecht|52.091|5.122|35## @@
nl|Eindhoven|51.442|5.470|56## @@
nl|Groningen|53.219|6.567|97## @@
nl|Tilburg|51.560|5.091|50## @@
nl|Breda|51.589|4.776|48## @@
nl|Nijmegen|51.842|5.853|65## @@
nl|Zwolle|52.517|6.083|80## @@
be|Bruxelles|50.850|4.352|10##
be|Antwerpen|51.219|4.402|20##
be|Gent|51.054|3.725|90##
be|Liège|50.633|5.567|40##
be|Charleroi|50.411|4.444|60##
be|Brugge|51.209|3.225|80##
lu|Luxembourg|49.612|6.130|L-1###
lu|Esch-sur-Alzette|49.496|5.981|L-4###
dk|København|55.676|12.568|2###
dk|Aarhus|56.163|10.204|82##
dk|Odense|55.404|10.402|52##
dk|Aalborg|57.049|9.922|92##
dk|Esbjerg|55.476|8.460|67##
se|Stockholm|59.329|18.069|11# ##
se|Göteborg|57.709|11.975|41# ##
se|Malmö|55.605|13.004|21# ##
se|Uppsala|59.859|17.639|75# ##
se|Linköping|58.411|15.621|58# ##
se|Örebro|59.275|15.214|70# ##
se|Umeå|63.826|20.263|90# ##
se|Sundsvall|62.391|17.307|85# ##
no|Oslo|59.914|10.752|06##
no|Bergen|60.393|5.324|50##
no|Trondheim|63.430|10.395|70##
no|Stavanger|58.970|5.733|40##
no|Kristiansand|58.146|7.996|46##
no|Tromsø|69.649|18.956|90##
fi|Helsinki|60.170|24.938|00##0
fi|Tampere|61.498|23.761|33##0
fi|Turku|60.452|22.267|20##0
fi|Oulu|65.012|25.465|90##0
fi|Jyväskylä|62.242|25.747|40##0
is|Reykjavík|64.147|-21.943|10#
is|Akureyri|65.683|-18.100|60#
pl|Warszawa|52.230|21.012|0#-###
pl|Kraków|50.065|19.945|3#-###
pl|Łódź|51.760|19.456|9#-###
pl|Wrocław|51.108|17.039|5#-###
pl|Poznań|52.406|16.925|6#-###
pl|Gdańsk|54.352|18.647|80-###
pl|Szczecin|53.429|14.553|7#-###
pl|Katowice|50.265|19.024|40-###
cz|Praha|50.076|14.438|1## 00
cz|Brno|49.195|16.607|6## 00
cz|Ostrava|49.821|18.263|70# 00
cz|Plzeň|49.738|13.374|30# 00
cz|Liberec|50.766|15.054|46# 01
cz|Olomouc|49.594|17.251|77# 00
sk|Bratislava|48.149|17.107|8## 0#
sk|Košice|48.716|21.261|04# 01
sk|Žilina|49.223|18.740|010 0#
hu|Budapest|47.498|19.040|1###
hu|Debrecen|47.532|21.627|40##
hu|Szeged|46.253|20.141|67##
hu|Győr|47.687|17.635|90##
hu|Pécs|46.073|18.232|76##
)";

constexpr std::array<LocalHabits, 19> habits{{
    {"de",
     "Industriestraße {}|Gewerbepark {}|Am Güterbahnhof {}|Werkstraße {}|Ziegeleiweg {}|"
     "Hafenstraße {}|Alte Landstraße {}",
     "Mo-Sa 08:00-20:00; Su,PH off|Mo-Sa 07:00-20:00; Su,PH off|Mo-Fr 07:00-20:00; "
     "Sa 08:00-20:00; Su,PH off"},
    {"at", "Industriestraße {}|Wiener Straße {}|Gewerbestraße {}|Bahnhofweg {}",
     "Mo-Fr 07:30-19:00; Sa 08:00-18:00; Su,PH off"},
    {"ch", "Industriestrasse {}|Gewerbestrasse {}|Werkhofweg {}",
     "Mo-Fr 08:00-19:00; Sa 08:00-17:00; Su,PH off|Mo-We,Fr 08:00-18:30; Th 08:00-21:00; "
     "Sa 08:00-17:00; Su,PH off"},
    {"it", "Via dell’Industria {}|Via Emilia {}|Viale del Lavoro {}|Via Artigiani {}",
     "Mo-Sa 08:30-20:00; Su 09:00-20:00|Mo-Sa 08:00-20:30; Su 09:00-19:30"},
    {"fr",
     "{} rue de l’Industrie|{} avenue des Artisans|{} route Nationale|{} chemin des Carrières",
     "Mo-Sa 09:00-19:30; Su,PH off|Mo-Sa 08:30-20:00; Su 09:30-12:30; PH off"},
    {"es", "Calle de la Industria, {}|Avenida del Trabajo, {}|Polígono Norte, {}",
     "Mo-Sa 09:00-22:00; Su,PH off"},
    {"pt", "Rua da Indústria {}|Avenida do Progresso {}|Estrada Nacional {}", "Mo-Su 09:00-22:00"},
    {"nl", "Industrieweg {}|Ambachtsweg {}|Havenweg {}|Stationsstraat {}",
     "Mo-Fr 07:00-21:00; Sa 07:00-18:00; Su 10:00-17:00|Mo-Fr 07:00-20:00; Sa 08:00-18:00; "
     "Su off"},
    {"be", "Industrielaan {}|Havenlaan {}|Chaussée de l’Atelier {}",
     "Mo-Fr 08:00-19:00; Sa 08:00-18:30; Su,PH off"},
    {"lu", "{} rue de l’Industrie|{} zone d’activités", "Mo-Sa 08:00-19:00; Su,PH off"},
    {"dk", "Industrivej {}|Håndværkervej {}|Havnevej {}", "Mo-Fr 07:00-19:00; Sa-Su 09:00-17:00"},
    {"se", "Industrigatan {}|Verkstadsvägen {}|Hamnvägen {}",
     "Mo-Fr 07:00-19:00; Sa 09:00-17:00; Su 10:00-17:00"},
    {"no", "Industriveien {}|Verkstedveien {}|Havneveien {}",
     "Mo-Fr 07:00-20:00; Sa 09:00-18:00; Su,PH off"},
    {"fi", "Teollisuuskatu {}|Työpajankatu {}|Satamatie {}",
     "Mo-Fr 07:00-21:00; Sa 09:00-18:00; Su 10:00-18:00"},
    {"is", "Iðnaðargata {}|Hafnarbraut {}", "Mo-Fr 08:00-18:00; Sa 10:00-16:00; Su,PH off"},
    {"pl", "ul. Przemysłowa {}|ul. Rzemieślnicza {}|ul. Portowa {}",
     "Mo-Sa 07:00-21:00; Su,PH off"},
    {"cz", "Průmyslová {}|Řemeslná {}|Nádražní {}", "Mo-Su 07:00-21:00"},
    {"sk", "Priemyselná {}|Remeselná {}", "Mo-Su 07:00-20:00"},
    {"hu", "Ipar utca {}|Gyár utca {}|Raktár köz {}", "Mo-Sa 07:00-20:00; Su 08:00-18:00; PH off"},
}};

double read_degrees(std::string_view text) {
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

}  // namespace

std::vector<City> all_cities() {
    std::vector<City> cities;
    for_each_line(table, [&](std::string_view line) {
        City city;
        city.market = take(line, '|');
        city.name = take(line, '|');
        city.centre.latitude = read_degrees(take(line, '|'));
        city.centre.longitude = read_degrees(take(line, '|'));
        city.postal = line;
        cities.push_back(city);
    });
    return cities;
}

LocalHabits local_habits(std::string_view market) {
    const auto found = std::ranges::find(habits, market, &LocalHabits::market);
    if (found == habits.end()) {
        throw std::logic_error("no habits for market " + std::string(market));
    }
    return *found;
}

}  // namespace kontor::seed
