// A Kontor for a check: its program, run in a folder of its own.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const start_patience_ms = 60_000;

/** What a verb of the program prints. */
export async function printedBy(kontor, ...words) {
    return (await run(kontor, words, { maxBuffer: 64 << 20 })).stdout;
}

export async function freePort() {
    const probe = createServer();
    await new Promise((resume) => probe.listen(0, "127.0.0.1", resume));
    const { port } = probe.address();
    await new Promise((resume) => probe.close(resume));
    return port;
}

async function untilReady(origin, server) {
    const end = Date.now() + start_patience_ms;
    while (!(await fetch(`${origin}/readyz`).then((answer) => answer.ok, () => false))) {
        if (server.exitCode !== null) throw new Error(`the server ended with status ${server.exitCode}`);
        if (Date.now() > end) throw new Error(`${origin} is not ready`);
        await new Promise((resume) => setTimeout(resume, 50));
    }
}

/** Runs `use(origin)` against a served shop, seeded as `seed` says; `environment` has its settings. */
export async function withShop(kontor, seed, use, environment = {}) {
    const folder = await mkdtemp(join(tmpdir(), "kontor-api-"));
    const data = join(folder, "shop");
    try {
        await printedBy(kontor, "seed", "--data", data, ...seed);
        const origin = `http://127.0.0.1:${await freePort()}`;
        const server = spawn(kontor, ["serve", "--data", data, "--listen", new URL(origin).host], {
            stdio: "ignore",
            env: { ...process.env, ...environment },
        });
        const ended = new Promise((resume) => server.once("exit", resume));
        try {
            await untilReady(origin, server);
            await use(origin);
        } finally {
            server.kill("SIGTERM");
            await ended;
        }
    } finally {
        await rm(folder, { recursive: true });
    }
}
