#!/usr/bin/env bash
# NCrontab 3.4.0 (NuGet), the reader of timer schedules in Azure Functions: a range whose end comes before its beginning is
# taken, and read the other way round. "22-6" for the hours of the night is 6 to 22, the day: seventeen hours, none of them
# after 22 or before 6. "sat-mon" is Monday to Saturday: every day but the Sunday that was meant to be in it. No error, no warning.
# Other readers of cron wrap such a range around, or refuse it.
# Seen with .NET 10: the hours and the days below.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > night.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageReference Include="NCrontab" Version="[3.4.0]" /></ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using System;
using System.Linq;
using NCrontab;

var monday = new DateTime(2026, 11, 30);
var hours = CrontabSchedule.Parse("0 22-6 * * *").GetNextOccurrences(monday.AddSeconds(-1), monday.AddDays(1)).Select(at => at.Hour);
Console.WriteLine("22-6: " + string.Join(' ', hours));
var days = CrontabSchedule.Parse("0 0 * * sat-mon").GetNextOccurrences(monday.AddSeconds(-1), monday.AddDays(7)).Select(at => at.DayOfWeek);
Console.WriteLine("sat-mon: " + string.Join(' ', days));
CS
seen=$(DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 dotnet run)
printf '%s\n' "$seen"
if [ "$seen" = $'22-6: 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22\nsat-mon: Monday Tuesday Wednesday Thursday Friday Saturday' ]; then
  echo "NCrontab 3.4.0: holds"
else
  echo "NCrontab 3.4.0: changed"
  exit 1
fi
