// The recommended rules of Redocly and Spectral over an OpenAPI document, without their command
// lines, which would install twice as much: npm run rules -- FILE
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { createConfig, lintFromString } from "@redocly/openapi-core";
import spectralCore from "@stoplight/spectral-core";
import spectralRulesets from "@stoplight/spectral-rulesets";

async function redocly(text) {
    const config = await createConfig({ extends: ["recommended"] });
    const found = await lintFromString({ source: text, absoluteRef: "openapi.json", config });
    return found.map(({ ruleId, severity, message, location }) => ({
        rule: `redocly ${ruleId}`,
        severity,
        message,
        where: location[0]?.pointer ?? "",
    }));
}

async function spectral(text) {
    const linter = new spectralCore.Spectral();
    linter.setRuleset({ extends: [spectralRulesets.oas] });
    const severities = ["error", "warn", "info", "hint"];
    const found = await linter.run(text);
    return found.map(({ code, severity, message, path }) => ({
        rule: `spectral ${code}`,
        severity: severities[severity],
        message,
        where: path.join("/"),
    }));
}

/** What breaks a rule of either, warnings too. */
export async function faultsOf(text) {
    return (await Promise.all([redocly(text), spectral(text)])).flat();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const faults = await faultsOf(readFileSync(process.argv[2], "utf8"));
    faults.forEach(({ severity, rule, where, message }) => console.log(`${severity} ${rule} at ${where}: ${message}`));
    process.exit(faults.length ? 1 : 0);
}
