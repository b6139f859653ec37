#!/usr/bin/env bash
# azure-cli 2.45.0 (Debian 12): `az monitor autoscale update --add-action webhook <url>` ends with 0, prints the setting, and adds
# nothing where the setting has no notification yet, as those made in the portal and by templates mostly have: it returns before it
# looks at what is to be added. `az resource update --set properties.notifications=…` adds it.
# Seen with the function that the command calls, and a setting without notifications: there are none after it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# Debian's packages, with all of Python that they need, unpacked here: nothing is installed.
names=$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances python3-azure-cli |
  grep '^python3-' | sort -u | grep -v '^python3-azure-cli$')
# shellcheck disable=SC2086
apt-get download -qq python3-azure-cli=2.45.0-1 $names 2>/dev/null
for package in *.deb; do dpkg-deb -x "$package" .; done
seen=$(PYTHONPATH="$folder/usr/lib/python3/dist-packages" /usr/bin/python3 -S - <<'PY'
from azure.cli.core import __version__
from azure.cli.command_modules.monitor.operations.autoscale_settings import autoscale_update
from azure.mgmt.monitor.models import AutoscaleSettingResource, WebhookNotification

setting = AutoscaleSettingResource(location='koreacentral', profiles=[], notifications=[])
after = autoscale_update(setting, add_actions=[WebhookNotification(service_uri='https://relay.example.net/')])
print(__version__, len(after.notifications))
PY
)
printf '%s\n' "$seen"
if [ "$seen" = '2.45.0 0' ]; then
  echo "azure-cli 2.45.0: holds"
else
  echo "azure-cli 2.45.0: changed"
  exit 1
fi
