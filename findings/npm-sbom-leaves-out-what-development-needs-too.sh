#!/usr/bin/env bash
# npm 11.19.1: `npm sbom --omit dev` leaves out a dependency of production that a development dependency needs as well.
# Here `ms` stands under "dependencies" and is also needed by `debug`, which stands under "devDependencies": `npm ls --omit dev`
# lists it, npm installs it for production, and the bill of materials does not have it. `escape-html`, which nothing else
# needs, is in it. No warning. Whoever scans the bill for known holes is not told of what is missing.
# Seen: the packages below. The report at npm: https://github.com/npm/cli/issues/7909
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir npm app
npm install --prefix npm --silent --no-audit --no-fund npm@11.19.1 >/dev/null
pinned() { node "$folder/npm/node_modules/npm/bin/npm-cli.js" "$@"; }
cd app
cat > package.json <<'JSON'
{
  "name": "app",
  "version": "1.0.0",
  "dependencies": { "escape-html": "1.0.3", "ms": "2.1.3" },
  "devDependencies": { "debug": "4.4.3" }
}
JSON
pinned install --silent --no-audit --no-fund
listed=$(pinned ls --omit dev --json | node -e 'console.log(Object.keys(JSON.parse(require("fs").readFileSync(0)).dependencies).sort().join(" "))')
billed=$(pinned sbom --sbom-format cyclonedx --omit dev | node -e 'console.log(JSON.parse(require("fs").readFileSync(0)).components.map(({ name }) => name).sort().join(" "))')
printf 'listed for production: %s\nin the bill of materials: %s\n' "$listed" "$billed"
if [ "$listed" = 'escape-html ms' ] && [ "$billed" = 'escape-html' ]; then
  echo "npm 11.19.1: holds"
else
  echo "npm 11.19.1: changed"
  exit 1
fi
