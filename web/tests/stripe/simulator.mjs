// The provider simulator of tests/providers, as a process of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../../tests/providers/stripe_simulator.py", import.meta.url));

async function json(answer) {
    return (await answer).json();
}

/** Runs `use(simulator)` against one that behaves. */
export async function withSimulator(use) {
    const process = spawn("python3", ["-B", program], { stdio: ["ignore", "pipe", "inherit"] });
    try {
        const [line] = await once(process.stdout, "data");
        const url = String(line).trim();
        await use({
            url,
            requests: () => json(fetch(`${url}/control/requests`)),
            control: (how) => json(fetch(`${url}/control/misbehave`, {
                method: "POST", body: JSON.stringify(how),
            })),
            /** What a shopper does on the hosted page. */
            pay: (page) => fetch(page, {
                method: "POST", body: new URLSearchParams({ outcome: "pays" }), redirect: "manual",
            }),
        });
    } finally {
        process.kill();
    }
}

/** An endpoint that keeps what is sent to it: `{ url, next(): { body, signature }, close() }`. */
export async function webhookEndpoint() {
    const arrived = [];
    const waiting = [];
    const server = createServer(async (request, response) => {
        const pieces = [];
        for await (const piece of request) pieces.push(piece);
        const told = { body: Buffer.concat(pieces), signature: request.headers["stripe-signature"] };
        (waiting.shift() ?? ((late) => arrived.push(late)))(told);
        response.end("{}");
    });
    await new Promise((resume) => server.listen(0, "127.0.0.1", resume));
    return {
        url: `http://127.0.0.1:${server.address().port}/`,
        next: async () => arrived.shift() ?? new Promise((resume) => waiting.push(resume)),
        close: () => server.close(),
    };
}
