import type { Attribute, CartLine, Money, Product, Totals, UnitPrice, Variant } from "./api";

/** UN/CEFACT units as people read them. */
const units: Record<string, string> = {
    C62: "pc", MTR: "m", KGM: "kg", GRM: "g", LTR: "l", MLT: "ml", MTK: "m²", MTQ: "m³", PR: "pair", XRO: "roll", XPK: "pack",
};
export const unitText = (code?: string) => (code ? (units[code] ?? code) : "");

export function moneyText(money: Money | undefined, language: string): string {
    if (!money) return "";
    const format = new Intl.NumberFormat(language, { style: "currency", currency: money.currency });
    return format.format(Number(money.amount));
}

export function unitPriceText(unit: UnitPrice | undefined, language: string): string {
    if (!unit) return "";
    const money = unit.price ?? (unit.amount && unit.currency ? (unit as Money) : undefined);
    const per = unit.per ?? unit.unit;
    return money ? `${moneyText(money, language)}${per ? ` / ${unitText(per)}` : ""}` : "";
}

/** A line's or a cart's total as shoppers see it. */
export function grossOf(total: Money | Totals | undefined): Money | undefined {
    if (!total) return undefined;
    return "amount" in total ? (total as Money) : (total as Totals).gross;
}

export const lineText = (line: CartLine) => line.name ?? line.sku;

/** Pictures are paths of this server; a bare name is one of /media. */
export function pictureOf(product: Product | undefined, variant?: Variant): string | undefined {
    const picture = variant?.picture ?? product?.picture ?? product?.variants[0]?.picture;
    if (!picture) return undefined;
    return picture.startsWith("/") ? picture : `/media/${picture}.svg`;
}

export function attributeText(attribute: Attribute, language: string): string {
    if (attribute.number !== undefined) {
        const number = new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(Number(attribute.number));
        return attribute.unit ? `${number} ${unitText(attribute.unit)}` : number;
    }
    return attribute.value_label ?? attribute.text ?? attribute.value ?? "";
}

/** `cable_length` is `Cable length`, where the API gives no label. */
export function labelOf(name: string, label?: string): string {
    const words = label ?? name.replace(/^attr\[(.*)\]$/, "$1").replace(/[_-]/g, " ");
    return words.charAt(0).toUpperCase() + words.slice(1);
}

export function distanceText(metres: number | undefined, language: string): string {
    if (metres === undefined) return "";
    const far = metres >= 10_000;
    const format = new Intl.NumberFormat(language, { maximumFractionDigits: far ? 0 : 1 });
    return metres < 1000 ? `${Math.round(metres)} m` : `${format.format(metres / 1000)} km`;
}

export const countText = (count: number, one: string, many: string) =>
    `${new Intl.NumberFormat("en").format(count)} ${count === 1 ? one : many}`;

export function marketName(code: string, language = "en"): string {
    return new Intl.DisplayNames([language], { type: "region" }).of(code.toUpperCase()) ?? code;
}
