// The queue trigger that Azure runs, in front of the relay's own handlers: for each message it posts what the Functions host
// would hand to its worker, and takes any answer but 2xx for a function that threw.
//   dotnet queue.dll <host.json> <connection string> <address of the worker>
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

// The settings of host.json, at the place where the extension binds them by itself.
var settings = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(args[0])).Build().GetSection("extensions").AsEnumerable()
    .Where(pair => pair.Value != null)
    .Select(pair => new KeyValuePair<string, string?>("AzureWebJobs:" + pair.Key, pair.Value))
    .Append(new("AzureWebJobsStorage", args[1]));

using var host = new HostBuilder()
    .ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(settings))
    .ConfigureWebJobs(jobs =>
    {
        jobs.AddAzureStorageCoreServices();
        jobs.AddAzureStorageQueues();
    })
    .ConfigureServices(services =>
    {
        services.AddSingleton<ITypeLocator, OnlyFunctions>();
        services.AddSingleton(new HttpClient { BaseAddress = new Uri(args[2]), Timeout = TimeSpan.FromMinutes(5) });
        services.AddTransient<Functions>();
    })
    .ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace))
    .Build();

var bound = host.Services.GetRequiredService<IOptions<QueuesOptions>>().Value;
Console.WriteLine(JsonSerializer.Serialize(new
{
    messageEncoding = bound.MessageEncoding.ToString(),
    maxPollingInterval = bound.MaxPollingInterval.TotalSeconds,
    visibilityTimeout = bound.VisibilityTimeout.TotalSeconds,
    batchSize = bound.BatchSize,
    newBatchThreshold = bound.NewBatchThreshold,
    maxDequeueCount = bound.MaxDequeueCount,
}));
await host.RunAsync();

public class OnlyFunctions : ITypeLocator
{
    public IReadOnlyList<Type> GetTypes() => [typeof(Functions)];
}

public class Functions(HttpClient worker)
{
    /// The names of the parameters are those of the trigger's metadata.
    public async Task Deliver([QueueTrigger("deliveries")] string message, string id, long dequeueCount, CancellationToken ending)
    {
        using var answer = await worker.PostAsJsonAsync("deliver", new { message, id, dequeueCount }, ending);
        answer.EnsureSuccessStatusCode();
    }
}
