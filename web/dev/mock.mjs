// Stands in for the server while the page is developed: `npm run mock`, then `KONTOR=... npm run dev`.
// It also serves dist/, so that the checks in tests/ can be tried without a server.
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

import { picture as drawn, products as made } from "./products.mjs";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
const services = ["catalog", "pricing", "inventory", "discovery", "stores", "carts", "orders", "payments"];
const markets = [
    { code: "de", name: "Deutschland", currency: "EUR", languages: ["de", "en"] },
    { code: "at", name: "Österreich", currency: "EUR", languages: ["de", "en"] },
    { code: "fr", name: "France", currency: "EUR", languages: ["fr", "en"] },
];
const stores = ["Kontor Mannheim", "Kontor Mannheim Nord", "Kontor Heidelberg", "Kontor Karlsruhe", "Kontor Wiesbaden"];
// As src/app/pages/pages.cpp sends it.
const policy =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const money = (amount) => ({ amount: amount.toFixed(2), currency: "EUR" });

class Refusal extends Error {
    constructor(status, code, detail, errors = []) {
        super(detail);
        this.status = status;
        this.body = { type: `/problems/${code}`, title: code.replaceAll("_", " "), status, detail, code, errors };
    }
}

const operation = (summary) => ({ summary, tags: ["shop"], responses: { 200: { description: "As asked." } } });
const openapi = {
    openapi: "3.1.0",
    info: { title: "Kontor", version: "0.0.0", description: "A stand-in for developing the pages." },
    paths: {
        "/shop/{market}/products": { parameters: [{ name: "market", in: "path", required: true, schema: { type: "string" } }], get: operation("Find products") },
        "/shop/{market}/categories": { parameters: [{ name: "market", in: "path", required: true, schema: { type: "string" } }], get: operation("The category tree") },
    },
};

function facetsOf(found) {
    const count = (name, valueOf) => {
        const counts = new Map();
        found.forEach((product) => counts.set(valueOf(product), (counts.get(valueOf(product)) ?? 0) + 1));
        return { name, values: [...counts].map(([value, count]) => ({ value, count })) };
    };
    return [count("category", (p) => p.category), count("brand", (p) => p.brand)];
}

function makeShop(products) {
    const carts = new Map();
    const orders = new Map();
    const variantOf = (sku) => products.flatMap((p) => p.variants.map((v) => ({ ...v, name: p.name }))).find((v) => v.sku === sku);

    const shown = (cart) => {
        const lines = cart.lines.map((line) => {
            const variant = variantOf(line.sku);
            return { ...line, name: variant.name, total: money(Number(variant.price.amount) * Number(line.quantity)) };
        });
        const gross = lines.reduce((sum, line) => sum + Number(line.total.amount), 0);
        const tax = gross - gross / 1.19;
        return { id: cart.id, version: cart.version, lines, total: { net: money(gross - tax), gross: money(gross), taxes: [{ rate: "19", net: money(gross - tax), amount: money(tax) }] } };
    };
    const addLine = (cart, { sku, quantity }) => {
        if (!variantOf(sku)) throw new Refusal(422, "unknown_sku", `sku ${sku}: no such article`, [{ pointer: "/sku", detail: "must be a known SKU" }]);
        if (Number(quantity) > 999) throw new Refusal(422, "invalid", `quantity ${quantity}: must be at most 999`, [{ pointer: "/quantity", detail: "must be at most 999" }]);
        cart.lines.push({ id: randomUUID(), sku, quantity });
    };
    const cartOf = (id, request) => {
        const cart = carts.get(id);
        if (!cart) throw new Refusal(404, "not_found", `cart ${id}: no such cart`);
        if (request.headers.authorization !== `Bearer ${cart.token}`) throw new Refusal(401, "unauthorized", "the cart's token is needed");
        return cart;
    };
    const find = (parameters) => {
        const wanted = (name) => (parameters.get(name) ?? "").split(",").filter(Boolean);
        const q = (parameters.get("q") ?? "").toLowerCase().replaceAll("-", "");
        return products.filter(
            (p) =>
                p.name.toLowerCase().replaceAll("-", "").includes(q) &&
                (!wanted("brand").length || wanted("brand").includes(p.brand)) &&
                (!wanted("category").length || wanted("category").includes(p.category)),
        );
    };

    return {
        "GET products": ({ parameters }) => {
            const found = find(parameters);
            const from = Number(parameters.get("cursor") ?? 0);
            const to = from + Number(parameters.get("limit") ?? 24);
            return { items: found.slice(from, to), next: to < found.length ? String(to) : undefined, total: found.length, facets: facetsOf(found) };
        },
        "GET products/:": ({ parts }) => {
            const product = products.find((p) => p.id === parts[1] || p.slug === parts[1]);
            if (!product) throw new Refusal(404, "not_found", `product ${parts[1]}: no such product`);
            return product;
        },
        "GET products/:/availability": () => ({
            items: stores.map((name, at) => ({
                store: { id: `de-00${at + 1}`, name, distance_m: 900 + at * 13700, opening_hours: "Mo-Sa 08:00-20:00; Su,PH off" },
                sku: "1000001-01",
                available: String((5 - at) * 3),
            })),
        }),
        "GET suggestions": ({ parameters }) => ({
            items: find(parameters).slice(0, 6).map((p) => ({ text: p.name, kind: "product", slug: p.slug })),
        }),
        "GET categories": () => ({ items: [] }),
        "GET stores": () => ({ items: stores.map((name, at) => ({ id: `store_${at}`, name })) }),
        "POST carts": ({ body }) => {
            const cart = { id: randomUUID(), version: 1, token: randomUUID(), lines: [] };
            (body.lines ?? []).forEach((line) => addLine(cart, line));
            carts.set(cart.id, cart);
            return { ...shown(cart), token: cart.token };
        },
        "GET carts/:": ({ parts, request }) => shown(cartOf(parts[1], request)),
        "POST carts/:/lines": ({ parts, request, body }) => {
            const cart = cartOf(parts[1], request);
            addLine(cart, body);
            cart.version += 1;
            return shown(cart);
        },
        "PATCH carts/:/lines/:": ({ parts, request, body }) => {
            const cart = cartOf(parts[1], request);
            cart.lines.find((line) => line.id === parts[3]).quantity = body.quantity;
            cart.version += 1;
            return shown(cart);
        },
        "DELETE carts/:/lines/:": ({ parts, request }) => {
            const cart = cartOf(parts[1], request);
            cart.lines = cart.lines.filter((line) => line.id !== parts[3]);
            cart.version += 1;
            return shown(cart);
        },
        "PUT carts/:/:": ({ parts, request }) => {
            const cart = cartOf(parts[1], request);
            cart.version += 1;
            return shown(cart);
        },
        "POST orders": ({ body, request }) => {
            const cart = cartOf(body.cart_id, request);
            if (body.cart_version !== cart.version) throw new Refusal(409, "conflict", `cart_version ${body.cart_version}: is ${cart.version} now`);
            if (!request.headers["idempotency-key"]) throw new Refusal(400, "idempotency_key_missing", "Idempotency-Key is needed");
            const order = { ...shown(cart), id: randomUUID(), number: "482-7391-0527", status: "awaiting_payment", payment: { method: "prepayment", reference: "482-7391-0527" } };
            orders.set(order.id, order);
            return order;
        },
        "GET orders/:": ({ parts }) => orders.get(parts[1]),
    };
}

