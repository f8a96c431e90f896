// Stripe's own client, the provider simulator and Kontor agree: the client takes what the simulator
// answers for Stripe's, Kontor asks for the same things in the same shape as the client does, and
// Kontor takes signatures made by the client's own signer, and no others.
//     npm run stripe -- ../build/dev/kontor
import assert from "node:assert/strict";
import { resolve } from "node:path";

import Stripe from "stripe";

import { withShop } from "../api/kontor.mjs";
import { webhookEndpoint, withSimulator } from "./simulator.mjs";

const tiny_shop = ["--products", "10", "--stores", "2", "--markets", "1", "--stock-per-product", "1"];
const internal_token = "internal-of-the-check-7c31";
const webhook_secret = "whsec_of_the_check";
const return_url = "https://shop.example/thanks?order=1";

function clientOf(simulator) {
    const { hostname, port } = new URL(simulator.url);
    return new Stripe("sk_test_of_the_check", {
        host: hostname, port, protocol: "http", maxNetworkRetries: 0, telemetry: false,
    });
}

const ours = (name) => ({ idempotencyKey: `client-${name}` });

/** A payment as Kontor makes it, by Stripe's own client: paid, captured in parts, refunded. */
async function walkOfTheClient(stripe, simulator) {
    const intent = await stripe.paymentIntents.create({
        amount: 11900, currency: "eur", capture_method: "manual", confirm: true,
        payment_method_types: ["card"], payment_method_data: { type: "card" }, return_url,
        metadata: { order: "ord_client", payment: "pay_0000000000001" },
        payment_method_options: { card: { request_multicapture: "if_available" } },
    }, ours("create"));
    assert.equal(intent.object, "payment_intent");
    assert.equal(intent.status, "requires_action");
    assert.equal(intent.next_action.type, "redirect_to_url");
    const paid = await simulator.pay(intent.next_action.redirect_to_url.url);
    assert.equal(paid.status, 303);
    assert.match(paid.headers.get("location"), /[?&]payment_intent=pi_/);
    assert.equal((await stripe.paymentIntents.retrieve(intent.id)).status, "requires_capture");
    const part = { amount_to_capture: 4000, final_capture: false };
    const captured = await stripe.paymentIntents.capture(intent.id, part, ours("capture"));
    assert.deepEqual([captured.amount_received, captured.amount_capturable], [4000, 7900]);
    const again = await stripe.paymentIntents.capture(intent.id, part, ours("capture"));
    assert.equal(again.amount_received, 4000, "one key captures once");
    assert.equal(again.lastResponse.headers["idempotent-replayed"], "true");
    const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 1000 }, ours("refund"));
    assert.deepEqual([refund.object, refund.status], ["refund", "succeeded"]);
    assert.equal((await stripe.refunds.retrieve(refund.id)).amount, 1000);
    const cancelled = await stripe.paymentIntents.cancel(intent.id, {}, ours("cancel"));
    assert.equal(cancelled.status, "canceled");
    return intent.id;
}

/** What is refused is the error that the client knows. */
async function errorsOfTheClient(stripe, ended) {
    const errors = Stripe.errors;
    await assert.rejects(stripe.paymentIntents.capture(ended, {}, ours("too-late")), (error) =>
        error instanceof errors.StripeInvalidRequestError && error.code === "payment_intent_unexpected_state");
    await assert.rejects(stripe.paymentIntents.retrieve("pi_none"), (error) =>
        error instanceof errors.StripeInvalidRequestError && error.code === "resource_missing");
    await assert.rejects(stripe.refunds.create({ payment_intent: ended, amount: 1 }, ours("refund")),
        (error) => error instanceof errors.StripeIdempotencyError);
    console.log("ok     Stripe's client takes the simulator for Stripe");
}

/** The simulator's webhooks, looked at as Stripe's client does. */
async function signaturesOfTheSimulator(stripe, simulator) {
    const endpoint = await webhookEndpoint();
    await simulator.control({ webhook_url: endpoint.url, webhook_secret });
    const made = await stripe.paymentIntents.create({ amount: 100, currency: "eur" });
    const { body, signature } = await endpoint.next();
    const event = stripe.webhooks.constructEvent(body, signature, webhook_secret);
    assert.equal(event.type, "payment_intent.created");
    assert.equal(event.data.object.id, made.id);
    assert.throws(() => stripe.webhooks.constructEvent(body, signature, "whsec_other"));
    endpoint.close();
    await simulator.control({ webhook_url: null });
    console.log("ok     Stripe's client takes the simulator's signatures");
}

async function asked(url, headers, body) {
    const answer = await fetch(url, { method: "POST", headers, body });
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : {} };
}

