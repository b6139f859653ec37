// Clients of .NET, as they are by default:
//   dotnet-clients send <relay> <secret>   sends with each; a line of JSON with the answer to each
//   dotnet-clients read <secret>           verifies and parses what a subscriber got: { headers, body } as JSON on the standard input
using System.Text;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.Http;
using CloudNative.CloudEvents.SystemTextJson;
using Microsoft.AspNetCore.Http;
using StandardWebhooks;

var formatter = new JsonEventFormatter();

if (args[0] == "read")
{
    using var got = JsonDocument.Parse(await Console.In.ReadToEndAsync());
    var body = got.RootElement.GetProperty("body").GetString()!;
    var headers = new HeaderDictionary();
    foreach (var each in got.RootElement.GetProperty("headers").EnumerateObject()) headers[each.Name] = each.Value.GetString();
    new StandardWebhook(args[1]).Verify(body, headers);
    var type = new System.Net.Mime.ContentType(headers["content-type"].ToString());
    var read = formatter.DecodeStructuredModeMessage(Encoding.UTF8.GetBytes(body), type, null);
    read.Validate();
    var azure = Azure.Messaging.CloudEvent.Parse(BinaryData.FromString(body))!;
    Console.WriteLine(JsonSerializer.Serialize(new[] { read.Id, azure.Id }));
    return;
}

using var client = new HttpClient { BaseAddress = new Uri(args[1]) };

async Task Send(string name, string path, HttpContent content)
{
    using var answer = await client.PostAsync(path, content);
    var text = await answer.Content.ReadAsStringAsync();
    Console.WriteLine(JsonSerializer.Serialize(new { name, status = (int)answer.StatusCode, text }));
}

const string Set = "/subscriptions/3f2b1c90-5c1f-4b7e-9a55-0d2f6a1e7b11/resourceGroups/rg-shop/providers/Microsoft.Compute/virtualMachineScaleSets/shop-web";
var data = new
{
    operationName = "Microsoft.Compute/virtualMachineScaleSets/manualUpgrade/action",
    resourceUri = Set,
    status = "Succeeded",
};
var given = new CloudEvent
{
    Id = "b7f4a2de-1000-4c7e-9f10-11aa22bb33c2",
    Type = "Microsoft.Resources.ResourceActionSuccess",
    Source = new Uri("/subscriptions/3f2b1c90-5c1f-4b7e-9a55-0d2f6a1e7b11", UriKind.Relative),
    Subject = Set,
    Time = DateTimeOffset.Parse("2026-11-18T09:14:02Z"),
    DataContentType = "application/json",
    Data = data,
};
await Send("structured", "api/webhooks", given.ToHttpContent(ContentMode.Structured, formatter));
await Send("binary", "api/webhooks", given.ToHttpContent(ContentMode.Binary, formatter));
await Send("batch", "api/webhooks", new[] { given }.ToHttpContent(formatter));
// What Azure's own client publishes, which wants TLS for itself.
var azureEvent = new Azure.Messaging.CloudEvent(given.Source.ToString(), given.Type, data) { Id = given.Id, Subject = Set, Time = given.Time };
await Send("azure", "api/webhooks", new StringContent(JsonSerializer.Serialize(new[] { azureEvent }), Encoding.UTF8, "application/cloudevents-batch+json"));
var webhook = new StandardWebhook(args[2]);
foreach (var _ in new[] { 1, 2 })
{
    var own = new { title = "Signed by .NET" };
    await Send("signed", "api/webhooks/custom", webhook.MakeHttpContent(own, "msg_dotnet", DateTimeOffset.UtcNow, JsonSerializerOptions.Default));
}
