// A host of functions with one queue function, which the real extension calls and which calls a worker over HTTP:
//   host <host.json> options            prints the options of the queues, as the extension has bound them, and ends
//   host <host.json> <queue> <worker>   runs until it is ended; storage is in AzureWebJobsStorage
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

// As the host of Azure Functions names it.
const string Section = "AzureFunctionsJobHost";

var written = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(args[0])).Build().AsEnumerable();
var settings = written
    .Where(each => each.Value is not null)
    .Select(each => KeyValuePair.Create($"{Section}:{each.Key}", each.Value))
    .Append(KeyValuePair.Create<string, string?>("AzureWebJobsConfigurationSection", Section))
    .Append(KeyValuePair.Create<string, string?>("queue", args[1]));

var host = new HostBuilder()
    .ConfigureAppConfiguration(each => each.AddInMemoryCollection(settings).AddEnvironmentVariables())
    .ConfigureWebJobs(each => each.AddAzureStorageQueues())
    .ConfigureLogging(each => each.AddSimpleConsole(it => it.SingleLine = true).SetMinimumLevel(LogLevel.Warning))
    .ConfigureServices(each => each
        .AddSingleton<ITypeLocator>(new One(typeof(Deliver)))
        .AddSingleton(new Worker(args.ElementAtOrDefault(2) ?? "http://127.0.0.1:1")))
    .Build();

if (args[1] == "options")
{
    var options = host.Services.GetRequiredService<IOptions<QueuesOptions>>().Value;
    var bound = typeof(QueuesOptions).GetProperties()
        .Where(each => each.CanRead && each.GetIndexParameters().Length == 0)
        .ToDictionary(each => each.Name, each => Convert.ToString(each.GetValue(options), CultureInfo.InvariantCulture));
    Console.WriteLine(JsonSerializer.Serialize(bound));
    return;
}

await host.StartAsync();
Console.WriteLine("ready");
await host.WaitForShutdownAsync();

/// <summary>The only class that is looked at for functions.</summary>
public sealed class One(Type type) : ITypeLocator
{
    public IReadOnlyList<Type> GetTypes() => [type];
}

/// <summary>Runs functions elsewhere; a call takes as long as it takes.</summary>
public sealed class Worker(string address)
{
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromMinutes(30) };

    public async Task Run(string message, string id, long dequeueCount, DateTimeOffset insertionTime, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Content = new StringContent(message, Encoding.UTF8, "application/json");
        request.Headers.Add("x-id", id);
        request.Headers.Add("x-dequeue-count", dequeueCount.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("x-insertion-time", insertionTime.ToString("O", CultureInfo.InvariantCulture));
        using var answer = await client.SendAsync(request, stop);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"the worker answered {(int)answer.StatusCode}");
    }
}

/// <summary>The function "deliver" of functions/definitions.ts.</summary>
public sealed class Deliver(Worker worker)
{
    [FunctionName("deliver")]
    public Task Run(
        [QueueTrigger("%queue%")] string message,
        string id,
        long dequeueCount,
        DateTimeOffset insertionTime,
        CancellationToken stop) => worker.Run(message, id, dequeueCount, insertionTime, stop);
}
