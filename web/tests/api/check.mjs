// The API as others see it: its document keeps the recommended rules of Redocly and Spectral, the
// GraphQL types are a schema, and a client generated from the document walks the README's tour.
// Each check is also shown something broken, and must notice.
//     npm run api -- ../build/dev/kontor
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { buildSchema } from "graphql";
import openapiTS, { astToString } from "openapi-typescript";

import { printedBy, withShop } from "./kontor.mjs";
import { faultsOf } from "./rules.mjs";

const small_shop = ["--products", "200", "--stores", "20", "--markets", "2", "--stock-per-product", "10"];
const here = fileURLToPath(new URL(".", import.meta.url));
const generated = fileURLToPath(new URL("../../node_modules/.cache/kontor/", import.meta.url));

/** The document with two operations of one name and a type that is nowhere. */
function broken(text) {
    const document = JSON.parse(text);
    const [first, second] = Object.values(document.paths).filter((path) => path.get);
    second.get.operationId = first.get.operationId;
    first.get.responses["200"].content["application/json"].schema = { $ref: "#/components/schemas/Nowhere" };
    return JSON.stringify(document);
}

async function checkRules(text) {
    assert.deepEqual(await faultsOf(text), []);
    const errors = (await faultsOf(broken(text))).filter(({ severity }) => severity === "error");
    const caught = errors.map(({ rule }) => rule);
    for (const rule of ["redocly no-unresolved-refs", "redocly operation-operationId-unique",
        "spectral invalid-ref", "spectral operation-operationId-unique"]) {
        assert.ok(caught.includes(rule), `${rule} did not notice; caught: ${caught}`);
    }
    console.log("ok     the document keeps the recommended rules of Redocly and Spectral");
}

function checkGraphql(schema) {
    assert.ok(buildSchema(schema).getType("Product"), "the schema has no Product");
    assert.throws(() => buildSchema(schema.replace("scalar JSON", "")), /Unknown type "JSON"/);
    console.log("ok     the GraphQL types are a schema");
}

/** The tour, compiled strictly with the types of the document. */
async function compiledTour(text) {
    mkdirSync(generated, { recursive: true });
    // The type of a module below node_modules is not looked up beyond it.
    writeFileSync(`${generated}package.json`, '{"type": "module"}');
    writeFileSync(`${generated}api.d.ts`, astToString(await openapiTS(JSON.parse(text))));
    execFileSync("npx", ["tsc", "-p", here], { stdio: "inherit" });
    console.log("ok     the client's types fit the tour");
    return (await import(`${generated}tour.js`)).tour;
}

const kontor = resolve(process.argv[2] ?? "../build/dev/kontor");
const document = await printedBy(kontor, "reference", "openapi");
await checkRules(document);
checkGraphql(await printedBy(kontor, "reference", "graphql"));
const tour = await compiledTour(document);
await withShop(kontor, small_shop, async (origin) => {
    const served = await (await fetch(`${origin}/openapi.json`)).json();
    assert.deepEqual(served, JSON.parse(document), "the server answers another document than it prints");
    await tour(origin);
    console.log("ok     the generated client walks the tour");
});