async function bodyOf(request) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    return chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : undefined;
}

async function serveFile(path, response) {
    const name = path === "/" ? "index.html" : path === "/reference" ? "reference.html" : path.slice(1);
    const bytes = name.includes("..") ? undefined : await readFile(dist + name).catch(() => undefined);
    response.writeHead(bytes ? 200 : 404, { "Content-Type": types[extname(name)] ?? "text/plain", "Content-Security-Policy": policy });
    response.end(bytes);
}

/** Serves on a free port of this machine. Answers its origin and how to stop it. */
export async function startMock({ products = made, picture = drawn, port = 0 } = {}) {
    const routes = makeShop(products);
    const fixed = {
        "/healthz": { status: "ok" },
        "/readyz": { status: "ready" },
        "/openapi.json": openapi,
        "/about": { name: "Kontor", version: "0.0.0", services, markets, products: products.length, stores: 270 },
    };
    const routeOf = (method, parts) =>
        Object.entries(routes).find(([route]) => {
            const [wanted, path] = route.split(" ");
            const names = path.split("/");
            return wanted === method && names.length === parts.length && names.every((name, at) => name === ":" || name === parts[at]);
        });
    const server = createServer(async (request, response) => {
        const url = new URL(request.url, "http://mock");
        const send = (status, value, type = "application/json") => {
            response.writeHead(status, { "Content-Type": type });
            response.end(JSON.stringify(value));
        };
        if (fixed[url.pathname]) return send(200, fixed[url.pathname]);
        if (url.pathname.startsWith("/media/")) {
            response.writeHead(200, { "Content-Type": "image/svg+xml" });
            return response.end(picture(url.pathname.slice("/media/".length).replace(".svg", "")));
        }
        if (!url.pathname.startsWith("/shop/")) return serveFile(url.pathname, response);
        const parts = url.pathname.split("/").slice(3);
        try {
            const route = routeOf(request.method, parts);
            if (!route) throw new Refusal(404, "not_found", `${request.method} ${url.pathname}: no such route`);
            const answer = route[1]({ parts, parameters: url.searchParams, request, body: await bodyOf(request) });
            send(request.method === "POST" ? 201 : 200, answer);
        } catch (refusal) {
            if (!(refusal instanceof Refusal)) throw refusal;
            send(refusal.status, refusal.body, "application/problem+json");
        }
    });
    await new Promise((listening) => server.listen(port, "127.0.0.1", listening));
    return { origin: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const mock = await startMock({ port: Number(process.env.PORT ?? 8080) });
    console.log(mock.origin);
}
