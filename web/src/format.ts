import type { Attribute, Money, Product, Variant } from "./api";

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

/** `9,99 € / l`, `1,20 € / 100 g`; nothing where it would only repeat the price. */
export function unitPriceText({ price, unit_price: unit }: Variant, language: string): string {
    if (!unit || unit.price.amount === price?.amount) return "";
    const per = unit.per === "1" ? unitText(unit.unit) : `${unit.per} ${unitText(unit.unit)}`;
    return `${moneyText(unit.price, language)} / ${per}`;
}

/** The picture of a variant, or of the first that has one. */
export const pictureOf = (product: Product, variant?: Variant): string | undefined =>
    variant?.picture ?? product.variants.find(({ picture }) => picture)?.picture;

export const attributeText = ({ value, unit }: Attribute) => (unit ? `${value} ${unit}` : value);

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
