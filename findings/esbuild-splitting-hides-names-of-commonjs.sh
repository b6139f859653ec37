#!/usr/bin/env bash
# esbuild 0.28.2: what `import()` gives of a CommonJS package depends on `splitting`. Node 20 and newer finds the package's names
# (`(await import('semver')).satisfies`); so does a bundle without splitting, where esbuild copies them when it runs. With
# `splitting: true` (format esm) the package becomes a chunk of its own that exports `default` alone: the same line of code gives
# undefined, there is no warning, and nothing is wrong until the lazy part is first used. The other way to look, `.default`, works in all three.
# Seen: the packages below; met with @slack/webhook 8.0.2 in a command line that loads it when first needed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "name": "app", "version": "1.0.0", "type": "module" }' > package.json
npm install --silent --no-audit --no-fund --save-exact esbuild@0.28.2 semver@7.7.3 >/dev/null
cat > app.js <<'JS'
const whole = await import('semver');
console.log(`${typeof whole.satisfies} ${typeof whole.default.satisfies}`);
JS
build() { node_modules/.bin/esbuild app.js --bundle --platform=node --format=esm --outdir="$1" --log-level=warning "${@:2}" 2>&1; }
said=$(build whole; build split --splitting)
printf '{ "type": "module" }' | tee whole/package.json > split/package.json
node=$(node app.js)
whole=$(node whole/app.js)
split=$(node split/app.js)
printf 'node: %s\nbundled: %s\nbundled with splitting: %s\nwarnings: %s\n' "$node" "$whole" "$split" "${said:-none}"
if [ "$node" = 'function function' ] && [ "$whole" = 'function function' ] && [ "$split" = 'undefined function' ] && [ -z "$said" ]; then
  echo "esbuild 0.28.2: holds"
else
  echo "esbuild 0.28.2: changed"
  exit 1
fi
