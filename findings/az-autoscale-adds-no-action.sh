#!/usr/bin/env bash
# azure-cli 2.45.0 (Debian 12): `az monitor autoscale update --add-action webhook <url>` ends with 0, prints the setting, and adds
# nothing where the setting has no notification yet, as those made in the portal and by templates mostly have: it returns before it
# looks at what is to be added. Newer releases make the notification first. `az resource update --set properties.notifications=…`
# adds it in both.
# Seen with the function that the command calls, and a setting without notifications: there are none after it.
set -euo pipefail
python=$(head -1 "$(command -v az)" | cut -c3-)
seen=$("$python" - <<'PY'
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
  echo "holds: azure-cli 2.45.0 does as it says above"
else
  echo "changed: this azure-cli does otherwise"
  exit 1
fi
