// A handful of products for developing the page without a server.
const kinds = [
    ["Akku-Bohrschrauber", "cordless-drills", "Torvik", 89.99, ["18 V", "36 V"]],
    ["Bohrhammer", "hammer-drills", "Ostholm", 149.99, []],
    ["Wandfarbe", "wall-paints", "Malvero", 24.99, ["1 l", "2,5 l", "5 l", "10 l"]],
    ["Laminat Eiche", "laminate", "Dielenhof", 12.99, ["Natur", "Grau"]],
    ["Mantelleitung NYM-J 3x1,5", "installation-cables", "Voltmark", 0.89, []],
    ["Gartenschlauch", "hoses", "Wiesgrund", 29.99, ["10 m", "20 m", "50 m"]],
];
const colours = ["#c8372d", "#2f6fb5", "#9caf88", "#d8c6a4", "#3d444d", "#e8823a"];
const count = 60;
const money = (amount) => ({ amount: amount.toFixed(2), currency: "EUR" });

function variantOf(number, [, category, , base, values], index) {
    const price = base * (1 + index * 0.8) + (number % 7);
    const metres = category === "installation-cables";
    return {
        sku: `${1000000 + number}-0${index + 1}`,
        gtin: "2000000482712",
        price: money(price),
        ...(number % 5 ? {} : { list_price: money(price * 1.2), lowest_30_days: money(price * 1.1) }),
        unit_price: category === "wall-paints" ? { price: money(price / 2.5), per: "1", unit: "LTR" } : undefined,
        availability: { online: number % 9 !== 0, stores: number % 9 === 0 ? 0 : number % 40 },
        attributes: values.length ? [{ name: "size", label: "Größe", value: values[index] }] : [],
        sales_unit: metres ? "MTR" : "C62",
        minimum: metres ? "0.5" : "1",
        step: metres ? "0.05" : "1",
        picture: `/media/${number % colours.length}.svg`,
    };
}

export const products = Array.from({ length: count }, (_, at) => {
    const number = at + 1;
    const kind = kinds[at % kinds.length];
    const name = `${kind[2]} ${kind[0]} ${100 + ((at * 271) % 900)}`;
    return {
        id: `prd_${number}`,
        slug: name.toLowerCase().replace(/[^a-z0-9]+/g, "-"),
        name,
        brand: kind[2],
        description: "Für Haus und Werkstatt, nach Norm geprüft.",
        category: kind[1],
        category_path: [{ code: kind[1], name: kind[1] }],
        attributes: [{ name: "voltage", label: "Spannung", value: "18", unit: "V" }],
        variants: (kind[4].length ? kind[4] : [""]).map((_, index) => variantOf(number, kind, index)),
    };
});

export const picture = (name) =>
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><rect width="200" height="200" fill="#eceff3"/>` +
    `<rect x="50" y="60" width="100" height="90" rx="14" fill="${colours[parseInt(name, 10) % colours.length] ?? colours[0]}"/></svg>`;
