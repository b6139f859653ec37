// Reads expressions, each a line of JSON text, and writes what the library makes of each: its next five times after the
// instant that is the first argument, or null where it refuses it. An expression without a time that comes has none.
using System.Globalization;
using System.Text.Json;
using NCrontab;

var after = DateTime.Parse(args[0], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);

while (Console.ReadLine() is { } line)
{
    Console.WriteLine(JsonSerializer.Serialize(Times(JsonSerializer.Deserialize<string>(line)!)));
}

List<string>? Times(string expression)
{
    CrontabSchedule? schedule;
    try
    {
        // As CronSchedule of the extension does: five parts have no seconds.
        var parts = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        var options = new CrontabSchedule.ParseOptions { IncludingSeconds = parts != 5 };
        schedule = CrontabSchedule.TryParse(expression, options);
    }
    catch (Exception)
    {
        return null;
    }
    if (schedule is null) return null;
    var times = new List<string>();
    for (var time = after; times.Count < 5;)
    {
        time = schedule.GetNextOccurrence(time);
        if (time == DateTime.MaxValue) break;
        times.Add(time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
    }
    return times;
}