/** The same payment by Kontor, asked as its orders service asks. */
async function walkOfKontor(origin, simulator) {
    const call = async (operation, request) => {
        const answer = await asked(`${origin}/internal/payments/${operation}`, {
            Authorization: `Bearer ${internal_token}`, "Content-Type": "application/json",
        }, JSON.stringify({ order: "ord_kontor", ...request }));
        assert.equal(answer.status, 200, JSON.stringify(answer.body));
        return answer.body;
    };
    const euros = (amount) => ({ amount: { amount, currency: "EUR" } });
    const opened = await call("open", { method: "card", reference: "1", return_url, ...euros("119.00") });
    assert.equal(opened.status, "requires_action");
    await simulator.pay(opened.redirect_url);
    assert.equal((await call("refresh", {})).status, "authorized");
    assert.equal((await call("capture", { capture: "s1", ...euros("40.00") })).captured.amount, "40.00");
    assert.equal((await call("refund", { refund: "r1", ...euros("10.00") })).refunded.amount, "10.00");
    assert.equal((await call("cancel", {})).status, "paid");
}

/** What tells the kinds of requests apart, and how each looks. */
function shapes(requests) {
    const all = {};
    for (const { method, path, body, headers } of requests) {
        const kind = `${method} ${path.replace(/(pi|re)_\w+/, "{id}")}`;
        const keyed = headers["idempotency-key"] !== undefined;
        all[kind] ??= {
            fields: [...new URLSearchParams(body).keys()].sort(),
            type: method === "POST" ? headers["content-type"].split(";")[0] : undefined,
            keyed: method === "POST" ? keyed : false,
            versioned: /^\d{4}-\d\d-\d\d/.test(headers["stripe-version"] ?? ""),
        };
    }
    return all;
}

function checkShapes(of_client, of_kontor) {
    const theirs = shapes(of_client);
    const own = shapes(of_kontor);
    assert.deepEqual(Object.keys(own).sort(), [
        "GET /v1/payment_intents/{id}", "POST /v1/payment_intents", "POST /v1/payment_intents/{id}/cancel",
        "POST /v1/payment_intents/{id}/capture", "POST /v1/refunds"]);
    for (const [kind, shape] of Object.entries(own)) assert.deepEqual(shape, theirs[kind], kind);
    const { "POST /v1/refunds": refund } = own;
    assert.notDeepEqual({ ...refund, fields: [] }, theirs["POST /v1/refunds"], "the comparison sees nothing");
    console.log("ok     Kontor asks in the shape in which Stripe's client asks");
}

/** Signatures by the client's own signer. */
async function signaturesForKontor(stripe, origin) {
    const payload = JSON.stringify({
        id: "evt_check", object: "event", type: "payment_intent.succeeded",
        data: { object: { id: "pi_nobodys", object: "payment_intent", metadata: {} } },
    });
    const tell = (header, body = payload) => asked(`${origin}/webhooks/stripe`,
        { "Stripe-Signature": header, "Content-Type": "application/json; charset=utf-8" }, body);
    const sign = (how) => stripe.webhooks.generateTestHeaderString({ payload, secret: webhook_secret, ...how });
    const old = Math.floor(Date.now() / 1000) - 301;
    assert.deepEqual(await tell(sign({})), { status: 200, body: { received: true } });
    assert.equal((await tell(sign({}))).status, 200, "told twice");
    for (const [what, header, body] of [
        ["another secret", sign({ secret: "whsec_other" })], ["too old", sign({ timestamp: old })],
        ["another body", sign({}), payload.replace("pi_nobodys", "pi_somebodys")], ["no signature", "t=1"],
    ]) {
        const { status, body: problem } = await tell(header, body);
        assert.deepEqual([status, problem.code], [400, "bad_signature"], what);
    }
    console.log("ok     Kontor takes what Stripe's own signer signed, and nothing else");
}

const kontor = resolve(process.argv[2] ?? "../build/dev/kontor");
await withSimulator(async (simulator) => {
    const stripe = clientOf(simulator);
    await errorsOfTheClient(stripe, await walkOfTheClient(stripe, simulator));
    const of_client = await simulator.requests();
    await signaturesOfTheSimulator(stripe, simulator);
    await withShop(kontor, tiny_shop, async (origin) => {
        const before = (await simulator.requests()).length;
        await walkOfKontor(origin, simulator);
        checkShapes(of_client, (await simulator.requests()).slice(before));
        await signaturesForKontor(stripe, origin);
    }, {
        KONTOR_SERVE_INTERNAL_TOKEN: internal_token,
        KONTOR_PAYMENTS_STRIPE_URL: simulator.url,
        KONTOR_PAYMENTS_STRIPE_METHOD: "card",
        KONTOR_PAYMENTS_STRIPE_SECRET_KEY: "sk_test_of_the_check",
        KONTOR_PAYMENTS_STRIPE_WEBHOOK_SECRET: webhook_secret,
    });
});
