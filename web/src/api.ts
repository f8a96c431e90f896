/** What the API answers, as far as this page reads it. */
export interface Money {
    amount: string;
    currency: string;
}
export interface UnitPrice {
    price: Money;
    per: string;
    unit: string;
}
export interface Attribute {
    name: string;
    label?: string;
    value: string;
    unit?: string;
}
export interface Variant {
    sku: string;
    gtin?: string;
    price?: Money;
    list_price?: Money;
    lowest_30_days?: Money;
    unit_price?: UnitPrice;
    availability?: { online: boolean; stores: number };
    attributes?: Attribute[];
    sales_unit?: string;
    minimum?: string;
    step?: string;
    picture?: string;
}
export interface Product {
    id: string;
    slug: string;
    name: string;
    brand?: string;
    description?: string;
    category_path?: { code: string; name: string }[];
    attributes?: Attribute[];
    variants: Variant[];
}
export interface Facet {
    name: string;
    label?: string;
    values: { value: string; label?: string; count: number }[];
}
export interface ProductList {
    items: Product[];
    next?: string;
    total: number;
    facets?: Facet[];
    corrected_to?: string;
    relaxed?: boolean;
}
export interface Suggestion {
    text: string;
    kind: "product" | "category" | "brand";
    slug?: string;
}
export interface Store {
    id: string;
    name: string;
    distance_m?: number;
    opening_hours: string;
}
export interface StoreStock {
    store: Store;
    variants: { sku: string; available: string }[];
    available: string;
}
export interface Totals {
    net: Money;
    gross: Money;
    taxes: { rate: string; net: Money; amount: Money }[];
}
export interface CartLine {
    id: string;
    sku: string;
    name: string;
    picture?: string;
    quantity: string;
    total: Money;
}
export interface Cart {
    id: string;
    version: number;
    token?: string;
    lines: CartLine[];
    total: Totals;
}
export interface Order {
    id: string;
    number: string;
    status: string;
    lines: CartLine[];
    total: Totals;
    payment?: { method: string; reference: string };
}
export interface Market {
    code: string;
    currency: string;
    languages: string[];
}
export interface About {
    name: string;
    version: string;
    services: string[];
    markets: Market[];
    products?: number;
    stores?: number;
}

/** RFC 9457 problem details, thrown for every answer that is not a success. */
export class Problem extends Error {
    constructor(
        readonly status: number,
        readonly title: string,
        readonly detail: string,
        readonly errors: { pointer?: string; detail?: string }[] = [],
        readonly code = "",
    ) {
        super(detail || title);
    }
}

export interface Call {
    method: string;
    path: string;
    status: number;
    took_ms: number;
}
const listeners: ((call: Call) => void)[] = [];
export const onCall = (listener: (call: Call) => void) => listeners.push(listener);

/** A UUID version 4, also where the page isn't a secure context and randomUUID is missing. */
export function uuid(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

export interface Ask {
    method?: string;
    body?: unknown;
    token?: string;
    language?: string;
    key?: string;
    signal?: AbortSignal;
}

async function readProblem(response: Response): Promise<Problem> {
    const text = await response.text();
    try {
        const body = JSON.parse(text);
        return new Problem(response.status, body.title ?? "", body.detail ?? "", body.errors ?? [], body.code);
    } catch {
        return new Problem(response.status, response.statusText, text.slice(0, 300));
    }
}

/** Asks the API. Throws Problem for a refusal, also where nobody answers (status 0). */
export async function ask<T>(path: string, wanted: Ask = {}): Promise<T> {
    const method = wanted.method ?? "GET";
    const headers: Record<string, string> = { Accept: "application/json, application/problem+json" };
    if (wanted.language) headers["Accept-Language"] = wanted.language;
    if (wanted.token) headers.Authorization = `Bearer ${wanted.token}`;
    if (wanted.body !== undefined) headers["Content-Type"] = "application/json";
    if (method === "POST") headers["Idempotency-Key"] = wanted.key ?? uuid();
    const started = performance.now();
    const body = wanted.body === undefined ? undefined : JSON.stringify(wanted.body);
    const response = await fetch(path, { method, headers, body, signal: wanted.signal }).catch((error) => {
        if (error?.name === "AbortError") throw error;
        throw new Problem(0, "No answer", "The server did not answer. Is it still running?");
    });
    listeners.forEach((listen) =>
        listen({ method, path, status: response.status, took_ms: performance.now() - started }),
    );
    if (!response.ok) throw await readProblem(response);
    return (response.status === 204 ? undefined : await response.json()) as T;
}
