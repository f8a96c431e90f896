// The README's tour, walked by a client whose types come from the OpenAPI document.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";

import createClient from "openapi-fetch";

import type { components, paths } from "kontor-api";

type Product = components["schemas"]["ProductView"];

const market = "de";
const mannheim = "49.49,8.47";

/** The answer's body; a refusal is said in the server's words. */
function must<Data>(answer: { data?: Data; error?: unknown; response: Response }): Data {
    if (answer.data === undefined) {
        throw new Error(`${answer.response.url}: ${answer.response.status} ${JSON.stringify(answer.error)}`);
    }
    return answer.data;
}

/** `word` as somebody in a hurry types it: two letters swapped. */
function misspelt(word: string): string {
    return word.slice(0, 3) + word[4] + word[3] + word.slice(5);
}

/** The longest word of plain letters in a product's name. */
function longestWord(name: string): string {
    const words = name.toLowerCase().match(/[a-z]+/g) ?? [];
    return words.reduce((longest, word) => (word.length > longest.length ? word : longest), "");
}

function clientOf(origin: string) {
    return createClient<paths>({
        baseUrl: origin,
        querySerializer: { array: { style: "form", explode: false }, object: { style: "deepObject", explode: true } },
    });
}
type Client = ReturnType<typeof clientOf>;

async function browse(client: Client): Promise<Product> {
    const list = must(await client.GET("/shop/{market}/products", {
        params: { path: { market }, query: { in_stock: true, facets: ["brand", "price"], sort: "price", limit: 5 } },
    }));
    assert.equal(list.items?.length, 5);
    assert.ok(list.total >= 5 && list.next, "the list has no next page");
    assert.deepEqual(list.facets?.map((facet) => facet.name), ["brand", "price"]);
    // @ts-expect-error: what is not described is no member; without types this line would compile.
    assert.equal(list.itmes, undefined);

    const first = list.items[0];
    assert.ok(first);
    const word = longestWord(first.name);
    const found = must(await client.GET("/shop/{market}/products", {
        params: { path: { market }, query: { q: misspelt(word) } },
    }));
    assert.equal(found.corrected_to, word);
    assert.ok(found.total > 0, `nothing is found for ${misspelt(word)}`);
    return first;
}

async function lookCloser(client: Client, sku: string) {
    const path = { market, product: sku };
    const product = must(await client.GET("/shop/{market}/products/{product}", { params: { path } }));
    assert.equal(product.variants?.[0]?.sku, sku);
    assert.ok(product.category_path?.length);
    const near = must(await client.GET("/shop/{market}/products/{product}/availability", {
        params: { path, query: { near: mannheim, limit: 3 } },
    }));
    assert.ok(near.items?.length, "no store has it");
    const distances = near.items.map((place) => place.store.distance_m ?? NaN);
    assert.deepEqual(distances, [...distances].sort((a, b) => a - b));
}

async function buy(client: Client, sku: string, quantity: string) {
    const cart = must(await client.POST("/shop/{market}/carts", {
        params: { path: { market } },
        body: { lines: [{ sku, quantity }] },
    }));
    assert.ok(cart.token);
    const headers = { Authorization: `Bearer ${cart.token}` };
    const path = { market, cart: cart.id };
    const shipping = {
        given_name: "Ada", family_name: "Beispiel", street: "Planken 1", postal_code: "68161",
        city: "Mannheim", country: "DE", email: "ada@example.org",
    };
    must(await client.PUT("/shop/{market}/carts/{cart}/addresses", { params: { path }, headers, body: { shipping } }));
    must(await client.PUT("/shop/{market}/carts/{cart}/delivery", { params: { path }, headers, body: { method: "standard" } }));
    const ready = must(await client.PUT("/shop/{market}/carts/{cart}/payment", {
        params: { path }, headers, body: { method: "prepayment" },
    }));
    const placing = {
        params: { path: { market }, header: { "Idempotency-Key": randomUUID() } },
        headers,
        body: { cart_id: cart.id, cart_version: ready.version },
    };
    const order = must(await client.POST("/shop/{market}/orders", placing));
    assert.equal(order.status, "awaiting_payment");
    assert.deepEqual(order.total.gross, ready.total.gross);
    const again = must(await client.POST("/shop/{market}/orders", placing));
    assert.equal(again.id, order.id, "one key, two orders");
    const kept = must(await client.GET("/shop/{market}/orders/{order}", {
        params: { path: { market, order: order.id } }, headers,
    }));
    assert.equal(kept.number, order.number);
}

async function refusals(client: Client) {
    const answer = await client.GET("/shop/{market}/products/{product}", {
        params: { path: { market, product: "no-such-thing" } },
    });
    assert.equal(answer.response.status, 404);
    assert.equal(answer.error?.code, "not_found");
}

/** Every route without arguments answers what the document says it does. */
async function server(client: Client) {
    assert.equal(must(await client.GET("/healthz")).status, "ok");
    assert.equal(must(await client.GET("/readyz")).ready, true);
    assert.match(must(await client.GET("/metrics", { parseAs: "text" })), /kontor_http_requests_total\{/);
    assert.ok("paths" in must(await client.GET("/openapi.json")));
    assert.ok(must(await client.GET("/about")).markets?.length);
}

export async function tour(origin: string) {
    const client = clientOf(origin);
    const product = await browse(client);
    const variant = product.variants?.[0];
    assert.ok(variant);
    await lookCloser(client, variant.sku);
    await buy(client, variant.sku, variant.minimum ?? "1");
    await refusals(client);
    await server(client);
}
